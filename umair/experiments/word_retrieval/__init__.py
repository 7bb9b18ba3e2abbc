"""Does a text encoder find a thing's name in another language? Measured on things that no training has seen.

`python -m umair words measure --names DIR` (measure.py), `words together` (together.py) and `words perspectives`
(perspectives.py).
"""
