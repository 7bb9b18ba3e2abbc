"""From pictures and words to vectors (paper 2.2-2.3)."""
