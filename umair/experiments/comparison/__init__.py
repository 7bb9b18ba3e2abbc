"""Rankers beside each other under one protocol: trials that are kept, intervals over users and seeds, tables."""
