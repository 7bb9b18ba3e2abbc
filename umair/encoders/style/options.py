"""What a style run may be told."""

from __future__ import annotations

from dataclasses import dataclass

FEW = 4  # pictures a hand needs to be trained


@dataclass(frozen=True)
class StyleTrainingOptions:
    """What to train on and how long."""

    library_hands: bool = True  # the library's own hands (or artists) with enough pictures
    pictures: tuple[str, ...] = ()  # Parquet tables of pictures to train on: image, hand, perhaps content
    judged_on: tuple[str, ...] = ()  # the same kind of tables, never trained: they measure and calibrate
    painters: int = 400  # made painters
    painter_pictures: int = 6
    filters: int = 200  # filter hands over the pictures above
    filter_pictures: int = 10
    steps: int = 1_200
    networks: int = 2  # with different seeds, side by side
    seed: int = 1
    held_out_share: float = 0.25  # of the library's hands: never trained, they measure and calibrate
    painters_held_out: int = 40
    network_steps: int = 0  # of the convolutional network beside the head; 0: none
    network_share: float = 0.3  # of the cosine; chosen of 0 to 0.5 on the artists of demo hands kept out
