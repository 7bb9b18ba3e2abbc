"""A library on disk: pictures, tables, log, runs."""
