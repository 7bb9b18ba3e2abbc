"""The main figure of a run in plain words, from what the run has measured; empty where it measured nothing."""

from __future__ import annotations

from collections.abc import Mapping


def main_figure(kind: str, metrics: Mapping[str, object]) -> str:
    """One line for a card or a row of a table."""
    match kind:
        case "image":
            return _told(metrics, "validation_map", "labels right on pictures kept out: mAP {:.2f}")
        case "style":
            return _told(metrics, "auc_csls", "tells two hands it never saw apart {:.0%} of the time") + _told(
                metrics, "map_csls", "; mAP {:.2f}"
            )
        case "text":
            each = [_number(metrics, f"{pair} R@1") for pair in ("zh-en", "en-ja", "ja-zh")]
            known = [value for value in each if value is not None]
            mean = sum(known) / len(known) if known else None
            return "" if mean is None else f"finds the translation first for {mean:.0%} of words kept out"
        case "ranker":
            return _ranker(metrics)
        case "encode":
            return _told(metrics, "pictures", "{:,.0f} pictures encoded")
        case "import":
            taken = _number(metrics, "taken")
            skipped, same = metrics.get("skipped"), metrics.get("duplicates")
            counts = [len(x) if isinstance(x, list) else 0 for x in (skipped, same)]
            return "" if taken is None else f"{taken:,.0f} taken, {counts[0]:,} skipped, {counts[1]:,} known already"
    return ""


def trained_on(kind: str, metrics: Mapping[str, object]) -> str:
    """What a run has learnt from, in a few words."""
    match kind:
        case "image":
            return _told(metrics, "train_pictures", "{:,.0f} pictures") + _told(metrics, "labels", ", {:,.0f} labels")
        case "style":
            return _told(metrics, "hands", "{:,.0f} hands") + _told(metrics, "pictures", ", {:,.0f} pictures")
        case "text":
            return _told(metrics, "pairs", "{:,.0f} pairs of texts")
        case "ranker":
            rows = metrics.get("rows")
            return _told(rows, "train", "{:,.0f} rows, bookmarks and negatives") if isinstance(rows, Mapping) else ""
    return ""


def _ranker(metrics: Mapping[str, object]) -> str:
    test, popularity = (metrics.get(part) for part in ("test", "popularity"))
    if not isinstance(test, Mapping) or not isinstance(popularity, Mapping):
        return ""
    found, popular = _number(test, "recall@50"), _number(popularity, "recall@50")
    if found is None:
        return _told(test, "auc", "AUC {:.3f} on the last weeks")
    rest = "" if popular is None else f"; popularity finds {popular * 10:.0f}"
    return f"finds {found * 10:.0f} of 10 later likes in the first 50{rest}"


def _told(metrics: Mapping[str, object], name: str, text: str) -> str:
    value = _number(metrics, name)
    return "" if value is None else text.format(value)


def _number(metrics: Mapping[str, object], name: str) -> float | None:
    value = metrics.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
