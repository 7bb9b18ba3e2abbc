"""What a ranker sees: modalities, vectors, fields and their sizes, named in this one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from umair.errors import TrainingError

MODALITIES = ("label_text", "semantic", "style", "metadata")  # the paper's TSEM, SEM, STY, META
SPACES = ("label_text", "semantic", "style")  # those that an encoder fills; metadata comes from the tables

METADATA = (  # the numbers of an illustration's metadata vector, popularity first
    "bookmarks",
    "recent_bookmarks",
    "views",
    "artist_bookmarks",
    "age",
    "area",
    "aspect",
    "label_count",
    "general",
    "sensitive",
    "questionable",
    "explicit",
)
LONG_TEXT, SHORT_TEXT = "label_text_long", "label_text_short"  # the paper's two interest text vectors
LARGEST_OWN_TABLE = 100_000  # of illustrations that have a direction of their own; beyond, slots are shared
RECENT = 10  # so many latest bookmarks are the short term
LABELS_EACH = 4
PADDING = -1  # a label that is not there: adds nothing
UNKNOWN = 0  # the slot of what training has not seen


@dataclass(frozen=True)
class Field:
    """One categorical input: `size` slots (slot 0 is for the unknown); fields of one `table` share their embedding."""

    name: str
    size: int
    table: str


@dataclass(frozen=True)
class Schema:
    """Everything a model is built from.

    vectors: width of each item-side vector by modality. interests: width of each user-side vector by name.
    A model asks for what the schema names; what an ablation takes away is taken away here and nowhere else.
    """

    modalities: tuple[str, ...] = MODALITIES
    vectors: Mapping[str, int] = field(default_factory=dict)
    interests: Mapping[str, int] = field(default_factory=dict)
    user_fields: tuple[Field, ...] = ()
    item_fields: tuple[Field, ...] = ()
    embedding: int = 8

    def without(self, *modalities: str) -> Schema:
        """The schema that lacks these modalities; TrainingError if one is not in it or none would be left."""
        strange = [m for m in modalities if m not in self.modalities]
        if strange:
            raise TrainingError(
                f"There is no modality {strange[0]!r} to leave out; this has {', '.join(self.modalities)}."
            )
        kept = tuple(m for m in self.modalities if m not in modalities)
        if not kept:
            raise TrainingError("A ranker needs at least one modality. Leave fewer out.")
        return replace(
            self,
            modalities=kept,
            vectors={m: w for m, w in self.vectors.items() if m not in modalities},
            interests={m: w for m, w in self.interests.items() if m not in modalities},
        )

    def fields_only(self) -> Schema:
        """The same without any vector: what the paper's baselines were given."""
        return replace(self, vectors={}, interests={})

    def to_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping) -> Schema:
        return cls(
            modalities=tuple(kept["modalities"]),
            vectors=dict(kept["vectors"]),
            interests=dict(kept["interests"]),
            user_fields=tuple(Field(**f) for f in kept["user_fields"]),
            item_fields=tuple(Field(**f) for f in kept["item_fields"]),
            embedding=int(kept["embedding"]),
        )


@dataclass(frozen=True)
class TableSizes:
    """Slots of the large hashed tables; the defaults are the paper's."""

    illustrations: int = 1_000_000
    users: int = 100_000
    artists: int = 10_000
    names: int = 1_000
    labels: int = 8_000


PAPER_VECTORS = {"label_text": 512, "semantic": 1024, "style": 256}


def paper_schema(sizes: TableSizes | None = None, vectors: Mapping[str, int] = PAPER_VECTORS) -> Schema:
    """The inputs of the paper's UMAIR-FPS: 10 user fields, 13 item fields, three vectors, two interest vectors.

    A space that `vectors` lacks (a log without pictures) is no modality then.
    """
    sizes = sizes or TableSizes()
    text = vectors.get("label_text")
    return Schema(
        modalities=tuple(m for m in MODALITIES if m in vectors or m == "metadata"),
        vectors=dict(vectors),
        interests={} if text is None else {LONG_TEXT: text, SHORT_TEXT: text},
        user_fields=(
            Field("user_id", sizes.users, "user_id"),
            Field("username", sizes.names, "username"),
            *(Field(f"long_label_{k}", sizes.labels, "user_label") for k in range(1, LABELS_EACH + 1)),
            *(Field(f"short_label_{k}", sizes.labels, "user_label") for k in range(1, LABELS_EACH + 1)),
        ),
        item_fields=(
            Field("illust_id", sizes.illustrations, "illust_id"),
            Field("artist_id", sizes.artists, "artist_id"),
            *(Field(f"label_{k}", sizes.labels, "label") for k in range(1, LABELS_EACH + 1)),
            Field("restrict", 3, "restrict"),
            Field("sanity_level", 10, "sanity_level"),
            Field("x_restrict", 3, "x_restrict"),
            Field("width", 4, "width"),
            Field("height", 4, "height"),
            Field("views", 10, "views"),
            Field("bookmarks", 10, "bookmarks"),
        ),
    )


def baseline_schema(paper: Schema, widths: Mapping[str, int] | None = None) -> Schema:
    """The same fields with one label table for both sides, as the paper's baselines had them.

    widths: of the prepared vectors by modality, to be given both sides as `umair` is; without it, fields only.
    """
    shared = tuple(replace(f, table="label") if f.table == "user_label" else f for f in paper.user_fields)
    kept = replace(paper, user_fields=shared).fields_only()
    if widths is None:
        return kept
    return replace(
        kept,
        modalities=tuple(m for m in MODALITIES if m in widths),
        vectors=dict(widths),
        interests=dict(widths),
    )


def umair_schema(widths: Mapping[str, int], users: int, item_fields: Sequence[Field] = ()) -> Schema:
    """The inputs of the `umair` instance: one vector and one interest vector a modality, the user's id, and what its
    residual reads of an illustration's fields (`residual_fields`)."""
    return Schema(
        modalities=tuple(m for m in MODALITIES if m in widths),
        vectors=dict(widths),
        interests=dict(widths),
        user_fields=(Field("user_id", users, "user_id"),),
        item_fields=tuple(item_fields),
    )


def residual_fields(sizes: TableSizes) -> tuple[Field, ...]:
    """Which illustration it is, by whom, and its labels; `umair` keeps a direction of its own for so many at most."""
    fewer = replace(sizes, illustrations=min(sizes.illustrations, LARGEST_OWN_TABLE))
    return tuple(f for f in paper_schema(fewer).item_fields if f.table in ("illust_id", "artist_id", "label"))
