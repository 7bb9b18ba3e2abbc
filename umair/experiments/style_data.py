"""Open drawings and emoji as style is trained and tested on: which hands train, which are only ever tested.

The tables come with the development data (`drawings.parquet`, `emoji.parquet`); the product runs without them.
`python -m umair.experiments.style_data DATA OUT` writes the tables that a style run may name as `pictures` and
`judged_on`.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import polars as pl

from umair.errors import TrainingError

NOT_ONE_HAND = ("wesnoth", "hackclub-dinosaurs", "valyria-tear", "tuxemon-several")  # many people under one name
FREE = ("CC0 1.0", "CC0", "CC BY 4.0", "CC BY 3.0", "CC-BY-3.0", "MIT")  # no share-alike, no copyleft
EMOJI_SHARE_ALIKE = ("emojione-v1",)
EMOJI_LICENSES = {
    "noto": "Apache 2.0",
    "blobmoji": "Apache 2.0",
    "twemoji": "CC BY 4.0",
    "emojitwo": "CC BY 4.0",
    "fluent": "MIT",
    "serenity": "BSD 2-Clause",
    "streamline": "CC BY 4.0",
}
MERGED = {  # one artist's one manner under several names
    "pixel-boy-ninja-adventure": "pixel-boy sprites",
    "pixel-boy-prehistoric": "pixel-boy sprites",
    "pixel-boy-rpg-battle": "pixel-boy sprites",
    "pixel-boy-western": "pixel-boy sprites",
    "maria-letta-characters": "maria-letta",
    "maria-letta-illustrations": "maria-letta",
}


def unseen_drawings(data: Path) -> pl.DataFrame:
    """The 796 pictures by 19 hands that no shipped weights may have seen: certain hands, no avatars."""
    return _drawings(data).filter(pl.col("hand_certain") & (pl.col("kind") != "avatar"))


def avatars(data: Path) -> pl.DataFrame:
    """Faces composed at random from an artist's parts, by certain hands."""
    return _drawings(data).filter(pl.col("hand_certain") & (pl.col("kind") == "avatar"))


def training_drawings(data: Path) -> pl.DataFrame:
    """Avatars and uncertain hands under free licences: image, hand, license, source, kind of hand."""
    of_one = pl.all_horizontal(~pl.col("hand").str.starts_with(name) for name in NOT_ONE_HAND)
    untested = (pl.col("kind") == "avatar") | ~pl.col("hand_certain")
    kind = pl.when(pl.col("kind") == "avatar").then(pl.lit("avatars")).otherwise(pl.lit("uncertain hands"))
    kept = _drawings(data).filter(untested & of_one & pl.col("license").is_in(FREE))
    return kept.select("image", "hand", "license", source=_family(pl.col("hand")), kind=kind)


def all_emoji(data: Path) -> pl.DataFrame:
    """Every emoji set: columns image, hand (the set), content."""
    frame = pl.read_parquet(_there(data / "emoji" / "emoji.parquet"))
    return frame.select("image", hand=pl.col("style"), content=pl.col("content_id"))


def training_emoji(data: Path) -> pl.DataFrame:
    """Emoji sets under free licences: image, hand, content, license, source."""
    free = all_emoji(data).filter(~pl.col("hand").is_in(EMOJI_SHARE_ALIKE))
    family = pl.col("hand").str.split("-").list.first()
    return free.with_columns(license=family.replace_strict(EMOJI_LICENSES), source=pl.lit("emoji ") + family)


def emoji_contents(data: Path) -> pl.DataFrame:
    """The half of the emoji contents that is never tested, by free sets: companions of the image encoder."""
    return training_emoji(data).filter(~pl.col("content").map_elements(is_tested, return_dtype=pl.Boolean))


def write_tables(data: Path, out: Path) -> list[Path]:
    """In `out`: training-drawings, training-emoji, emoji-contents, and drawings to judge by alone (.parquet)."""
    out.mkdir(parents=True, exist_ok=True)
    made = {
        "training-drawings": training_drawings(data),
        "training-emoji": training_emoji(data),
        "emoji-contents": emoji_contents(data),
        "drawings": unseen_drawings(data).select("image", "hand"),
    }
    for name, frame in made.items():
        frame.write_parquet(out / f"{name}.parquet")
    return [out / f"{name}.parquet" for name in made]


def is_tested(content: str) -> bool:
    """Whether this emoji belongs to the half of contents that is only tested."""
    return int(hashlib.md5(content.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1


def _family(hand: pl.Expr) -> pl.Expr:
    """DiceBear, Robohash, Duelyst …: what stands before the first dash."""
    return hand.str.split("-").list.first()


def _drawings(data: Path) -> pl.DataFrame:
    return pl.read_parquet(_there(data / "drawings" / "drawings.parquet"))


def _there(file: Path) -> Path:
    if not file.exists():
        raise TrainingError(f"{file} is absent. This experiment needs the development data; name its folder.")
    return file


if __name__ == "__main__":
    for path in write_tables(Path(sys.argv[1]), Path(sys.argv[2])):
        print(path)
