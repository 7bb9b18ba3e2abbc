"""An empty room, for sheets of faces."""

from umair.demo.canvas.curves import ellipse
from umair.demo.content import Time
from umair.demo.setting.backdrop import WHITE, Backdrop, Ground
from umair.demo.setting.hours import Hour, Shine, Sky

HOURS: dict[Time, Hour] = {
    "day": Hour(Sky(("#f4d8dc", "#cfd8f0"), (0, 1)), Shine("#ffffff", "#f4ecf4", "#b4a4d8", 0.04, rim="#ffffff"))
}


def draw(ground: Backdrop, time: Time) -> Ground:
    """Two colours and a few pale disks."""
    ground.wash(ground.hour.sky.cols, ground.hour.sky.at)
    for _ in range(12):
        x, y, r = ground.rng.random(), ground.rng.random(), ground.rng.uniform(0.02, 0.10)
        ground.area(ellipse(x, y, r, r), WHITE, 0.22, erase=False)
    return ground.ground(dof=0.0, horizon=0.6)
