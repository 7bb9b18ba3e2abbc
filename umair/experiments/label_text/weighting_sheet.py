"""What was measured of weightings as a page and for the terminal; the verdict comes from the numbers."""

from __future__ import annotations

from pathlib import Path

from umair.experiments.comparison.sentences import signed, with_interval
from umair.experiments.label_text.page import Origin, about
from umair.experiments.label_text.weighting import PLAIN, Measured, Weighed
from umair.library.atomic import write_text

HOW = (
    "Hidden label: one label of a picture is left out, and its ten nearest are looked up by the others; the value is "
    "the share of these ten that carry it (or, where the truth says what labels mean, one of the same meaning). Where "
    "a library has few different labels, pictures with just the labels that are left come first, so chance may be "
    "above every form; forms compare all the same.",
    "Same character, same place: what the ten nearest by other artists show, as the demo's truth has it.",
    "Later bookmarks: cosine to the mean of a person's bookmarks of before the test part, centred on the catalogue, no "
    "ranker; all that was out and not bookmarked is ranked.",
    "Brackets are 95 % intervals over pictures or people (1,000 resamples, the same for all forms); differences are "
    "paired.",
    "smooth: a/(a + p) with a = 0.01 (stronger: 0.001); first direction off: the common component of smooth inverse "
    "frequency, fitted on the library.",
)


def verdict(found: Weighed) -> str:
    """How the forms that can be chosen stand to each other, and which is to be taken."""
    first, *others = found.balances
    told = "; ".join(f"{b.form} {b.better} and {b.worse} ({b.gain:+.1%})" for b in (first, *others))
    return (
        f"To be taken: {first.form}. In {len(found.measures)} measures, beside each of the {len(others)} others, "
        f"certainly better and certainly worse (and mean gain over {PLAIN}): {told}."
    )


def as_text(found: Weighed) -> str:
    """For the terminal."""
    lines = []
    for m in found.measures:
        lines.append(_title(m))
        for form, value in m.value.items():
            apart = "" if form == PLAIN else signed(m.less(form, PLAIN))
            lines.append(f"  {form:<42}{value:.4f}  {apart}".rstrip())
        lines.append("")
    return "\n".join([*lines, verdict(found)])


def as_page(found: Weighed, origin: Origin) -> str:
    """Markdown."""
    lines = ["# How a picture's labels become one vector", "", *about(origin, {}), "", verdict(found), ""]
    for m in found.measures:
        lines += [f"## {_title(m)}", "", f"| form | value | less {PLAIN} |", "|:--|--:|--:|"]
        best = max(m.value.values())
        for form, value in m.value.items():
            told = with_interval(m.interval(form))
            apart = "–" if form == PLAIN else signed(m.less(form, PLAIN))
            lines.append(f"| {form} | {f'**{told}**' if value == best else told} | {apart} |")
        lines.append("")
    return "\n".join([*lines, "## How it was measured", "", *(f"- {line}" for line in HOW)]) + "\n"


def write_page(found: Weighed, origin: Origin, folder: Path) -> Path:
    """words_weighting.md in the folder."""
    path = folder / "words_weighting.md"
    write_text(path, as_page(found, origin))
    return path


def _title(m: Measured) -> str:
    return f"{m.library}: {m.name} ({m.units:,} {m.unit}, by chance {m.chance:.4f})"
