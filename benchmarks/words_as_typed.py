"""How fast suggestions come while a person types: the service, the route over HTTP, and a plain scan beside them.

`python benchmarks/words_as_typed.py [--library DIR] [--rounds 3]`; the target (DESIGN.md, as-you-type): 50 ms at the
95th percentile on the demo library. Typed are the beginnings of its labels in three languages, with and without a typo.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from umair.library.store import Library
from umair.service.label_groups import labels
from umair.service.words import suggest_words
from umair.settings import demo_library
from umair.ui.served import served

LIMIT_MS = 50.0
EVERY = 12  # of the labels, one in so many is typed


def typed(lib: Library) -> list[str]:
    """What stands in the field after each key, for some labels; long ones also with two letters swapped."""
    found = []
    texts = [spelling for group in labels(lib).groups for spelling in group.spellings][::EVERY]
    for text in texts:
        found += [text[:n] for n in range(1, len(text) + 1)]
        if len(text) > 4:
            found.append(text[:1] + text[2] + text[1] + text[3:])
    return found


def times(words: Sequence[str], rounds: int, ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each question."""
    for word in words[:20]:
        ask(word)
    found = []
    for _ in range(rounds):
        for word in words:
            start = time.perf_counter()
            ask(word)
            found.append(1000 * (time.perf_counter() - start))
    return found


def plain_scan(lib: Library) -> Callable[[str], object]:
    """What needs no index: each label list of the library read through for the text, labels counted."""
    lists = [own or [] for own in lib.illustrations()["labels"].to_list()]

    def ask(word: str) -> list[tuple[str, int]]:
        counts: dict[str, int] = {}
        needle = word.casefold()
        for own in lists:
            for label in own:
                if needle in label.casefold():
                    counts[label] = counts.get(label, 0) + 1
        return sorted(counts.items(), key=lambda item: -item[1])[:8]

    return ask


def over_http(url: str) -> Callable[[str], object]:
    """The route of the app, by one connection that is kept open, as a browser does."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=60)

    def ask(word: str) -> bytes:
        connection.request("GET", f"/api/labels?q={quote(word)}&language=en")
        return connection.getresponse().read()

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library; the demo if left out")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    lib = Library.open(asked.library or demo_library())
    words = typed(lib)
    rows = {"plain scan": times(words, 1, plain_scan(lib))}
    rows["service"] = times(words, asked.rounds, lambda word: suggest_words(lib, word, "en"))
    with served(asked.library) as app:
        rows["route"] = times(words, asked.rounds, over_http(app.url))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(
        f"{len(labels(lib).groups):,} groups of {len(labels(lib).of):,} labels; {len(words):,} texts; load {load:.1f}"
    )
    scan = statistics.median(rows["plain scan"])
    for name, found in rows.items():
        p95 = float(np.percentile(found, 95))
        goal = "" if name == "plain scan" else f"  p95 / limit {p95 / LIMIT_MS:.2f}"
        met = "" if name == "plain scan" else " met" if p95 <= LIMIT_MS else " MISSED"
        ratio = f"{statistics.median(found) / scan:.2f} of the scan"
        print(f"{name:<11} p50 {statistics.median(found):7.2f} ms  p95 {p95:7.2f} ms  {ratio}{goal}{met}")


if __name__ == "__main__":
    main()
