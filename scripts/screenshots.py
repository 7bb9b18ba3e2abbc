"""Pictures of every page into docs/screenshots: light, dark, and as wide as a phone (375 px).

`python scripts/screenshots.py [--library DIR] [--only find,maps]`; looks for sideways overflow and errors in the
browser's console on the way, and says what it found. Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from umair.ui.served import served  # noqa: E402 - the package is beside this folder

OUT = ROOT / "docs" / "screenshots"
MODES = {"light": (1440, 900, "light"), "dark": (1440, 900, "dark"), "phone": (375, 812, "light")}
# Streamlit asks for its own health below the page's address when a page is opened directly; harmless.
EXPECTED = "the server responded with a status of 404"
WAIT_MS = 180_000
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Shot:
    """A page by its address, and what to do there before the picture is taken."""

    name: str
    address: str
    act: Callable[[Page], None] = lambda page: None


def settled(page: Page) -> None:
    """Wait until the script has run, nothing is a skeleton, and the pictures in sight are painted."""
    page.wait_for_timeout(800)
    page.locator(IDLE).wait_for(timeout=WAIT_MS)
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached", timeout=WAIT_MS)
    page.wait_for_timeout(1200)
    page.locator(IDLE).wait_for(timeout=WAIT_MS)


def type_a_word(page: Page) -> None:
    field = page.get_by_placeholder("Search labels, characters, artists", exact=False)
    field.click()
    field.press_sequentially("sakrua", delay=60)
    page.get_by_role("option").first.wait_for(timeout=WAIT_MS)


def open_detail(page: Page) -> None:
    page.locator(".pic").nth(4).click()
    page.locator(".strip img.in").first.wait_for(timeout=WAIT_MS)


def steer(page: Page) -> None:
    start_from_sample(page)
    settled(page)
    page.get_by_role("button", name="Steer the style").click()
    page.get_by_text("softer edges").click()


def open_filters(page: Page) -> None:
    page.get_by_role("button", name="Filters").click()


def start_from_sample(page: Page) -> None:
    page.locator(".pic").first.click()
    page.locator("input[type=range]").wait_for(timeout=WAIT_MS)


def mix_two(page: Page) -> None:
    """Drag the last sample's neighbour into the slot for the second picture."""
    start_from_sample(page)
    settled(page)
    with page.expect_file_chooser() as chooser:
        page.locator(".slot:not(.full)").last.click()
    address = page.locator(".pic img").last.get_attribute("src") or ""
    content = page.request.get(page.url.split("/find")[0] + address.replace("thumb", "full")).body()
    chooser.value.set_files({"name": "second.webp", "mimeType": "image/webp", "buffer": content})
    page.locator(".swap").wait_for(timeout=WAIT_MS)


def pick_on_map(page: Page) -> None:
    canvas = page.locator("canvas").first
    box = canvas.bounding_box() or {"width": 400, "height": 400, "x": 0, "y": 0}
    steps = [(x / 10, y / 10) for x in (5, 4, 6, 3, 7) for y in (5, 4, 6, 3, 7)]
    for across, down in steps:
        canvas.click(position={"x": box["width"] * across, "y": box["height"] * down})
        page.wait_for_timeout(500)
        if "pick=" in page.url:
            page.mouse.move(4, 4)  # or the picture under the pointer would cover the map
            page.wait_for_timeout(6000)  # for all the small pictures of both maps
            return


def open_form(page: Page) -> None:
    page.get_by_role("button", name="Train anew").last.click()


def to_part(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("radio", name=name).click()

    return act


SHOTS = (
    Shot("browse", "/"),
    Shot("typed", "/", type_a_word),
    Shot("filters", "/", open_filters),
    Shot("detail", "/", open_detail),
    Shot("find_start", "/find"),
    Shot("find", "/find", start_from_sample),
    Shot("find_mix", "/find", mix_two),
    Shot("find_steered", "/find", steer),
    Shot("people", "/people"),
    Shot("maps", "/maps", pick_on_map),
    Shot("pairs", "/maps?view=Pairs"),
    Shot("quality", "/maps?view=How+good"),
    Shot("train", "/train"),
    Shot("train_form", "/train", open_form),
    Shot("library", "/library"),
    Shot("import", "/library", to_part("Import")),
    Shot("labels", "/library", to_part("Labels")),
    Shot("words", "/library", to_part("Words")),
    Shot("health", "/library", to_part("Health")),
)


def take(browser: Browser, url: str, shot: Shot, mode: str) -> list[str]:
    """One picture; what is wrong with the page is given back in words."""
    width, height, scheme = MODES[mode]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=2 if mode == "phone" else 1,
        has_touch=mode == "phone",
    )
    page, wrong = context.new_page(), []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED not in message.text:
            wrong.append(f"console: {message.text[:200]}")

    page.on("console", listen)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.set_default_timeout(WAIT_MS)
    page.goto(url + shot.address)
    page.locator("[data-testid=stMainBlockContainer]").wait_for()
    settled(page)
    shot.act(page)
    settled(page)
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if over > 0:
        wrong.append(f"{over} px wider than the window")
    if page.locator("[data-testid=stException]").count():
        wrong.append("a traceback is shown")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.save(OUT / f"{shot.name}_{mode}.webp", "WEBP", quality=84, method=6)
    context.close()
    return [f"{shot.name}_{mode}: {w}" for w in wrong]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, help="a library; the shipped demo if left out")
    parser.add_argument("--only", default="", help="names of pages, divided by commas")
    parser.add_argument("--modes", default=",".join(MODES))
    asked = parser.parse_args()
    wanted = [s for s in SHOTS if not asked.only or s.name in asked.only.split(",")]
    OUT.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with served(asked.library) as app, sync_playwright() as playwright:
        own = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        for shot in wanted:
            for mode in asked.modes.split(","):
                wrong += take(browser, app.url, shot, mode)
                print(f"{shot.name}_{mode}.webp", flush=True)
        browser.close()
    for line in wrong:
        print(f"WRONG  {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
