"""The pages in a real browser: accessibility, filters, keyboard, many rows."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import EXAMPLES

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed; apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of both examples, and of one that has much left to do."""
    from gri_index.catalogue import load_catalogue
    from gri_index.pipeline import InputFile, build
    from gri_index.profile import read_profile

    folder = tmp_path_factory.mktemp("pages")
    for name in ("en", "zh-Hans"):
        report = EXAMPLES / f"report.{name}.docx"
        stated = read_profile((EXAMPLES / "gri-index.toml").read_bytes())
        write(
            folder / name, build([InputFile(report.name, report.read_bytes())], stated, load_catalogue(), formats=("html",)).files
        )
    numbers = [f"{standard}-{at}" for standard, count in ((2, 30), (302, 5), (305, 7), (403, 10)) for at in range(1, count + 1)]
    text = "".join(f"# Section {at}\n\n[GRI {numbers[at % len(numbers)]}]\n\nWords.\n\n" for at in range(80))
    stated = read_profile(b'[claim]\nbasis = "in accordance"\n')
    write(folder / "large", build([InputFile("r.md", text.encode())], stated, load_catalogue(), formats=("html",)).files)
    return folder


def write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)


@pytest.fixture
def opened(browser: Any, made: Path) -> Iterator[Callable[..., Any]]:
    pages = []

    def show(name: str, width: int = 1366, scheme: str = "light") -> Any:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        pages.append(page)
        page.on("console", lambda said: pytest.fail(said.text))
        page.on("request", lambda asked: asked.url.startswith("file://") or pytest.fail(asked.url))
        page.goto((made / name).as_uri())
        return page

    yield show
    for page in pages:
        page.close()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("en/content-index.html", 1366, "light"), ("en/content-index.html", 390, "dark"), ("zh-Hans/content-index.html", 390, "light"),
        ("en/status.html", 1366, "dark"), ("large/status.html", 390, "light"),
    ],
)  # fmt: skip
def test_no_one_is_shut_out(opened: Callable[..., Any], name: str, width: int, scheme: str) -> None:
    from axe_core_python.sync_playwright import Axe

    page = opened(name, width, scheme)
    found = Axe().run(page)["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_rows_are_filtered_and_found(opened: Callable[..., Any]) -> None:
    page = opened("large/status.html")
    rows = page.locator("#matrix tbody tr:visible")
    whole = rows.count()
    page.locator("select[name=status]").select_option("missing")
    missing = rows.count()
    assert 0 < missing < whole and page.locator("#shown").inner_text() == f"{missing} of {whole} rows"
    page.locator("input[name=search]").fill("no such words")
    assert rows.count() == 0
    page.locator("#chapters a").first.click()  # a row that the filter hides is shown
    assert rows.count() == whole


def test_the_keyboard_reaches_everything(opened: Callable[..., Any]) -> None:
    page = opened("en/status.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    reached = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('name') || document.activeElement.tagName"))
    assert {"A", "status", "owner", "chapter", "search"} <= reached


def test_many_rows_are_there_at_once(opened: Callable[..., Any]) -> None:
    start = time.perf_counter()
    page = opened("large/status.html")
    page.locator("#matrix tbody tr").last.wait_for()
    assert time.perf_counter() - start < 5  # a bound for a busy machine; benchmarks.html measures it
