"""Where pictures play: ten settings, one file each, and what they share."""
