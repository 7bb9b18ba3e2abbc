"""From (user, illustration, time) to what a model reads, with nothing in it that was not known before the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from umair.features.catalogue import Catalogue
from umair.features.decorrelate import Prepared
from umair.features.events import Events
from umair.features.favourites import interest_labels
from umair.features.fields import Known, item_slots, moving_slots, user_slots
from umair.features.history import RunningSums, Sums
from umair.features.metadata import Metadata
from umair.features.schema import LONG_TEXT, RECENT, SHORT_TEXT, Schema
from umair.features.sparse_sums import BookmarkVectors, SparseSums

Arrays = dict[str, np.ndarray]
IN_MEMORY = 512 << 20  # bytes of running sums that are kept at every place; larger ones at some, on disk


@dataclass(frozen=True)
class Block:
    """B rows as a model reads them, as numpy arrays.

    user_fields (B, Fu), item_fields (B, Fi) slots; items: modality -> (B, D); interests: name -> (B, D);
    facts (B, 1 + J): number of earlier bookmarks, then coherence a modality; label (B).
    """

    user_fields: np.ndarray
    item_fields: np.ndarray
    items: Arrays
    interests: Arrays
    facts: np.ndarray
    label: np.ndarray


class Inputs:
    """Everything that rows are looked up in. `columns` once per row and cheap to keep; `assemble` once per batch."""

    def __init__(
        self,
        schema: Schema,
        catalogue: Catalogue,
        events: Events,
        metadata: Metadata,
        prepared: Prepared,
        names: Mapping[str, str],
        folder: Path | None = None,
    ) -> None:
        """folder: where running sums go that are too large for memory."""
        self.schema, self.events, self.catalogue, self.metadata = schema, events, catalogue, metadata
        self.prepared = prepared
        self.known: Known | None = None
        self._whole = bool(schema.interests) and set(schema.interests) <= set(schema.modalities)  # as `umair` has them
        self._items = {m: self._item_vectors(m) for m in schema.vectors if m != "metadata"}
        self._sums = self._running_sums(folder)
        self._item_slots = item_slots(catalogue.frame, schema.item_fields)
        self._user_slots = user_slots(events.users, names, schema.user_fields)
        sizes = [f.size for f in schema.user_fields if f.table in ("user_label", "label")]
        labels = catalogue.frame["labels"].to_list()
        self._labels = interest_labels(events, labels, sizes[0]) if sizes else None

    def columns(self, user: np.ndarray, item: np.ndarray, at: np.ndarray, label: np.ndarray) -> Arrays:
        """What is worth keeping of rows (B): their place in the log, slots, and metadata at their time."""
        earlier = self.events.position(user, at)
        place = self.events.place(user, earlier)
        out: Arrays = {
            "item": item.astype(np.int32),
            "user": user.astype(np.int32),
            "place": place.astype(np.int64),
            "earlier": earlier.astype(np.int32),
            "label": label.astype(np.float32),
            "user_fields": self._users_at(user, place),
            "item_fields": self._items_at(item, at),
        }
        if "metadata" in self.schema.vectors:
            out["numbers"] = self.metadata.at(item, at) / np.float32(self.prepared.metadata_scale)
        return out

    def assemble(self, columns: Mapping[str, np.ndarray]) -> Block:
        """Look up the vectors of rows."""
        item, user, earlier = columns["item"], columns["user"], columns["earlier"].astype(np.int64)
        items = {m: columns["numbers"] if m == "metadata" else self._items[m][item] for m in self.schema.vectors}
        totals = self._sums.before(user, earlier)
        return Block(
            user_fields=self._met(columns["user_fields"], True),
            item_fields=self._met(columns["item_fields"], False),
            items=items,
            interests=self._interests(totals, user, earlier),
            facts=self._facts(totals, user, earlier),
            label=columns["label"],
        )

    def rows(self, user: np.ndarray, item: np.ndarray, at: np.ndarray) -> Block:
        """Rows (B) in one go, labels zero."""
        return self.assemble(self.columns(user, item, at, np.zeros(len(item), np.float32)))

    def _met(self, slots: np.ndarray, user_side: bool) -> np.ndarray:
        fields = self.schema.user_fields if user_side else self.schema.item_fields
        return slots if self.known is None else self.known.apply(fields, slots)

    def _item_vectors(self, modality: str) -> np.ndarray:
        return self.prepared.items[modality] if self._whole else self.catalogue.vectors[modality]

    def _running_sums(self, folder: Path | None) -> Sums:
        names = self.prepared.widths if self._whole else {m: x.shape[1] for m, x in self._long_text().items()}
        places = len(self.events) + len(self.events.users)
        if 4 * places * sum(names.values()) <= IN_MEMORY:
            return RunningSums.of(self.events, self._event_vectors())
        return SparseSums.of(self.events, self._bookmark_vectors(), folder)

    def _long_text(self) -> Arrays:
        """(N, D) of the catalogue's words, by the name of the interest that is made of them; nothing if none is."""
        return {LONG_TEXT: self.catalogue.vectors["label_text"]} if LONG_TEXT in self.schema.interests else {}

    def _event_vectors(self) -> Arrays:
        """name -> (E, D) of each bookmark."""
        if not self._whole:
            return {m: x[self.events.item] for m, x in self._long_text().items()}
        items = {m: x[self.events.item] for m, x in self.prepared.items.items() if m != "metadata"}
        if "metadata" in self.prepared.items:  # as the illustration was when it was bookmarked
            items["metadata"] = self._numbers(0, len(self.events))
        return self.prepared.interests({m: items[m] for m in self.prepared.items})

    def _bookmark_vectors(self) -> BookmarkVectors:
        """The same as a table by illustration and the metadata of each bookmark's time."""
        if not self._whole:
            table = self._long_text()
            return BookmarkVectors(table, {m: np.zeros((0, own.shape[1]), np.float32) for m, own in table.items()})
        still = {m: np.zeros_like(x) if m == "metadata" else x for m, x in self.prepared.items.items()}
        table, loads = self.prepared.interests(still), self.prepared.loads("metadata")
        return BookmarkVectors(table, loads, self._numbers if "metadata" in still else None)

    def _numbers(self, first: int, last: int) -> np.ndarray:
        """(last - first, M) metadata of the bookmarks first..last at their times, scaled as prepared."""
        own = slice(first, last)
        return self.metadata.at(self.events.item[own], self.events.at[own]) / np.float32(self.prepared.metadata_scale)

    def _interests(self, totals: Arrays, user: np.ndarray, earlier: np.ndarray) -> Arrays:
        if self._whole:
            return {m: totals[m] for m in self.schema.interests}
        if LONG_TEXT not in self.schema.interests:
            return {}
        n = np.maximum(earlier, 1)[:, None].astype(np.float32)
        lately = self._sums.latest(LONG_TEXT, user.astype(np.int64), earlier, RECENT)
        return {LONG_TEXT: totals[LONG_TEXT] / n, SHORT_TEXT: lately / np.minimum(n, RECENT)}

    def _facts(self, totals: Arrays, user: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        count = earlier[:, None].astype(np.float32)
        if not self._whole:
            return count
        return np.concatenate([count, self._sums.coherence(totals, user, earlier, self.prepared.spreads)], axis=1)

    def _users_at(self, user: np.ndarray, place: np.ndarray) -> np.ndarray:
        out = self._user_slots[user].copy()
        if self._labels is not None:
            out[:, 2:] = self._labels[place]
        return out

    def _items_at(self, item: np.ndarray, at: np.ndarray) -> np.ndarray:
        out = self._item_slots[item].copy()
        if self.schema.item_fields:
            views, bookmarks = self.metadata.counts(item, at)
            for k, field in enumerate(self.schema.item_fields):
                moved = moving_slots(views, bookmarks, field)
                if moved is not None:
                    out[:, k] = moved
        return out
