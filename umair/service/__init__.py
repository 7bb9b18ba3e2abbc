"""Every question a screen, the command line or HTTP may ask, with typed answers."""
