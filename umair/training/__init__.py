"""Fitting a model, measuring it, keeping a run."""
