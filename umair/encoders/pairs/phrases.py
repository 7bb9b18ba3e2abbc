"""How a relation is said in a text of a pair (the paper's Table 1: "Naruto's character"), in three languages."""

from __future__ import annotations

Phrase = dict[str, str]

SERIES: Phrase = {"en": "{}'s character", "ja": "{}の登場人物", "zh": "{}的角色"}
SAME_SERIES: Phrase = {"en": "in the same series as {}", "ja": "{}と同じ作品の登場人物", "zh": "与{}同一作品的角色"}

BANGUMI: dict[int, Phrase] = {  # relations of characters, by Bangumi's numbers (bangumi/common, person_relations.yml)
    2002: {"en": "{}'s friend", "ja": "{}の友達", "zh": "{}的朋友"},
    2003: {"en": "{}'s sweetheart", "ja": "{}の恋人", "zh": "{}的恋人"},
    2005: {"en": "{}'s rival", "ja": "{}のライバル", "zh": "{}的对手"},
    2006: {"en": "{}'s family", "ja": "{}の家族", "zh": "{}的家人"},
    2007: {"en": "{}'s member", "ja": "{}のメンバー", "zh": "{}的成员"},
    2009: {"en": "{}'s master", "ja": "{}の主人", "zh": "{}的主人"},
    2010: {"en": "{}'s pet", "ja": "{}のペット", "zh": "{}的宠物"},
    2011: {"en": "{}'s teacher", "ja": "{}の師匠", "zh": "{}的老师"},
    2012: {"en": "{}'s pupil", "ja": "{}の弟子", "zh": "{}的学生"},
    2015: {"en": "{}'s pilot", "ja": "{}のパイロット", "zh": "{}的驾驶员"},
    2016: {"en": "{}'s servant", "ja": "{}の従者", "zh": "{}的侍从"},
    2017: {"en": "{}'s spouse", "ja": "{}の配偶者", "zh": "{}的配偶"},
    2018: {"en": "{}'s superior", "ja": "{}の上司", "zh": "{}的上司"},
    2019: {"en": "{}'s subordinate", "ja": "{}の部下", "zh": "{}的下属"},
    2023: {"en": "{}'s colleague", "ja": "{}の同僚", "zh": "{}的同事"},
}
