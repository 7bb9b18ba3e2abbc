"""The sections of the report: which gallery, which vectors, which protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from umair.encoders.style.encoder import StyleEncoder
from umair.encoders.style.hand_table import HandTable
from umair.encoders.style.head import StyleHead
from umair.errors import HubUnavailable
from umair.experiments.style_data import MERGED, write_tables
from umair.experiments.style_retrieval import galleries, leaks
from umair.experiments.style_retrieval.ablation import Ablation, Judged, ablation_table
from umair.experiments.style_retrieval.galleries import Gallery
from umair.experiments.style_retrieval.hands import hand_rows, hands_table
from umair.experiments.style_retrieval.kept import Kept
from umair.experiments.style_retrieval.measure import Measured, measure, measure_folds
from umair.experiments.style_retrieval.neighbours import Trial, settings_table
from umair.experiments.style_retrieval.networks import hub_network, shipped_network
from umair.experiments.style_retrieval.protocols import (
    Protocol,
    across_contents,
    content_across_hands,
    merged_hands,
    of_fold,
    same_hand,
    within_kind,
)
from umair.experiments.style_retrieval.refits import DRAWINGS, FitOptions, Workshop, without_emoji, without_hands
from umair.experiments.style_retrieval.resampling import RESAMPLES
from umair.experiments.style_retrieval.splits import EMOJI_SPLITS, FOLDS, folds_of
from umair.experiments.style_retrieval.tables import Summary, measured_table
from umair.experiments.style_retrieval.vectors import (
    Readings,
    Vector,
    beside_network,
    head_vector,
    plain_vectors,
    semantic_vector,
    whole_encoder,
)

LEARNT, REFITTED = "learnt", "learnt, refitted"


@dataclass(frozen=True)
class Asked:
    """Where things are and how much is done. data: the development data, None for the library's part alone."""

    library: Path
    data: Path | None
    pictures: tuple[Path, ...]
    cache: Path
    weights: str = "shipped"
    hub: str = ""
    fit: FitOptions = field(default_factory=FitOptions)
    seeds: tuple[int, ...] = (1, 2, 3)
    painters: tuple[int, int] = (40, 8)  # made hands that choose k, and pictures of each
    resamples: int = RESAMPLES


