"""Where the paper is in the code: each equation, table and figure, and the object that is it.

UMAIR-FPS, Kang, Lin, Yang and Lee (2024), arXiv:2402.10381. `tests/test_paper.py` walks this map.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One thing of the paper: what it says, and `module:object` that implements it."""

    says: str
    where: str


PAPER: dict[str, Place] = {
    "eq. 1": Place("the probability that a user bookmarks an illustration", "umair.models.umair_fps:UmairFPS"),
    "eq. 2": Place("one picture encoder, two outputs: semantic and style", "umair.encoders.image:ImageEncoder"),
    "eq. 3": Place("semantic: mean pool of the last feature map", "umair.encoders.backbone:mean_pool"),
    "eq. 4": Place("style: channel-wise Gram matrices, reduced and merged by max pooling", "umair.encoders.gram:gram"),
    "eq. 5": Place("the text encoder over an illustration's labels", "umair.encoders.text:TextEncoder"),
    "eq. 6": Place("modalities weighed by what the user follows", "umair.models.umcm:ContributionAttention"),
    "eq. 7": Place("the weights: softmax of the user's dot products", "umair.models.umcm:ContributionAttention"),
    "experts": Place("parallel contributions and an attention gate (2.4)", "umair.models.umcm:ContributionMixture"),
    "crosses": Place("DCN-V2 over the fused illustration and the user (2.5)", "umair.models.crosses:CrossNetMix"),
    "pretext": Place("multi-label training on the artists' labels (2.2)", "umair.encoders.pretext:train_image"),
    "Table 1": Place("seven sub-types of text pairs", "umair.encoders.pairs:SUB_TYPES"),
    "Table 2": Place("users, illustrations, interactions, time range", "umair.library.statistics:table_2"),
    "Table 3": Place("UMAIR-FPS beside six baselines", "umair.experiments.table_3:table_3"),
    "parameters": Place("the parameter columns of Tables 3 and 4", "umair.experiments.parameters:parameter_rows"),
    "Table 4": Place("ablations by schema and by contribution", "umair.experiments.table_4:table_4"),
    "Fig. 1a": Place("the same content by different hands", "umair.demo.sheets:hands_sheet"),
    "Fig. 4": Place("long tails of illustrations and users", "umair.library.statistics:figure_4"),
    "Fig. 5": Place("pairs near in one space and far in the other", "umair.experiments.fig_5:figure_5"),
}


def where(name: str) -> str:
    """`module:object` of an equation, table or figure, e.g. where("eq. 7"); KeyError lists what there is."""
    if name not in PAPER:
        raise KeyError(f"The map has no {name!r}; it has {', '.join(PAPER)}.")
    return PAPER[name].where
