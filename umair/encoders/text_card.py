"""The model card of a text encoder: what it is, its sources with licences and credits, its figures and its limits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from umair.encoders.model_card import UNTOLD, told_choices
from umair.encoders.pairs import SUB_TYPES, TextPair
from umair.encoders.text_sources import OWN, Source, sources_of

BETWEEN = "|"  # between source and sub-type in a key
UNNAMED = "no source named"
SHARED_ALIKE = "cc-by-sa-3.0"
LIMITS = (
    "It knows names and words, not sentences: no word order, no negation.",
    "Names of people, places and titles are guessed from how they are written; a translated title that shares neither "
    "letters nor sounds with the original is found only if it was learnt.",
    "It was measured on names from the same kinds of sources; names of other kinds may do worse.",
    "Where one spelling means several things, it has one vector for all of them.",
)


def count_by_source(pairs: Iterable[TextPair]) -> dict[str, int]:
    """How many pairs each source and sub-type gave, as `text_card` takes it: "source|sub-type" -> count."""
    found = Counter(f"{p.source or UNNAMED}{BETWEEN}{p.sub_type}" for p in pairs)
    return dict(sorted(found.items()))


def text_card(pairs_by_source: Mapping[str, int], choices: Mapping[str, object], measured: str, name: str) -> str:
    """A whole README.md for a SentenceTransformer folder, with the front matter that hubs read.

    pairs_by_source: pairs a source, or a source and sub-type ("source|zh-en"); sources are those of the pairs' column
    `source`, credited if text_sources knows them and marked if not. measured: Markdown, put in as it is.
    """
    counts, whole = _table(pairs_by_source)
    named = list(dict.fromkeys(s for source in counts for s in sources_of(source)))
    unknown = [source for source in counts if not sources_of(source)]
    alike = [s for s in named if s.share_alike]
    return "\n".join(
        [
            _front_matter(alike, unknown),
            f"# {name}\n",
            "A text encoder for names, labels and search words in English, Japanese and Chinese. It is a "
            "SentenceTransformer folder; `umair.encoders.text.TextEncoder.load(folder)` opens it, and "
            "`python -m umair encode --text-model folder` encodes a library with it.\n",
            "## Learnt from\n",
            f"{whole:,} pairs of texts (sub-types as in the paper's Table 1).\n",
            *_rows(counts),
            "",
            *_share_alike(alike),
            "### Credits\n",
            *(f"- **{s.title}**, {s.license}{_mark(s)}: {s.credit.removesuffix('.')}." for s in named),
            *(f"- **{source}**: {UNTOLD}; whoever passes this model on must find out." for source in unknown),
            "",
            f"Choices of the training: {told_choices(choices)}.\n",
            f"## Measured\n\n{measured.strip()}\n",
            "## Limits\n",
            *(f"- {limit}" for limit in LIMITS),
            "",
        ]
    )


def _front_matter(alike: list[Source], unknown: list[str]) -> str:
    license = OWN
    if unknown or alike:
        known = not unknown and all("CC BY-SA 3.0" in source.license for source in alike)
        license = SHARED_ALIKE if known else "other"
    lines = ["library_name: sentence-transformers", "pipeline_tag: sentence-similarity", "language: [en, ja, zh]"]
    return "\n".join(["---", *lines, f"license: {license}", "---"])


def _table(pairs_by_source: Mapping[str, int]) -> tuple[dict[str, dict[str, int]], int]:
    """source -> sub-type ("" where it is not told) -> pairs, the largest source first; and all together."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, count in pairs_by_source.items():
        source, _, sub_type = key.rpartition(BETWEEN) if key.rpartition(BETWEEN)[2] in SUB_TYPES else (key, "", "")
        counts[source][sub_type] += count
    ordered = sorted(counts, key=lambda source: (-sum(counts[source].values()), source))
    return {source: dict(counts[source]) for source in ordered}, sum(pairs_by_source.values())


def _rows(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    columns = [sub_type for sub_type in SUB_TYPES if any(sub_type in own for own in counts.values())]
    rows = [
        f"| {_cell(source)} | {_licenses(source)} | {sum(own.values()):,} |"
        + "".join(f" {own.get(c, 0):,} |" for c in columns)
        for source, own in counts.items()
    ]
    head = "| source | licence | pairs |" + "".join(f" {c} |" for c in columns)
    return [head, "|---|---|---:|" + "---:|" * len(columns), *rows]


def _licenses(source: str) -> str:
    return "; ".join(dict.fromkeys(s.license + _mark(s) for s in sources_of(source))) or UNTOLD


def _share_alike(alike: list[Source]) -> list[str]:
    if not alike:
        return ["No source under a share-alike licence was used.\n"]
    names = ", ".join(s.title for s in alike)
    return [f"**Learnt from share-alike sources ({names}): it is not shipped, and passes on under their terms.**\n"]


def _mark(source: Source) -> str:
    return " (share-alike)" if source.share_alike else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
