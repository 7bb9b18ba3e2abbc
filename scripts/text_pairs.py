"""Write a table of text pairs from open tables of names, for the training of a text encoder.

python scripts/text_pairs.py DIR OUT.tsv. DIR holds danbooru_tags.parquet and cldr_names.parquet (entity_id, kind, lang,
script, text, is_main, quality). Left out: machine translations, keywords, skin tones, share-alike sources.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import polars as pl

from umair.encoders.pairs import across, unique, write_tsv

CREDITS = {
    "danbooru": "tag names: a1111-sd-webui-tagcomplete, booru-japanese-tag, ComfyUI-Danbooru-Gallery (MIT)",
    "cldr": "Unicode CLDR (Unicode License v3)",
}


def open_names(folder: Path) -> pl.DataFrame:
    """entity_id, lang, text: names worth learning, the main one of a language first."""
    columns = ["entity_id", "lang", "text", "is_main"]
    tags = pl.read_parquet(folder / "danbooru_tags.parquet").filter(pl.col("quality") != "machine")
    tags = tags.with_columns(pl.col("text").str.split("|")).explode("text").select(columns)
    emoji = pl.read_parquet(folder / "cldr_names.parquet").filter((pl.col("kind") == "emoji") & pl.col("is_main"))
    toned = emoji.filter(pl.col("text").str.contains("skin tone"))["entity_id"]
    emoji = emoji.filter(~pl.col("entity_id").is_in(toned.to_list()) & (pl.col("script").fill_null("") != "Hant"))
    names = pl.concat([tags, emoji.select(columns)]).with_columns(pl.col("text").str.strip_chars())
    return names.filter(pl.col("text") != "").sort("is_main", descending=True, maintain_order=True)


def main(folder: Path, out: Path) -> None:
    names: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entity, lang, text, _ in open_names(folder).iter_rows():
        names[entity][lang].append(text)
    source = {"danbooru": CREDITS["danbooru"], "emoji": CREDITS["cldr"]}
    pairs = unique(p for e in sorted(names) for p in across(names[e], source[e.split(":")[0]]))
    write_tsv(out, pairs)
    print(f"{len(pairs):,} pairs of {len(names):,} things in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
