"""What corresponds to what, and what was put aside so that equal parts stand side by side."""

from __future__ import annotations

ALL = (
    "Embeddings: ours are rectified with a bias a table, and fields may share a table; each peer field gets "
    "relu(table + bias) with a last row of noughts for padding. BatchNorm (eps 1e-5) is on in both, with the same "
    "running numbers. Dropout is 0. Outputs are logits (the peers' task `regression`, a sigmoid less)."
)
FUXI_HEAD = "The bias of FuxiCTR's last layer is 0: ours has none, as the paper's counts have it."
DEEP_HEAD = "The bias of DeepCTR's last sum is 0: ours has none, as the paper's counts have it."
NOTES: dict[str, dict[str, str]] = {
    "dcn": {
        "fuxictr": f"DCN. {FUXI_HEAD} FuxiCTR's DCN has no linear term: ours was added beside it, by plain look-ups.",
        "deepctr": f"DCN, `vector`. {DEEP_HEAD} Linear term compared too.",
    },
    "dcn_vectors": {"deepctr": f"DCN with dense features (our vectors, means and count as read). {DEEP_HEAD}"},
    "xdeepfm": {
        "fuxictr": f"xDeepFM. {FUXI_HEAD} So are the biases of its CIN's filters; linear term compared too.",
        "deepctr": "xDeepFM, `cin_split_half` off, `cin_activation` linear (DeepCTR's own default is relu), filters' "
        f"biases 0, pairs in another order. {DEEP_HEAD}",
    },
    "fibinet": {
        "fuxictr": f"FiBiNET, `field_each`. {FUXI_HEAD} Linear term compared too. DeepCTR's FiBiNET is another "
        "model (one bilinear layer for both sides, no BatchNorm): only its two layers are compared."
    },
    "difm": {
        "deepctr": f"DIFM. {DEEP_HEAD} DeepCTR's heads share the embedding's width, ours have 8 each: embeddings "
        "get 56 noughts behind, so that the two are the same function. The linear term is weighed by m in both; the "
        "paper's code weighs it by 1. FuxiCTR has no DIFM."
    },
    "dcn_v2": {
        "fuxictr": f"DCNv2, `parallel`, low-rank mixture. {FUXI_HEAD} It has no linear term: ours was added beside.",
        "deepctr": f"DCNMix. {DEEP_HEAD} Linear term compared too.",
    },
    "dcn_v2_vectors": {"deepctr": f"DCNMix with dense features (our vectors, means and count as read). {DEEP_HEAD}"},
    "final_mlp": {
        "fuxictr": "FinalMLP, no hidden layer in the gates. The last layer of each tower is linear in ours, as in the "
        "paper's counts; FuxiCTR has a BatchNorm after it, held at the identity, and its activation is left out by "
        "its own option. A bias for each of two heads in ours, for each of two sides there: the same sum. FuxiCTR's "
        "gates read as many numbers as the embedding is wide, ours as many as there are fields: 8 both here. No "
        "linear term in either."
    },
    "cross_net": {"fuxictr": "CrossNet.", "deepctr": "CrossNet, `vector`."},
    "cross_net_mix": {"fuxictr": "CrossNetMix.", "deepctr": "CrossNetMix."},
    "cin": {
        "fuxictr": "CompressedInteractionNet: biases of filters 0, its last layer the identity.",
        "deepctr": "CIN, linear, no split: biases of filters 0, pairs in another order.",
    },
    "senet": {"fuxictr": "SqueezeExcitation.", "deepctr": "SENETLayer."},
    "bilinear": {
        "fuxictr": "BilinearInteractionV2, `field_each`.",
        "deepctr": "BilinearInteraction, `each`: weights transposed.",
    },
    "attention": {"deepctr": "InteractingLayer, residual and scaling on; inputs padded with noughts as for DIFM."},
    "factorisation": {"deepctr": "FM."},
    "gate": {"fuxictr": "FeatureSelection of FinalMLP, no hidden layer."},
    "join": {"fuxictr": "InteractionAggregation of FinalMLP; biases as for FinalMLP."},
}
