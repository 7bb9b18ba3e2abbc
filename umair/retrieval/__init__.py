"""Search, recommendation and maps over vectors."""
