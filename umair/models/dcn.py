"""DCN: explicit crosses by vectors beside a deep tower (Wang, Fu, Fu, Wang 2017, arXiv:1708.05123; Table 3)."""

from __future__ import annotations

from umair.features.schema import Schema
from umair.models.crosses import CrossNet
from umair.models.inputs import CrossesBesideDeep


class DCN(CrossesBesideDeep):
    """Its crosses are CrossNet: x_0 <x_l, w_l>."""

    def __init__(self, schema: Schema, dropout: float = 0.5) -> None:
        super().__init__(schema, CrossNet, dropout)
