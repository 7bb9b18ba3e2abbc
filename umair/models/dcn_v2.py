"""DCN-V2: low-rank crosses beside a deep tower (Wang et al. 2021, arXiv:2008.13535; Table 3)."""

from __future__ import annotations

from umair.features.schema import Schema
from umair.models.crosses import CrossNetMix
from umair.models.inputs import CrossesBesideDeep


class DCNV2(CrossesBesideDeep):
    """Its crosses are CrossNetMix: a mixture of low-rank experts."""

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema, CrossNetMix, dropout)
