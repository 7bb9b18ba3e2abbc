"""Tiles as the gallery reads them."""

from __future__ import annotations

from umair.service.browse import Tile
from umair.ui.tiles import Card, Section, four

TILE = Tile("p1", "0123456789abcdef", 64, 48, "#aabbcc", "Moon", "Mei", "Moon, by Mei", ("月", "moon", "a", "b"), "", 3)


def test_a_card_says_what_is_on_it_and_leaves_out_what_is_not() -> None:
    assert Card(TILE).data() == {
        "id": "p1",
        "key": "0123456789abcdef",
        "w": 64,
        "h": 48,
        "color": "#aabbcc",
        "alt": "Moon, by Mei",
        "title": "Mei",
        "sub": "月 · moon · a",
    }
    full = Card(TILE, badge="90%", tone="style", caption="why", bars=(0.4, 0.3, 0.2, 0.1), liked=True).data()
    assert full["sub"] == "why" and full["bars"] == [0.4, 0.3, 0.2, 0.1] and full["liked"] is True


def test_bars_stand_in_the_order_of_the_screens() -> None:
    assert four({"label_text": 0.1, "semantic": 0.2, "style": 0.3, "metadata": 0.4}) == (0.3, 0.2, 0.1, 0.4)


def test_a_section_without_words_has_items_alone() -> None:
    assert Section((Card(TILE),)).data().keys() == {"items"}
    assert Section((), title="Same hand", empty="none").data() == {"items": [], "title": "Same hand", "empty": "none"}