class Evaluation:
    """Every section as Markdown; what sections share is read once."""

    def __init__(self, asked: Asked, note: Callable[[str], None]) -> None:
        self.asked = asked
        self.encoder = StyleEncoder.load(asked.weights)
        self._note = note
        self._readings = Readings(Kept(asked.cache))
        self.summary: list[Summary] = []

    def sections(self) -> dict[str, Callable[[], Iterator[str]]]:
        """By the name that a person asks for; those that need the development data only if there is one."""
        found: dict[str, Callable[[], Iterator[str]]] = {"library": self.library}
        if self.asked.data is not None:
            found |= {
                "emoji": self.emoji,
                "drawings": self.drawings,
                "avatars": self.avatars,
                "folds": self.folds,
            }
        return found | {"leaks": self.leaks, "k": self.neighbours}

    def library(self) -> Iterator[str]:
        shown = self._library
        asked = [same_hand(shown), across_contents(shown), content_across_hands(shown)]
        known = any(shown.contents)
        vectors = [*self._plain, self._learnt]
        found = measure(shown, vectors, asked if known else asked[:1], self.asked.resamples)
        yield f"## {shown.name}\n\nOnly hands that no training saw ask; all {len(shown.hand):,} pictures answer."
        yield from self._tables(shown.name, found[:2], LEARNT)
        yield from map(measured_table, found[2:])
        yield self._hands(shown, asked[1 if known else 0], self._learnt, found[1 if known else 0])
        yield "### Each artist a hand\n\nEvery hand of the demo is held by several artists with habits of their own."
        artists = galleries.library_artists(self.asked.library)
        own = across_contents(artists) if known else same_hand(artists)
        yield from self._tables(artists.name, measure(artists, vectors, [own], self.asked.resamples), LEARNT)

    def emoji(self) -> Iterator[str]:
        yield (
            "## Emoji: sets as hands\n\nTested contents are one half by hash; a query's own content is left out. "
            f"“{LEARNT}” has seen the sets; “{REFITTED}” was fitted without the six tested ones and without tested "
            "contents. Splits 0 and 1 keep families of sets together, split 2 does not."
        )
        for split in EMOJI_SPLITS:
            gallery = self._split(split)
            asked = [across_contents(gallery), content_across_hands(gallery)]
            refitted = self._refitted_emoji(split)
            found = measure(gallery, [*self._plain, self._learnt, refitted], asked, self.asked.resamples)
            yield f"### Split {split}: {', '.join(gallery.asked_hands)}"
            yield from self._tables(gallery.name, found[:1], REFITTED)
            yield measured_table(found[1])
            yield self._hands(gallery, asked[0], refitted, found[0])

    def drawings(self) -> Iterator[str]:
        gallery = self._drawings
        asked = [same_hand(gallery), within_kind(gallery), merged_hands(gallery)]
        found = measure(gallery, [*self._plain, self._learnt], asked, self.asked.resamples)
        yield "## Drawings: 19 hands, none of them trained (protocol “zero”)"
        yield from self._tables(gallery.name, found, LEARNT)
        yield self._hands(gallery, asked[0], self._learnt, found[0])

    def avatars(self) -> Iterator[str]:
        gallery = galleries.avatar_drawings(self._data)
        head = self._workshop.head(without_hands(self._workshop.sources(), gallery.asked_hands))
        vectors = [*self._plain, self._learnt, head_vector(self._readings, head, REFITTED)]
        yield (
            "## Avatars: 16 hands, apart\n\nComposed from an artist's parts, so one hand looks easy. "
            f"“{LEARNT}” has seen most of them, “{REFITTED}” none."
        )
        found = measure(gallery, vectors, [same_hand(gallery)], self.asked.resamples)
        yield from self._tables(gallery.name, found, REFITTED)

    def folds(self) -> Iterator[str]:
        gallery = self._drawings
        fold = folds_of(gallery.hand.tolist())
        merged = [MERGED.get(hand, hand) for hand in gallery.hand.tolist()]
        whole = HandTable(self._readings.statistics(gallery), np.array(merged), ((),) * len(merged))
        sources = without_hands(self._workshop.sources(), gallery.asked_hands)
        heads = [self._workshop.head(sources | {DRAWINGS: whole.where(fold != n)}) for n in FOLDS]
        each = [[*self._plain, *self._refitted(head)] for head in heads]
        asked = [same_hand(gallery), within_kind(gallery), merged_hands(gallery)]
        strict = [of_fold(same_hand(gallery), gallery, n, strict=True) for n in FOLDS]
        tables = [[of_fold(one, gallery, n) for n in FOLDS] for one in asked] + [strict]
        tables[-1] = [replace(p, name="same hand, strict: both pictures of the fold") for p in strict]
        yield ("## Drawings, folds of artists\n\nA fold's artists are kept out whole; drawings of the others train.")
        found = measure_folds(gallery, lambda n: each[n], tables, self.asked.resamples)
        yield from self._tables("drawings, folds", found, each[0][-1].name)

    def leaks(self) -> Iterator[str]:
        yield (
            "## Leaks\n\nBalanced accuracy of a linear probe: content told to hands it never saw, hands told from "
            "contents it never saw. Style should not know the first, the semantic vector not the second."
        )
        vectors = [self._plain[0], self._semantic, self._learnt]
        shown = [self._library] if any(self._library.contents) else []
        shown += [self._emoji] if self.asked.data is not None else []
        for gallery in shown:
            some = leaks.probed(gallery)
            yield f"**{gallery.name}**, {len(some.hand):,} pictures of {len(set(some.contents))} contents\n\n" + (
                leaks.leaks_table(leaks.leaks(some, vectors))
            )
            yield leaks.neighbours_table(gallery, vectors)

    def neighbours(self) -> Iterator[str]:
        shown, made = self._library, galleries.painters(*self.asked.painters)
        trials = [
            Trial("painters", made, same_hand(made), self._learnt, True),
            Trial(shown.name, shown, across_contents(shown), self._learnt, True),
        ]
        if self.asked.data is not None:
            drawn = self._drawings
            trials.append(Trial("drawings", drawn, same_hand(drawn), self._learnt, False))
            for split in EMOJI_SPLITS:
                own, refitted = self._split(split), self._refitted_emoji(split)
                trials.append(Trial(own.name, own, across_contents(own), refitted, False))
        yield "## k of CSLS, and neighbour averaging"
        yield settings_table(trials)

    def ablation(self) -> Iterator[str]:
        """Needs the development data."""
        untested = without_hands(self._workshop.sources(), self._drawings.asked_hands)
        base = without_emoji(untested, EMOJI_SPLITS[0])
        tests = [
            Judged("drawings", self._drawings, same_hand(self._drawings)),
            Judged("emoji 0", self._split(0), across_contents(self._split(0))),
            Judged("library", self._library, across_contents(self._library)),
        ]
        own = Ablation(self._workshop, self._readings, base, tests, self.asked.seeds)
        yield (
            f"## Ablation\n\nBy CSLS; seeds {', '.join(map(str, self.asked.seeds))}: mean [least most]. The base is "
            "every source without the six sets of emoji split 0 and without tested contents."
        )
        for title, outcomes in (
            ("Sources of hands left out", own.sources),
            ("Parts alone and left out", own.parts),
            ("Families of statistics left out of the stack, no learning", own.families_unlearnt),
            ("Families of statistics left out, learnt", own.families),
        ):
            yield f"**{title}**\n\n{ablation_table(list(outcomes()), tests)}"
        seen = Ablation(self._workshop, self._readings, base, [tests[0], tests[2]], self.asked.seeds)
        parts = ablation_table(list(seen.encoder_parts(self.encoder)), seen.tests)
        yield f"**Parts of the encoder as it is used ({self.asked.weights}), alone and left out**\n\n{parts}"

    def _tables(self, set_name: str, found: Sequence[Measured], vector: str) -> Iterator[str]:
        """Each table, and a line of the summary for it."""
        for one in found:
            self.summary.append(Summary(set_name, one, vector))
            yield measured_table(one)

    def _hands(self, gallery: Gallery, protocol: Protocol, vector: Vector, found: Measured) -> str:
        return f"Hand by hand, {vector.name}, CSLS:\n\n" + hands_table(hand_rows(gallery, protocol, vector, found))

    def _refitted(self, head: StyleHead) -> list[Vector]:
        """A head alone and, if the encoder has a network, beside that: no network has seen any of the drawings."""
        found = [head_vector(self._readings, head, REFITTED)]
        if self.encoder.network is not None:
            found.append(beside_network(self._readings, head, self.encoder, f"{REFITTED}, with the network"))
        return found

    def _refitted_emoji(self, split: int) -> Vector:
        head = self._workshop.head(without_emoji(self._workshop.sources(), EMOJI_SPLITS[split]))
        return head_vector(self._readings, head, REFITTED)

    def _split(self, split: int) -> Gallery:
        return galleries.emoji_split(self._emoji, split)

    @cached_property
    def hub_note(self) -> str:
        """Why no hub model is in the tables, or nothing."""
        if not self.asked.hub:
            return "No hub model was measured (name one with --hub)."
        try:
            hub_network(self.asked.hub)
        except HubUnavailable as error:
            return f"Hub model not measured: {error}"
        return ""

    @cached_property
    def _plain(self) -> Sequence[Vector]:
        found = plain_vectors(self._readings)
        if not self.hub_note:
            found.append(semantic_vector(self._readings, hub_network(self.asked.hub), self.asked.hub))
        return found

    @cached_property
    def _semantic(self) -> Vector:
        return semantic_vector(self._readings, shipped_network(), "semantic")

    @cached_property
    def _learnt(self) -> Vector:
        return whole_encoder(self._readings, self.encoder, LEARNT)

    @cached_property
    def _workshop(self) -> Workshop:
        tables = self.asked.pictures
        if not tables and self.asked.data is not None:
            tables = tuple(write_tables(self.asked.data, self.asked.cache / "tables")[:2])
        return Workshop(Kept(self.asked.cache), self.asked.library, tables, self.asked.fit, self._note)

    @property
    def _data(self) -> Path:
        assert self.asked.data is not None, "sections() offers no section that needs it"
        return self.asked.data

    @cached_property
    def _library(self) -> Gallery:
        return galleries.library(self.asked.library)

    @cached_property
    def _drawings(self) -> Gallery:
        return galleries.drawings(self._data)

    @cached_property
    def _emoji(self) -> Gallery:
        return galleries.emoji(self._data)
