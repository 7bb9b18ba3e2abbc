"""Maps: every encoded picture has a place in both; pairs and overlaps say what the spaces know."""

from __future__ import annotations

import shutil

import pytest

from umair.errors import SearchError
from umair.library.store import Library
from umair.service.maps import color_fields, layout, neighbour_overlap, pair, pairs, space_quality


def test_both_maps_have_every_picture(encoded_library: Library) -> None:
    found = layout(encoded_library)
    assert len(found.tiles) == len(found.style_xy) == len(found.content_xy) == 24


def test_a_missing_map_says_how_to_make_it(encoded_library: Library) -> None:
    shutil.rmtree(encoded_library.path / "layouts")
    with pytest.raises(SearchError, match="encode"):
        layout(encoded_library)


def test_fields_to_colour_by_have_a_value_for_every_picture(encoded_library: Library) -> None:
    fields = color_fields(encoded_library)
    assert {"hand", "artist", "label"} <= set(fields)
    assert {len(values) for values in fields.values()} == {24}


def test_neighbours_by_style_and_by_content_hardly_overlap_here(encoded_library: Library) -> None:
    found = neighbour_overlap(encoded_library, "p00", n=5)
    assert {int(h.tile.item_id[1:]) // 3 % 4 for h in found.style} == {0}
    assert {int(h.tile.item_id[1:]) % 3 for h in found.content} == {0}
    assert set(found.shared) == {h.tile.item_id for h in found.style} & {h.tile.item_id for h in found.content}


def test_pairs_of_fig_5_are_near_in_one_space_and_far_in_the_other(encoded_library: Library) -> None:
    found = pairs(encoded_library, n=3)
    for two in found.near_content_far_style:
        assert two.content_percentile < 40 < two.style_percentile
    for two in found.near_style_far_content:
        assert two.style_percentile < 40 < two.content_percentile
    assert len(found.sample_style) == 24 * 23 // 2


def test_a_pair_of_ones_own_has_its_place_among_all(encoded_library: Library) -> None:
    two = pair(encoded_library, "p00", "p12")  # the same hand and the same subject
    assert two.style_percentile < 30
    assert two.content_percentile < 40


def test_the_figures_tell_a_space_that_knows_the_hand_from_one_that_does_not(encoded_library: Library) -> None:
    found = space_quality(encoded_library)
    assert found.style_same_artist_auc > 0.95 > found.content_same_artist_auc
    assert found.content_shared_label_auc > 0.9 > found.style_shared_label_auc
    assert found.style_same_artist_r1 == 1.0
