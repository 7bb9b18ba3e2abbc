"""The invented people of the demo library: six series, one file each."""
