"""Dots with intervals as a small SVG of our own, readable on light and on dark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMES, WIDTH, LINE, TOP, FOOT = 210, 720, 24, 44, 36
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 } .tick { font-size: 11px }
.grid { stroke: #d0d7de } .bar { stroke: #57606a; stroke-width: 2 } .dot { fill: #57606a }
.strong .bar { stroke: #0969da } .strong .dot { fill: #0969da } .strong text { font-weight: 600 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .grid { stroke: #30363d } .bar { stroke: #8b949e }
.dot { fill: #8b949e } .strong .bar { stroke: #58a6ff } .strong .dot { fill: #58a6ff } }
"""


@dataclass(frozen=True)
class Dot:
    """A value with its interval; strong ones stand out."""

    name: str
    value: float
    low: float
    high: float
    strong: bool = False


def dots(rows: Sequence[Dot], title: str) -> str:
    """One line a row, the values on one scale."""
    ends = [v for r in rows for v in (r.value, r.low, r.high) if math.isfinite(v)] or [0.0, 1.0]
    ticks = _ticks(min(ends), max(ends))
    low, high = ticks[0], ticks[-1]

    def x(value: float) -> float:
        return NAMES + 10 + (value - low) / (high - low) * (WIDTH - NAMES - 80)

    bottom = TOP + LINE * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + FOOT}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text class="title" x="8" y="22">{escape(title)}</text>',
    ]
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP - 6}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x(tick):.1f}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>')
    for n, r in enumerate(rows):
        y = TOP + LINE * n + LINE / 2
        parts.append(f'<g class="{"strong" if r.strong else "plain"}">')
        parts.append(f'<text x="{NAMES}" y="{y + 4:.1f}" text-anchor="end">{escape(r.name)}</text>')
        if math.isfinite(r.low) and math.isfinite(r.high):
            parts.append(f'<line class="bar" x1="{x(r.low):.1f}" x2="{x(r.high):.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if math.isfinite(r.value):
            parts.append(f'<circle class="dot" cx="{x(r.value):.1f}" cy="{y:.1f}" r="4.5"/>')
            parts.append(f'<text class="tick" x="{WIDTH - 8}" y="{y + 4:.1f}" text-anchor="end">{r.value:.4f}</text>')
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _ticks(low: float, high: float) -> list[float]:
    """Round values that span low..high, five or so."""
    span = max(high - low, 1e-6)
    power = 10 ** math.floor(math.log10(span))
    step = next(s * power for s in (0.1, 0.2, 0.5, 1, 2, 5) if span / (s * power) <= 6)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    return [round(k * step, 10) for k in range(first, last + 1)]
