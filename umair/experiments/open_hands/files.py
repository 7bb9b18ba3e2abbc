"""Pictures that lie in a repository as files: a part of the manifest says which, and whose hand each is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from umair.experiments.open_hands.clones import Clone
from umair.experiments.open_hands.found import Found, chosen
from umair.experiments.open_hands.manifest import Part, Source

FILES_A_HAND = 60  # more than are kept, since some are near empty or copies


def find_files(clone: Clone, source: Source) -> Iterator[Found]:
    """Files of every part, at most 60 a hand; the first part that matches a path takes it."""
    hands: dict[str, dict[str, tuple[Part, re.Match[str]]]] = defaultdict(dict)
    for path in clone.paths():
        found = next(((part, match) for part in source.parts if (match := part.match.search(path))), None)
        if found is not None and found[0].hand != "none":
            hands[_hand(source, *found)][path] = found
    for hand, files in hands.items():
        if hand.removeprefix(f"{source.name}/") in source.leave_out:
            continue
        for path, data in clone.read(chosen(files, hand, FILES_A_HAND)):
            part, match = files[path]
            license = _license(source, part, match)
            if license:
                yield Found(
                    path, hand, data, license, source.name, source.kind, content=_content(match), pixels=part.pixels,
                    tile=part.tile, plain=part.plain,
                )  # fmt: skip


def _hand(source: Source, part: Part, match: re.Match[str]) -> str:
    sub = [part.hand, match.groupdict().get("hand") or ""]
    return f"{source.name}/" + "-".join(re.sub(r"[^\w.]+", "-", name).strip("-").lower() for name in sub if name)


def _license(source: Source, part: Part, match: re.Match[str]) -> str | None:
    written = match.groupdict().get("license")
    return dict(source.licenses).get(written) if written else part.license or source.license


def _content(match: re.Match[str]) -> str | None:
    """Code points in lower-case hex joined by `-`, without the sign that asks for colour (fe0f)."""
    written = match.groupdict().get("content")
    if not written:
        return None
    points = [point.lower().removeprefix("u").removeprefix("+").lstrip("0") for point in re.split(r"[-_ ]", written)]
    return "-".join(point for point in points if point and point != "fe0f")
