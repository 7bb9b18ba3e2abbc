"""Bringing collections in: folders, sidecars, tables."""
