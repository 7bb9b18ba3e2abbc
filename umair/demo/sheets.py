"""Contact sheets of the demo: `python -m umair.demo.sheets [hands characters artists]` writes them to docs/demo."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from umair.demo.artists import EACH, SEEDS
from umair.demo.cast.registry import MEMBERS, SERIES
from umair.demo.composing.extent import above
from umair.demo.content import Place, Scene
from umair.demo.figure.model import Expression, Figure
from umair.demo.hands.model import KINDS, Hand
from umair.demo.hands.registry import finish, hand, paint
from umair.demo.scene import passes
from umair.demo.setting.registry import times

Pixels: TypeAlias = NDArray[np.uint8]  # (height, width, 3)
FOLDER = Path(__file__).parents[2] / "docs" / "demo"
DRAWN = 640  # pixels a side before reduction: never drawn smaller
LIMIT = 600_000  # bytes a sheet
QUALITIES = (92, 88, 84, 80, 75, 70, 64, 58, 50, 42, 34)

FACES: dict[str, Expression] = {"bright": "happy", "gentle": "smile", "cool": "cool", "stern": "calm"}


def hands_sheet(size: int = 200) -> Pixels:
    """A row a scene, a column a hand."""
    return _tiled([_painted(s, hand(k, SEEDS[k][0]), size) for s in _hand_scenes() for k in KINDS], len(KINDS), 4)


def characters_sheet(size: int = 200) -> Pixels:
    """Everyone, series by series, at home, in cel; nine a row."""
    return _tiled(
        [_painted(_portrait(key, n), hand("cel", SEEDS["cel"][0]), size) for n, key in enumerate(MEMBERS)], 9, 4
    )


def artists_sheet(size: int = 180) -> Pixels:
    """One scene by every artist of the demo, two hands a row."""
    scene = _hand_scenes()[0]
    return _tiled([_painted(scene, hand(k, seed), size) for k in KINDS for seed in SEEDS[k]], 2 * EACH, 4)


def save_sheet(sheet: Pixels, path: Path) -> int:
    """Write as WebP in the best quality that stays under `LIMIT`; the bytes written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in QUALITIES:
        out = io.BytesIO()
        Image.fromarray(sheet).save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LIMIT:
            break
    path.write_bytes(out.getvalue())
    return out.tell()


def _tiled(pictures: Sequence[Pixels], columns: int, gap: int) -> Pixels:
    """Square pictures of one size in rows, on paper white."""
    h, w = pictures[0].shape[:2]
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * (h + gap) + gap, columns * (w + gap) + gap, 3), 250, np.uint8)
    for i, picture in enumerate(pictures):
        y, x = gap + i // columns * (h + gap), gap + i % columns * (w + gap)
        sheet[y : y + h, x : x + w] = picture
    return sheet


def _painted(scene: Scene, artist: Hand, size: int) -> Pixels:
    picture = paint(passes(scene, DRAWN, artist.line_weight, artist.habits), artist)
    if artist.kind == "pixel":  # drawn pixels become whole squares first: skipped rows would break its outlines
        whole = finish(picture, artist, picture.shape[0] * -(-size // picture.shape[0]))
        picture = np.asarray(cv2.resize(whole, (size, size), interpolation=cv2.INTER_AREA), np.float32)
    else:
        picture = finish(picture, artist, size)
    return (picture * 255 + 0.5).astype(np.uint8)


def _portrait(key: str, n: int) -> Scene:
    """Someone at home; to the left and to the right by turns, everyone's light on the side they look to."""
    member, way = MEMBERS[key], -1 if n % 2 else 1
    scale = 0.46 if above(member.character) < 0.5 else 0.40
    figure = Figure(
        member.character,
        yaw=way * 0.8,
        expr=FACES[member.temper],
        x=0.5 - 0.02 * way,
        y=max(0.13, above(member.character) * scale + 0.03),
        scale=scale,
        roll=0.05 * way,
        lean=-0.03 * way,
    )
    setting = SERIES[member.series].home[0 if n % 3 else 1]
    return Scene(f"portrait-{key}", Place(setting, times(setting)[0]), (figure,), way, seed=100 + n)


def _hand_scenes() -> Sequence[Scene]:
    """Five scenes that show what hands do with hair, dusk, foliage, indoors and a wide view."""
    mio, chidori, ysolde, suzu, yuki = (MEMBERS[k].character for k in ("mio", "chidori", "ysolde", "suzu", "yuki"))
    bust = Figure(mio, yaw=-1, y=0.13, scale=0.50, roll=-0.07, lean=0.05, pitch=-0.4)
    calm = Figure(chidori, yaw=0.75, expr="calm", y=0.20, scale=0.45, roll=0.08, lean=-0.04, pitch=0.4)
    hat = Figure(ysolde, yaw=1, x=0.48, y=0.36, scale=0.40, roll=-0.08, lean=-0.04)
    mug = Figure(suzu, yaw=0.6, expr="happy", y=0.11, scale=0.385, roll=-0.08, hold="mug", hold_col="#8ab0c8")
    away = Figure(yuki, yaw=-0.1, x=0.62, y=0.42, scale=0.27, pose="behind", wind=0.45)
    return (
        Scene("hands-bust", Place("rooftop"), (bust,), -1, 3),
        Scene("hands-dusk", Place("shrine", "dusk"), (calm,), -1, 5, "petals"),
        Scene("hands-leaves", Place("forest"), (hat,), 1, 9, "leaves"),
        Scene("hands-indoors", Place("cafe"), (mug,), -1, 43),
        Scene("hands-behind", Place("sea", "night"), (away,), -1, 53),
    )


def main(which: Sequence[str]) -> None:
    """Write the sheets named; all of them when none is."""
    sheets = {"hands": hands_sheet, "characters": characters_sheet, "artists": artists_sheet}
    for name in which or sheets:
        size = save_sheet(sheets[name](), FOLDER / f"{name}.webp")
        print(f"docs/demo/{name}.webp {size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
