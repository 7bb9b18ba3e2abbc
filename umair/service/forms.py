"""What can be chosen when something is trained, and whether it is possible.

The names are those of the options of each training (PretextOptions and so on; a test compares them), but nothing
heavy is imported for a form.
"""

from __future__ import annotations

from collections.abc import Mapping

from umair.errors import TrainingError
from umair.service.form_fields import CHOICE, FILES, FLAG, NUMBER, TEXT, WHOLE, Field, Form
from umair.service.ranker_form import RANKER
from umair.settings import TomlValue

SEED = Field("seed", "Seed", WHOLE, 1, "The same seed gives the same numbers.", low=0, high=2**31 - 1, advanced=True)
LOSSES = ("bce", "asymmetric")
BACKBONES = tuple(f"torchvision:resnet{depth}" for depth in (18, 34, 50, 101))

IMAGE = Form(
    "image",
    "Picture encoder",
    "Learns from your labels what pictures show (the pretext task of the paper, 2.2).",
    (
        Field("backbone", "Network", CHOICE, BACKBONES[0], "Deeper sees more and takes longer.", BACKBONES),
        Field("epochs", "Epochs", WHOLE, 24, "How often every picture is seen.", low=1, high=500),
        Field("pretrained", "Begin with hub weights", FLAG, False, "Needs a network, once; better with few pictures."),
        Field("min_count", "Pictures a label needs", WHOLE, 8, "Rarer labels are left out.", low=1, high=10_000),
        Field(
            "loss",
            "Loss",
            CHOICE,
            "asymmetric",
            "Asymmetric counts easy negatives less.",
            LOSSES,
            advanced=True,
        ),
        Field(
            "size",
            "Side in pixels",
            WHOLE,
            128,
            "Of the square that the network sees.",
            low=32,
            high=512,
            advanced=True,
        ),
        Field(
            "companions",
            "Companions",
            FILES,
            [],
            "Tables of things drawn by many hands: image, content.",
            advanced=True,
        ),
        Field("start_from", "Begin with a run", TEXT, "", "The folder of another run of this kind.", advanced=True),
        Field(
            "precision",
            "Precision",
            CHOICE,
            "32-true",
            "bf16 is faster where the processor has it.",
            ("32-true", "bf16-mixed"),
            advanced=True,
        ),
        Field("batch", "Batch", WHOLE, 32, "Pictures a step.", low=2, high=1024, advanced=True),
        Field("learning_rate", "Learning rate", NUMBER, 2e-3, "The largest one.", low=1e-6, high=1.0, advanced=True),
        SEED,
    ),
)
STYLE = Form(
    "style",
    "Painting style",
    "Learns to tell painters' hands apart, from your artists and from painters made for it.",
    (
        Field("library_hands", "Learn from your artists", FLAG, True, "Those with enough pictures; some are kept out."),
        Field("painters", "Made painters", WHOLE, 400, "Invented hands to learn from.", low=0, high=20_000),
        Field("filters", "Filter hands", WHOLE, 200, "Your pictures as if by other hands.", low=0, high=20_000),
        Field("steps", "Steps", WHOLE, 1_200, "For each network.", low=1, high=100_000),
        Field(
            "network_steps",
            "Steps of the pixel network",
            WHOLE,
            0,
            "A network that looks at the pixels themselves, beside the measures; 0: none, 1,800: as shipped.",
            low=0,
            high=100_000,
        ),
        Field("networks", "Networks", WHOLE, 2, "Side by side, with different seeds.", low=1, high=8, advanced=True),
        Field("pictures", "More hands", FILES, [], "Tables of pictures to learn from: image, hand.", advanced=True),
        Field("judged_on", "Judged on", FILES, [], "The same, never trained: they measure.", advanced=True),
        SEED,
    ),
)
TEXT_FORM = Form(
    "text",
    "Word encoder",
    "Learns which words of English, Japanese and Chinese mean the same (the paper's Table 1).",
    (
        Field("epochs", "Epochs", WHOLE, 8, "How often every pair is seen.", low=1, high=500),
        Field(
            "pairs",
            "More pairs",
            TEXT,
            "",
            "A file or folder beside the library's glossary: what `python -m umair pairs build` writes, or a TSV.",
        ),
        Field("start_from", "Begin with", TEXT, "", "A SentenceTransformer folder or hub name; empty: from nothing."),
        Field(
            "form",
            "Form",
            CHOICE,
            "ngrams",
            "From nothing: overlapping n-grams, byte-pair pieces or a small transformer.",
            choices=("ngrams", "bpe", "transformer"),
            advanced=True,
        ),
        Field("sounds", "Sounds", FLAG, True, "N-grams: kana and hanzi count in Latin letters too.", advanced=True),
        Field(
            "vocabulary", "Pieces", WHOLE, 120_000, "At most so many are known.", low=100, high=2_000_000, advanced=True
        ),
        Field("dimension", "Numbers a word", WHOLE, 192, "The vectors' length.", low=16, high=1024, advanced=True),
        Field(
            "drop",
            "Left out",
            NUMBER,
            0.2,
            "N-grams: share of pieces left out in a step.",
            low=0,
            high=0.9,
            advanced=True,
        ),
        Field(
            "emphasis",
            "Emphasis",
            WHOLE,
            2,
            "How often a pass tells the glossary's pairs.",
            low=1,
            high=20,
            advanced=True,
        ),
        Field(
            "hard_negatives", "Hard negatives", FLAG, False, "Beside each pair the nearest wrong text.", advanced=True
        ),
        Field("scale", "Scale", NUMBER, 12.0, "Inverse temperature of the loss.", low=1, high=100, advanced=True),
        Field("batch", "Batch", WHOLE, 1024, "Pairs a step.", low=2, high=8192, advanced=True),
        Field("learning_rate", "Learning rate", NUMBER, 0.01, "The largest one.", low=1e-7, high=1.0, advanced=True),
        Field("seed", "Seed", WHOLE, 0, "The same seed gives the same numbers.", low=0, high=2**31 - 1, advanced=True),
    ),
)
FORMS: dict[str, Form] = {form.kind: form for form in (IMAGE, STYLE, TEXT_FORM, RANKER)}


