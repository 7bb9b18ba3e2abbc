"""One file a result of the paper, each a command."""
