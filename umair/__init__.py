"""umair: find, understand and recommend anime illustrations (UMAIR-FPS, arXiv:2402.10381)."""
