"""`python -m umair …`: the command line."""

from umair.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
