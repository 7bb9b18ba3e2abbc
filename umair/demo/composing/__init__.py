"""How pictures are composed: pose, crop, hour, clothes. Taste as tables."""
