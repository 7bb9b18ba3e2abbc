"""Clothes, one outfit a file; wardrobe.py names them."""
