"""UMAIR-FPS and its baselines (paper 2.4-2.5)."""