def form(kind: str) -> Form:
    if kind not in FORMS:
        raise TrainingError(f"{kind!r} cannot be trained. Expected one of {', '.join(FORMS)}.")
    return FORMS[kind]


def chosen(kind: str, choices: Mapping[str, object]) -> dict[str, TomlValue | None]:
    """The choices with the defaults of what was left open (None: the training's own value).

    TrainingError says which one is not possible and why.
    """
    fields = {f.name: f for f in form(kind).fields}
    unknown = [name for name in choices if name not in fields]
    if unknown:
        raise TrainingError(f"{unknown[0]!r} is no choice for {kind}. There are {', '.join(fields)}.")
    return {name: _checked(f, choices.get(name, f.default)) for name, f in fields.items()}


def _checked(field: Field, value: object) -> TomlValue | None:
    if value is None and field.default is None:
        return None
    match field.kind:
        case "flag" if isinstance(value, bool):
            return value
        case "whole" if isinstance(value, int) and not isinstance(value, bool):
            return _within(field, value)
        case "number" if isinstance(value, int | float) and not isinstance(value, bool):
            return _within(field, float(value))
        case "text" if isinstance(value, str):
            return value.strip()
        case "files" if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        case "files" if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            return [str(v) for v in value]
        case "choice" if isinstance(value, str) and (value in field.choices or field.name == "backbone"):
            return value  # any backbone by name is possible; the encoder says if there is none
        case "several" if isinstance(value, list | tuple) and value and all(v in field.choices for v in value):
            return [v for v in field.choices if v in value]
    expected = f"one of {', '.join(field.choices)}" if field.choices else f"a {field.kind}"
    raise TrainingError(f"{field.label} ({field.name}) is {value!r}; expected {expected}.")


def _within(field: Field, value: float) -> int | float:
    if (field.low is not None and value < field.low) or (field.high is not None and value > field.high):
        raise TrainingError(f"{field.label} ({field.name}) is {value}; possible is {field.low} to {field.high}.")
    return value
