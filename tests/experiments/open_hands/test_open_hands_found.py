"""What is found, and whose hand it is said to be."""

from __future__ import annotations

import re
from collections import defaultdict

from umair.experiments.open_hands.clones import Clone
from umair.experiments.open_hands.files import find_files
from umair.experiments.open_hands.found import chosen
from umair.experiments.open_hands.icon_sets import find_icons
from umair.experiments.open_hands.manifest import Part, Source


def source(*parts: Part, **more: object) -> Source:
    told = {"license": "CC0 1.0", "credit": "by nobody", "kind": "icon", "licenses": (("MIT", "MIT"),)}
    return Source(name="tiny", repository="someone/pictures", commit="HEAD", parts=parts, **told | more)  # type: ignore[arg-type]


def test_every_style_of_a_free_set_is_a_hand_of_its_own(clone: Clone) -> None:
    names = defaultdict(list)
    for one in find_icons(clone, source()):
        names[one.hand].append(one.name)
        assert one.plain and one.license == "MIT"
    assert set(names) == {"tiny/shapes", "tiny/shapes-bold"}  # no copyleft, no logos
    assert all(name.endswith("-bold") for name in names["tiny/shapes-bold"])
    assert not any(name.endswith("-bold") for name in names["tiny/shapes"])
    assert {len(of) for of in names.values()} == {26}


def test_a_hand_that_is_left_out_is_not_read(clone: Clone) -> None:
    assert {one.hand for one in find_icons(clone, source(leave_out=("shapes-bold",)))} == {"tiny/shapes"}
    assert list(find_icons(clone, source(leave_out=("sha*",)))) == []


def test_a_part_names_the_hand_by_its_folder(clone: Clone) -> None:
    part = Part(re.compile(r"^art/(?P<hand>[^/]+)/.*\.png$"), pixels=True)
    found = list(find_files(clone, source(part, kind="drawing")))
    assert {one.hand for one in found} == {"tiny/ann-ink", "tiny/bob"}
    assert all(one.pixels and one.license == "CC0 1.0" and not one.vector for one in found)


def test_the_first_part_that_matches_takes_the_file_and_none_leaves_it_out(clone: Clone) -> None:
    parts = Part(re.compile("^art/bob/"), hand="none"), Part(re.compile("^art/"), hand="rest")
    assert {one.name.split("/")[1] for one in find_files(clone, source(*parts))} == {"Ann Ink"}


def test_a_license_that_is_not_in_the_list_is_left_out(clone: Clone) -> None:
    part = Part(re.compile(r"^art/(?P<license>[^/]+)/"), hand="someone")
    found = list(find_files(clone, source(part, licenses=(("bob", "MIT"),))))
    assert {one.license for one in found} == {"MIT"} and len(found) == 7


def test_code_points_are_written_like_other_emoji(clone: Clone) -> None:
    part = Part(re.compile(r"^art/bob/(?P<content>[0-6])\.png$"), hand="bob")
    assert {one.content for one in find_files(clone, source(part))} == set("123456") | {""}
    part = Part(re.compile(r"^(?P<content>art)/bob/0"), hand="bob")
    assert next(iter(find_files(clone, source(part)))).content == "art"


def test_a_new_name_changes_at_most_one_choice() -> None:
    names = [f"name{at}" for at in range(50)]
    before, after = set(chosen(names, "hand", 10)), set(chosen([*names, "new"], "hand", 10))
    assert len(before) == 10 and len(before - after) <= 1
    assert before != set(chosen(names, "other hand", 10))
