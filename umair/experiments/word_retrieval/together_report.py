"""What `words together` prints and writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from umair.experiments.word_retrieval.measure_report import markdown, told
from umair.experiments.word_retrieval.together import JACCARD, LEAST, PMI, Together


def as_text(found: Together) -> str:
    """One table of a library and what it says in words."""
    name = f"“{found.library}”{' (synthetic)' if found.synthetic else ''}"
    name += ", one name a thing" if found.one_name else ""
    contenders = list(dict.fromkeys(r.contender for r in found.rows))
    each = {(r.contender, r.against): r for r in found.rows}
    known = [against for against in (JACCARD, PMI) if (contenders[0], against) in each]
    rows = [[c, *(told(each[c, against].spearman) for against in known)] for c in contenders]
    lines = [
        f"## Do alike labels stand together? On {name}",
        f"{found.labels:,} labels on {LEAST} pictures or more of {found.pictures:,}; {found.pairs:,} pairs, "
        f"{found.pairs_together:,} of which stand together on a picture. Spearman between an encoder's cosine and how "
        "often two labels stand together, with 95 % intervals over labels.",
        markdown(["", *known], rows),
        "\n".join(_verdicts(found)),
    ]
    if found.unmeasured:
        lines.append("Not measured:\n" + "\n".join(f"- {u.name}: {u.why}" for u in found.unmeasured))
    return "\n\n".join(line for line in lines if line)


def as_page(found: Sequence[Together], command: str, seconds: float) -> str:
    """Sections of docs/results/words.md, one for each way of counting."""
    printed = f"Printed by `{command}` on {datetime.now(UTC):%Y-%m-%d}, {seconds:.0f} s."
    return "\n\n".join(f"{as_text(one)}\n\n{printed}" for one in found) + "\n"


def _verdicts(found: Together) -> list[str]:
    first = found.rows[0].contender if found.rows else ""
    lines = []
    for row in found.rows:
        if row.behind is not None:
            gap = row.behind
            how = (
                "surely nearer than"
                if gap.low > 0
                else "surely farther than"
                if gap.high < 0
                else "not surely apart from"
            )
            measure = row.against.split(",")[0]
            lines.append(
                f"- {measure}: {first} is {how} {row.contender} ({gap.mean:+.3f}, {gap.low:+.3f} to {gap.high:+.3f})."
            )
    return lines
