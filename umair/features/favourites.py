"""The labels that a person had bookmarked most before each place of the log, for logs of any length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from umair.features.events import Events, users_at_once
from umair.features.fields import slot
from umair.features.schema import LABELS_EACH, PADDING, RECENT

CELLS = 1 << 22  # of the largest array that is worked on at a time


def interest_labels(events: Events, labels: Sequence[Sequence[str]], size: int) -> np.ndarray:
    """Slots before each place of the log: (E + U, 8) int32, the 4 most frequent ever and the 4 lately.

    labels: of each illustration. Among labels of one frequency the lower slot is first; padding where there are fewer.
    """
    own = _slots(labels, size)
    found = np.full((len(events) + len(events.users), 2 * LABELS_EACH), PADDING, np.int32)
    if not own.shape[1]:
        return found
    for low, high in users_at_once(events.start, max(CELLS // (RECENT * own.shape[1]), 1)):
        begin, end = int(events.start[low]), int(events.start[high])
        start, mine = events.start[low : high + 1] - begin, own[events.item[begin:end]]
        part = found[begin + low : end + high]
        part[:, :LABELS_EACH] = _ever(start, mine, size)
        part[:, LABELS_EACH:] = _lately(start, mine, size)
    return found


def _slots(labels: Sequence[Sequence[str]], size: int) -> np.ndarray:
    """(N, most labels of one) slots of each illustration, each once, padded behind."""
    known: dict[str, int] = {}
    each = [sorted({known.get(l) or known.setdefault(l, slot(l, size)) for l in own}) for own in labels]
    out = np.full((len(each), max(map(len, each), default=0)), PADDING, np.int32)
    lengths = np.fromiter(map(len, each), np.int64, len(each))
    out[np.arange(out.shape[1]) < lengths[:, None]] = [s for own in each for s in own]
    return out


def _ever(start: np.ndarray, slots: np.ndarray, size: int) -> np.ndarray:
    """(n + U, 4) most frequent in all the earlier of the n bookmarks; slots (n, L) of each, users at start (U + 1).

    A label moves up only when it is met, so the first four after a bookmark are among the first four before it and
    the bookmark's own. Every user's k-th bookmark is worked on at the same time.
    """
    users, each = len(start) - 1, np.diff(start)
    owner = np.repeat(np.arange(users), each)
    keys = _key(_met(owner, slots, size), slots, size)
    found = np.full((len(slots) + users, LABELS_EACH), PADDING, np.int32)
    order = np.argsort(-each, kind="stable")
    top = np.full((users, LABELS_EACH), -1, np.int64)
    for k in range(int(each.max(initial=0))):
        active = order[: int(np.searchsorted(-each[order], -k))]
        row = start[active] + k
        before = top[: len(active)]
        again = (_slot(before, size)[:, :, None] == slots[row][:, None, :]).any(2)
        first = np.concatenate([np.where(again, -1, before), keys[row]], axis=1)
        first.sort(axis=1)
        top[: len(active)] = first[:, -LABELS_EACH:]
        found[row + active + 1] = _slot(top[: len(active), ::-1], size)
    return found


def _lately(start: np.ndarray, slots: np.ndarray, size: int) -> np.ndarray:
    """(n + U, 4) most frequent in the last RECENT of the earlier bookmarks; as `_ever`."""
    users, each = len(start) - 1, np.diff(start) + 1
    owner = np.repeat(np.arange(users), each)
    end = np.arange(len(owner)) - owner  # of the window, a row of slots
    rows = end[:, None] - 1 - np.arange(RECENT)
    padded = np.append(slots, np.full((1, slots.shape[1]), PADDING, np.int32), axis=0)
    window = padded[np.where(rows >= start[owner][:, None], rows, len(slots))].reshape(len(owner), -1)
    window.sort(axis=1)
    place = np.arange(window.shape[1], dtype=np.int32)
    fresh = np.ones(window.shape, bool)
    fresh[:, 1:] = window[:, 1:] != window[:, :-1]
    count = place - np.maximum.accumulate(np.where(fresh, place, 0), axis=1) + 1
    last = np.ones(window.shape, bool)
    last[:, :-1] = fresh[:, 1:]
    keys = np.where(last, _key(count, window, size), -1)
    keys = np.pad(keys, ((0, 0), (LABELS_EACH, 0)), constant_values=-1)
    top = np.sort(np.partition(keys, -LABELS_EACH, axis=1)[:, -LABELS_EACH:], axis=1)
    return _slot(top[:, ::-1], size)


def _met(owner: np.ndarray, slots: np.ndarray, size: int) -> np.ndarray:
    """(n, L) how often a slot had been met by its user (n) up to and with this bookmark."""
    code = (owner[:, None] * size + slots)[slots >= 0]
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    fresh = np.ones(len(code), bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    place = np.arange(len(code))
    rank = place - np.maximum.accumulate(np.where(fresh, place, 0)) + 1
    met = np.zeros(slots.shape, np.int64)
    back = np.empty(len(code), np.int64)
    back[order] = rank
    met[slots >= 0] = back
    return met


def _key(count: np.ndarray, slots: np.ndarray, size: int) -> np.ndarray:
    """A number that is higher for a higher count, then for a lower slot; -1 for padding."""
    return np.where(slots >= 0, count.astype(np.int64) * size + (size - 1 - slots), -1)


def _slot(keys: np.ndarray, size: int) -> np.ndarray:
    return np.where(keys >= 0, size - 1 - keys % size, PADDING).astype(np.int32)
