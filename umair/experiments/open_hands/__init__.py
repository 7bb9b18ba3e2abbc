"""Pictures by many people, gathered from public repositories under free licences, to learn style from.

`python -m umair.experiments.open_hands CLONES OUT` reads the repositories that `manifest.toml` names, renders at most
thirty pictures a hand, and writes one table. No picture is part of this project; the licences are in the table.
"""
