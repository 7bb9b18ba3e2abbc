"""Who is drawn (Character) and how they are seen (Figure). Colours are "#rrggbb"."""

from dataclasses import dataclass
from typing import Literal, get_args

Expression = Literal["smile", "happy", "joy", "calm", "sleepy", "wink", "surprise", "sad", "angry", "shy", "cool"]
Fringe = Literal["sweep", "mlock", "hime", "parted", "side", "spiky"]
Back = Literal["long", "xlong", "mid", "wavy", "curls", "bob", "short", "wolf", "twin", "pony", "braid", "bun"]
Side = Literal["none", "short", "mid", "long", "xlong", "hime"]
EyeType = Literal["round", "tsuri", "tare", "sharp", "almond"]  # tsuri: raised outer corner, tare: drooping
Pupil = Literal["round", "slit", "ring", "star", "heart", "none"]
Nose = Literal["point", "dot", "line", "bridge"]
Lips = Literal["plain", "tinted", "full"]
Mouth = Literal["plain", "cat", "fang", "small", "wide"]
Brows = Literal["soft", "straight", "thick", "short"]
OutfitName = Literal["sailor", "blazer", "hoodie", "kimono", "cyber", "cape", "coat", "dress"]
Accessory = Literal["headphones", "straw", "witch", "glasses", "flower", "hairpin", "catears", "bow", "mask"]
Pose = Literal["front", "profile", "back", "behind", "chibi", "full"]
Stance = Literal["stand", "walk", "leap", "cross"]
Prop = Literal["", "mug", "book", "lantern", "bouquet"]
Arms = Literal[
    "down",
    "joined",
    "folded",
    "raised",
    "wave",
    "peace",
    "chin",
    "cheeks",
    "reach",
    "hair",
    "up",
    "spread",
    "out",
    "hang",
]

EXPRESSIONS: tuple[Expression, ...] = get_args(Expression)
FRINGES: tuple[Fringe, ...] = get_args(Fringe)
BACKS: tuple[Back, ...] = get_args(Back)
SIDES: tuple[Side, ...] = get_args(Side)
EYE_TYPES: tuple[EyeType, ...] = get_args(EyeType)
OUTFIT_NAMES: tuple[OutfitName, ...] = get_args(OutfitName)
ACCESSORIES: tuple[Accessory, ...] = get_args(Accessory)
POSES: tuple[Pose, ...] = get_args(Pose)
PROPS: tuple[Prop, ...] = get_args(Prop)
ARMS: tuple[Arms, ...] = get_args(Arms)


@dataclass(frozen=True)
class Character:
    """An invented person: everything that stays the same from picture to picture."""

    name: str = ""

    # hair
    hair: str = "#4f68b8"  # at the roots
    hair2: str = ""  # at the tips; "" = a little lighter than the roots
    bangs: Fringe = "sweep"
    back: Back = "long"
    side: Side = "mid"
    ahoge: bool = False  # the lock that stands up
    side_w: float = 1.0  # width of the side locks
    hair_len: float | None = None  # lower end of the back hair in head heights; None = that of its type
    tail_len: float = 1.55  # length of twin tails, pony tail and plaits
    behind_len: float | None = None  # lower end of loose hair seen from behind; None = that of its type
    ribbon: str = "#d83a56"  # on twin tails, pony tail, braid
    ribbon_back: str = ""  # bow on the back of the head, seen from behind; "" = none

    # face
    skin: str = "#fde3d3"
    slim: float = 0.0  # 0 young woman .. 1 man: longer, narrower jaw, narrower eyes, wider neck
    cheek: float = 0.0  # -1 hollow .. 1 round
    jaw: float = 0.0  # -1 pointed .. 1 broad
    age: float = 0.0  # -1 child: larger, lower eyes, short chin .. 1 grown: smaller eyes, longer face
    nose: Nose = "point"
    mouth: Mouth = "plain"
    lips: Lips = "plain"
    blush: float = 0.9
    blush_lines: bool = True
    freckles: bool = False
    mole: Literal["", "eye", "mouth"] = ""
    hide_ear: bool = True

    # eyes
    eye: str = "#3f8fd8"
    eye2: str = ""  # the other eye, where the two differ
    eye_type: EyeType = "round"
    eye_open: float = 1.0
    eye_size: float = 1.0
    eye_hue: float = 0.06  # how far the light in the iris turns in hue
    slant: float = 0.04  # radians, outer corner up
    pupil: Pupil = "round"
    lash_w: float = 1.0
    lash: str = ""  # "" = dark of the hair
    brow_w: float = 1.0
    brow: Brows = "soft"

    # clothes
    outfit: OutfitName = "sailor"
    c1: str = "#f6f6fb"  # main cloth
    c2: str = "#2f447f"  # second cloth: collar, lapels, pattern, scarf
    c3: str = "#f4f6ff"  # trim: stripes, tie, obi, glowing lines
    acc: str = "#d83a4a"  # bow, jewel, flower, hat band
    accs: tuple[Accessory, ...] = ()
    acc_c: str = ""  # colour of headphones, hat, glasses; "" = each its own
    body: float = 0.95  # size of the body against the head
    bust: float = 0.6
    stripe: str = ""  # collar stripes of the sailor blouse; "" = c3
    tie: bool = True
    crest: bool = True
    logo: bool = True
    two_tone: bool = False  # hoodie sleeves in c2
    pattern: bool = True  # flowers on the kimono
    obi: bool = True
    eri: str = ""  # collar of the kimono; "" = c3
    juban: str = "#fbf6ee"  # under-collar of the kimono

    # chibi
    skirt: str = ""  # "" = c2
    sock: str = "#fbfaf8"
    shoe: str = "#5a3a34"


@dataclass(frozen=True)
class Figure:
    """One character in one picture. Positions are fractions of the picture, angles radians."""

    char: Character
    yaw: float = 1.0  # -1..1: 0 frontal, ±1 three-quarter; negative looks to the viewer's left (profile: its sign)
    expr: Expression = "smile"
    x: float = 0.5  # axis of the head
    y: float = 0.16  # crown of the skull
    scale: float = 0.46  # one head height
    roll: float = 0.0  # tilt of the head
    look: tuple[float, float] = (0.0, 0.0)  # where the irises go, in eye widths
    lean: float = 0.0  # tilt of the whole body
    pitch: float = 0.0  # -1 looks up .. 1 looks down
    camera: float = 0.0  # -1 from below .. 1 from above: the nearer end of the figure is larger
    turn: float | None = None  # turn of the body; None follows the head
    pose: Pose = "front"  # profile: the head from its side; back: over the shoulder; behind: no face; full: to the feet
    wind: float = 0.25  # positive blows to the viewer's right; beyond ±.5 long hair streams
    arms: Arms = "down"  # joined, folded, raised: sleeved outfits only; the other gestures: none in a cape
    stance: Stance = "stand"  # of the legs, where they are seen
    hold: Prop = ""  # held before the chest; ignored by outfits without sleeves to the wrist
    hold_col: str = "#e8e4da"
