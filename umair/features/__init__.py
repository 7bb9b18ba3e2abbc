"""From the log and the vectors to typed rows known before the row's time (paper 2.1)."""
