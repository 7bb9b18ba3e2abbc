"""What can go wrong, in words for the person: what was found, what was expected, what to do."""

from __future__ import annotations


class UmairError(Exception):
    """Any refusal or failure that we foresee; `str(error)` is shown to the person as it is."""


class LibraryError(UmairError):
    """A library cannot be opened, read or written: damaged, locked, newer than this software, row unknown."""


class ImageError(UmairError):
    """A picture cannot be decoded safely: truncated, not a picture, or larger than the limits."""


class ImportRefused(UmairError):
    """Nothing of an import could begin: the folder or table is absent, unreadable or lacks a needed column."""


class EncoderError(UmairError):
    """An encoder cannot be loaded or does not fit the pictures, the vectors or the request."""


class HubUnavailable(EncoderError):
    """A model has to come from a hub which cannot be reached from here."""


class RunError(UmairError):
    """A run folder is absent, damaged, or not in the state that the request needs."""


class TrainingError(UmairError):
    """A training cannot start or go on with these data and choices."""


class SearchError(UmairError):
    """A search has nothing to search with: no vectors, no query, unknown space."""
