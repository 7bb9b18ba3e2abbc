"""The whole journey in headless Chromium: browse, upload, slider, a person, the maps, a training, and using it."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from umair.encoders.encode import encode_library
from umair.encoders.vectors import read_vectors
from umair.library.runs import list_runs
from umair.library.store import Library
from umair.retrieval.map import store_layout
from umair.settings import assets
from umair.ui.served import served

playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (requirements-dev.txt)")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (scripts/browser installs it)"),
    pytest.mark.skipif(not (assets() / "models" / "style").is_dir(), reason="no shipped encoders in assets/models"),
]
WAIT_MS = 60_000
HARMLESS = "the server responded with a status of 404"  # Streamlit probes its health below a page's own address
Page = playwright_api.Page


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: object) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})  # type: ignore[attr-defined]
    page.set_default_timeout(WAIT_MS)
    playwright_api.expect.set_options(timeout=WAIT_MS)
    yield page
    page.close()


@pytest.fixture(scope="module")
def encoded(_small_library_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small library with vectors by the shipped encoders and its two maps."""
    copy = tmp_path_factory.mktemp("journey") / "small"
    shutil.copytree(_small_library_once, copy)
    library = Library.open(copy)
    encode_library(library, None)
    for space in ("style", "semantic"):
        store_layout(library.path, space, read_vectors(library, space))
    return library


def idle(page: Page) -> None:
    """Wait until the page's script has run."""
    page.wait_for_timeout(300)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def go(page: Page, name: str) -> None:
    page.get_by_test_id("stTopNavLinkContainer").get_by_text(name, exact=True).click()
    page.wait_for_url(re.compile(f"/{name.lower()}"))
    idle(page)


def order(page: Page) -> list[str]:
    """Addresses of the pictures of the results, as they stand on the screen."""
    tiles = page.locator(".st-key-hits .tile").all()
    places = [(tile.get_attribute("aria-posinset"), tile.locator("img").get_attribute("src")) for tile in tiles]
    return [src or "" for _, src in sorted(places, key=lambda p: int(p[0] or 0))]


def test_the_whole_journey(page: Page, encoded: Library, small_picture: Callable[[int], Image.Image]) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" and HARMLESS not in m.text else None)
    with served(encoded.path) as app:
        browse(page, app.url)
        like_from_detail(page, encoded)
        find_by_upload(page, small_picture(31))
        open_a_person(page)
        pick_on_the_map(page)
        train_and_use(page, encoded)
        health(page)
        assert wrong == []
        assert page.get_by_test_id("stException").count() == 0


def browse(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".pic img.in").first.wait_for()
    assert page.locator(".tile").first.get_attribute("aria-setsize") == "24"
    search = page.get_by_label("Search", exact=True).first
    search.fill("mountain")
    search.press("Enter")
    page.wait_for_url(re.compile("q=mountain"))
    search.press("Escape")  # closes the list of suggestions
    page.keyboard.press("Escape")
    idle(page)
    found = int(page.locator(".tile").first.get_attribute("aria-setsize") or 0)
    assert 8 <= found < 24


def like_from_detail(page: Page, library: Library) -> None:
    page.locator(".pic").first.click()
    page.locator(".strip img.in").first.wait_for()
    assert page.locator(".strip").count() == 2 and page.locator(".strip button").count() == 12
    shown = re.search("picture=(p[0-9]+)", page.url)
    assert shown is not None
    page.keyboard.press("l")
    page.get_by_role("button", name="Liked").wait_for()
    page.keyboard.press("Escape")
    page.locator(".strip").first.wait_for(state="detached")
    assert shown.group(1) in json.loads((library.path / "you.json").read_text())["likes"]


def find_by_upload(page: Page, picture: Image.Image) -> None:
    go(page, "Find")
    content = io.BytesIO()
    picture.save(content, "PNG")
    with page.expect_file_chooser() as chooser:
        page.locator(".slot:not(.full)").first.click()
    chooser.value.set_files({"name": "mine.png", "mimeType": "image/png", "buffer": content.getvalue()})
    page.locator(".st-key-hits .pic img.in").first.wait_for()
    before = order(page)
    page.locator("input[type=range]").fill("100")
    page.wait_for_url(re.compile(r"mix=1\.00"))
    idle(page)
    page.wait_for_timeout(800)
    assert len(before) >= 12 and order(page) != before
    with page.expect_file_chooser() as chooser:
        page.locator(".slot:not(.full)").first.click()
    chooser.value.set_files({"name": "broken.png", "mimeType": "image/png", "buffer": b"no picture"})
    page.get_by_test_id("stAlert").first.wait_for()


def open_a_person(page: Page) -> None:
    go(page, "People")
    page.locator(".st-key-headline h1").wait_for()
    page.locator(".st-key-recommended .pic img.in").first.wait_for()
    assert "person=" in page.url
    badge = page.locator(".st-key-recommended .badge").first.text_content() or ""
    assert re.fullmatch(r"\d+%", badge)
    assert page.locator(".st-key-recommended .bars").first.locator("span").count() == 4


def pick_on_the_map(page: Page) -> None:
    go(page, "Maps")
    canvas = page.locator("canvas").first
    canvas.wait_for()
    canvas.focus()
    canvas.press("ArrowRight")
    page.wait_for_url(re.compile("pick=p[0-9]+"))
    page.locator(".st-key-near_style .pic").first.wait_for()
    page.locator(".st-key-near_content .pic").nth(3).wait_for()


def train_and_use(page: Page, library: Library) -> None:
    go(page, "Train")
    card = page.locator(".st-key-card_ranker")
    card.get_by_role("button", name="Train anew").click()
    page.get_by_role("dialog").get_by_role("button", name="Start").click()
    page.wait_for_function(
        "() => document.querySelector('.st-key-run_actions') "
        "&& !document.querySelector('[class*=\"st-key-running_\"]')",
        timeout=2 * WAIT_MS,
    )
    idle(page)
    run = list_runs(library.path, "ranker")[0]
    assert run.state().state == "done", run.state().error
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 20, table["y"] + 52)  # the box before the first row, which is drawn on a canvas
    idle(page)
    page.get_by_role("button", name="Use this one").click()
    page.get_by_test_id("stAlert").first.wait_for()
    assert library.info.active.get("ranker") == run.id


def health(page: Page) -> None:
    go(page, "Library")
    page.get_by_role("radio", name="Health").click()
    page.get_by_text("Is everything in its place?").wait_for()


def test_an_empty_library_says_how_to_fill_it(page: Page, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = Library.create(tmp_path_factory.mktemp("empty") / "library", name="<b>Empty</b> *library*")
    with served(empty.path) as app:
        for name in ("", "find", "people", "maps", "train"):
            page.goto(f"{app.url}/{name}")
            page.get_by_text("This library is empty").wait_for()
            assert page.locator("b", has_text="Empty").count() == 0
        page.get_by_text("<b>Empty</b> *library*").first.wait_for()
        page.get_by_role("button", name="Import a folder").click()
        page.get_by_label("Folder on this machine").wait_for()


def test_a_phone_never_scrolls_sideways(chromium: object, encoded: Library) -> None:
    with served(encoded.path) as app:
        for width in (320, 375):
            page = chromium.new_page(viewport={"width": width, "height": 700})  # type: ignore[attr-defined]
            page.set_default_timeout(WAIT_MS)
            for name in ("", "find", "people", "maps", "train", "library"):
                page.goto(f"{app.url}/{name}")
                page.locator(".st-key-tabbar a").first.wait_for()
                idle(page)
                over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert over <= 0, f"/{name} is {over} px too wide at {width} px"
            page.close()
