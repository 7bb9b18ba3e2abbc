"""Laws of the cast: everyone has a name of their own in three languages, and every bond is answered."""

import re

import pytest

from umair.demo.cast.model import INVERSE, Member, Relation
from umair.demo.cast.registry import MEMBERS, SERIES
from umair.demo.composing.wear import SLEEVED

EVERYONE = list(MEMBERS.values())


def test_there_are_enough_people_in_six_series() -> None:
    assert len(SERIES) == 6
    assert len(EVERYONE) >= 24
    assert {member.series for member in EVERYONE} == set(SERIES)
    assert {member.gender for member in EVERYONE} == {"girl", "boy", "woman", "man"}


def test_keys_and_names_are_used_once() -> None:
    keys = [member.key for member in EVERYONE] + list(SERIES)
    assert len(set(keys)) == len(keys)
    for language in ("name_en", "name_ja", "name_zh"):
        names = [getattr(one, language) for one in (*EVERYONE, *SERIES.values())]
        assert len(set(names)) == len(names), language


@pytest.mark.parametrize("one", [*EVERYONE, *SERIES.values()], ids=lambda one: one.key)
def test_names_and_introductions_are_in_their_own_scripts(one: Member) -> None:
    assert re.fullmatch(r"[A-Za-z' -]+", one.name_en)
    assert re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", one.name_ja)
    assert re.search(r"[\u4e00-\u9fff]", one.name_zh) and not re.search(r"[\u3040-\u30ff]", one.name_zh)
    assert one.introduction.endswith(".") and one.introduction_ja.endswith("。")
    assert one.introduction_zh.endswith("。") and not re.search(r"[\u3040-\u30ff]", one.introduction_zh)


@pytest.mark.parametrize("member", EVERYONE, ids=lambda member: member.key)
def test_every_bond_is_answered_by_its_inverse(member: Member) -> None:
    assert member.relations
    for relation in member.relations:
        assert relation.to != member.key
        assert Relation(INVERSE[relation.bond], member.key) in MEMBERS[relation.to].relations


@pytest.mark.parametrize("member", EVERYONE, ids=lambda member: member.key)
def test_the_drawing_belongs_to_the_name(member: Member) -> None:
    assert member.character.name == member.key
    assert MEMBERS[member.key] is member


def test_no_two_people_share_hair_and_clothes() -> None:
    """Recognised at a glance: hair colour, hair, outfit and main cloth are never all but one the same."""
    looks = [(m.character.hair, m.character.back, m.character.outfit, m.character.c1) for m in EVERYONE]
    for i, a in enumerate(looks):
        for b in looks[:i]:
            assert sum(x == y for x, y in zip(a, b, strict=True)) < 3


def test_sleeved_outfits_are_those_of_the_wardrobe() -> None:
    pytest.importorskip("skia", reason="skia-python draws the demo library; it is a development dependency")
    from umair.demo.figure.outfits.wardrobe import OUTFITS

    assert set(SLEEVED) == {name for name, outfit in OUTFITS.items() if outfit.sleeve}


def test_no_two_people_share_a_face() -> None:
    """Eyes, jaw, cheeks, age, nose, mouth and brows: nobody is told from others by colour alone."""
    shapes = [
        (c.eye_type, c.eye_open, c.eye_size, c.pupil, c.jaw, c.cheek, c.age, c.slim, c.nose, c.lips, c.mouth, c.brow)
        for c in (m.character for m in EVERYONE)
    ]
    assert len(set(shapes)) == len(EVERYONE)
    men = [m.character for m in EVERYONE if m.gender == "man"]
    assert all(c.eye_size * c.eye_open < 0.8 and c.slim >= 0.8 for c in men)
