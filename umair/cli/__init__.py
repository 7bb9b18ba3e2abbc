"""The command line: `python -m umair …`."""
