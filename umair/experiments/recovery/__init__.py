"""Planted taste found again in many worlds: invented ones, and other people before the demo's pictures."""
