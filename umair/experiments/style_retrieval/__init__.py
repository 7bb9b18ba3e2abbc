"""Does style find the same hand? All figures of the style vectors, as one command with a Markdown report.

`python -m umair.experiments.style_retrieval --help`. Sets: `galleries`, `splits`; what is asked of them: `protocols`;
what is compared: `vectors`, `histograms`, `networks`, `refits`; how it is counted: `scores`, `resampling`.
"""
