"""The learnt style vector: measured statistics, a small head, CSLS, calibration."""
