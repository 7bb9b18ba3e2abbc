"""The demo library: drawn, labelled and lived in by invented people (development only)."""
