"""Outfits by name."""

from umair.demo.figure.model import OutfitName
from umair.demo.figure.outfits.blazer import BLAZER
from umair.demo.figure.outfits.cape import CAPE
from umair.demo.figure.outfits.coat import COAT
from umair.demo.figure.outfits.cyber import CYBER
from umair.demo.figure.outfits.dress import DRESS
from umair.demo.figure.outfits.hoodie import HOODIE
from umair.demo.figure.outfits.kimono import KIMONO
from umair.demo.figure.outfits.outfit import Outfit
from umair.demo.figure.outfits.sailor import SAILOR

OUTFITS: dict[OutfitName, Outfit] = {
    "sailor": SAILOR,
    "blazer": BLAZER,
    "hoodie": HOODIE,
    "kimono": KIMONO,
    "cyber": CYBER,
    "cape": CAPE,
    "coat": COAT,
    "dress": DRESS,
}
