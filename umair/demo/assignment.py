"""Which artist paints which scene."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from umair.demo.artists import Artist
from umair.demo.content import Kind, ScenePlan
from umair.demo.painting import Job

LEFT_ALONE: dict[Kind, tuple[str, ...]] = {  # what a hand of outlines makes little of
    "scenery": ("ink", "pencil", "sticker"),
}


def assign(plans: Sequence[ScenePlan], artists: Sequence[Artist], each: int, seed: int) -> list[Job]:
    """Every scene by `each` artists of different hands; artists get equally many, their favourite people a little more.

    So each scene occurs in several hands (Fig. 1a), and style and content stay crossed.
    """
    rng = np.random.default_rng([seed, 61])
    done = np.zeros(len(artists))
    names = sorted({n for p in plans for n in (*p.members, p.setting)})
    liked = {name: rng.normal(0, 0.6, len(artists)) for name in names}
    jobs = []
    for plan in plans:
        liking = sum((liked[n] for n in (*plan.members[:1], plan.setting)), np.zeros(len(artists)))
        order = np.argsort(done - 0.7 * liking + rng.gumbel(0, 0.5, len(artists)), kind="stable")
        hands: set[str] = set()
        for place in order:
            hand = artists[place].hand
            if len(hands) < each and hand not in hands and hand not in LEFT_ALONE.get(plan.kind, ()):
                hands.add(hand)
                done[place] += 1
                jobs.append(Job(plan, artists[place]))
    return jobs
