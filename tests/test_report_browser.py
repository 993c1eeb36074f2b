"""The HTML report in a real browser, opened from disk with the network off; skipped where chromium is missing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest
from made_findings import findings, hostile, series

from contrast.report.outputs import Format, Style, comparison_csv, comparison_files
from contrast.report.page import report_html

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed")

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


class Page:
    """A report open in the browser."""

    def __init__(self, driver, folder: Path) -> None:
        self.driver, self.folder = driver, folder

    def open(self, page: str, *, width: int = 1280) -> Page:
        path = self.folder / "report.html"
        path.write_bytes(page.encode("utf-8", "backslashreplace"))
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get(path.as_uri())
        return self

    def js(self, code: str, *arguments: object):
        return self.driver.execute_script(code, *arguments)

    def until(self, condition: str) -> None:
        """Wait for an expression to be true: a link is followed a moment after it is clicked."""
        end = monotonic() + 10
        while not self.js(f"return Boolean({condition})"):
            assert monotonic() < end, condition
            sleep(0.02)

    def all(self, selector: str):
        return self.driver.find_elements("css selector", selector)

    def one(self, selector: str):
        return self.driver.find_element("css selector", selector)

    def shown(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector) if element.is_displayed()]

    def choose(self, name: str, value: str) -> None:
        self.js(
            "const s = document.querySelector(`[name=${arguments[0]}]`); s.value = arguments[1];"
            "s.dispatchEvent(new Event('input', {bubbles: true}))", name, value,
        )  # fmt: skip

    def press(self, key: str) -> None:
        self.driver.switch_to.active_element.send_keys(key)

    def download(self, name: str) -> str:
        path = self.folder / f"{name}.csv"
        path.unlink(missing_ok=True)
        self.one(f"[data-csv={name}]").click()
        end = monotonic() + 10
        while not path.exists() and monotonic() < end:
            sleep(0.05)
        return path.read_bytes().decode()

    def troubles(self) -> list[str]:
        """Messages on the console, and requests for anything but the file itself."""
        noted = [entry["message"] for entry in self.driver.get_log("browser")]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"].partition("#")[0]
                if url != (self.folder / "report.html").as_uri() and not url.startswith(("blob:", "about:")):
                    noted.append(url)
        return noted


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("browser")
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    yield Page(driver, folder)
    driver.quit()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    browser.open(report_html(series()))
    yield browser
    assert browser.troubles() == []


def test_the_matrix_the_contrasts_the_strip_and_the_texts_are_there(page):
    assert page.shown(".matrix tbody th > a") == ["the quay works"]
    assert len(page.shown("details.card")) == 18
    assert page.shown(".strip h3")[0].startswith("the quay works one speaker over time")
    assert [each.split("\n")[0].split()[0] for each in page.shown(".strip ol > li")] == ["2020-02-03", "2020-02-10", "2020-03-01"]
    assert page.one("#shown").text == "Shown: 24 of 24 statements, 18 of 18 contrasts."


def test_filters_and_search_choose_contrasts_statements_and_matrix_rows(page):
    page.choose("speaker", "Carl Otterby")
    assert page.one("#shown").text == "Shown: 6 of 24 statements, 6 of 18 contrasts."
    page.choose("strength", "contrasts")
    assert page.one("#shown").text.endswith("0 of 18 contrasts.")
    assert page.shown(".matrix tbody tr") == []
    page.one("#reset").click()
    page.choose("side", "South")
    assert page.one("#shown").text == "Shown: 6 of 24 statements, 6 of 18 contrasts."
    page.one("#reset").click()
    page.choose("from", "2020-02-10")
    page.choose("to", "2020-02-10")
    assert page.one("#shown").text == "Shown: 8 of 24 statements, 6 of 18 contrasts."
    page.one("#reset").click()
    page.choose("document", "day-1")
    assert len(page.shown("article")) == 1
    page.one("#reset").click()
    page.choose("search", "“A COSTLY")
    assert page.one("#shown").text == "Shown: 6 of 24 statements, 6 of 18 contrasts."


def test_a_phrase_of_the_matrix_opens_its_contrast_with_both_passages_and_the_reason(page):
    page.one(".matrix td a").click()
    card = page.one("#c1")
    page.until("document.querySelector('#c1').open")
    assert [each.text for each in card.find_elements("css selector", ".phrase")] == ["sound and on time", "a costly muddle"]
    assert "sound and on time against a costly muddle" in card.text
    assert {each.text for each in card.find_elements("css selector", "blockquote .cue")} == {"said"}


def test_a_contrast_leads_to_its_passage_and_the_passage_to_the_statement(page):
    page.js("location.hash = '#c1'")
    page.until("document.querySelector('#c1').open")
    page.one("#c1 .where a[href='#p1']").click()
    page.until("document.activeElement.id === 'p1'")
    assert page.js("const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight")
    assert page.js("return document.activeElement.nextElementSibling.textContent").startswith("the quay works were")
    page.one("#p1").click()
    page.until("document.activeElement.closest('tr#s1')")


def test_a_link_to_what_a_filter_hides_shows_it(page):
    page.choose("speaker", "Carl Otterby")
    page.js("location.hash = '#s1'")
    page.until("!document.querySelector('#s1').hidden")
    assert page.one("#s1").is_displayed()
    assert page.one("#shown").text.startswith("Shown: 24 of 24")


def test_what_is_downloaded_is_what_the_command_writes(page):
    files = comparison_csv([series()])
    for name in ("contrasts", "statements", "matrix"):
        assert page.download(name) == files[f"{name}.csv"]


def test_a_download_holds_the_rows_shown_in_the_order_shown(page):
    page.choose("speaker", "Carl Otterby")
    page.one("th[data-sort=number] button").click()
    lines = page.download("statements").split("\r\n")
    whole = str(comparison_csv([series()])["statements.csv"]).split("\r\n")
    assert lines == [whole[0], *[line for line in whole[:0:-1] if "Carl Otterby" in line], ""]


def test_columns_sort_both_ways_and_say_so(page):
    head = page.one("th[data-sort=speaker]")
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.shown(".list tbody td:nth-child(3)")[0].startswith("Anna Ferrin")
    head.find_element("css selector", "button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert page.shown(".list tbody td:nth-child(3)")[0].startswith("Ministry of Tides")


def test_all_can_be_reached_and_worked_by_keyboard(page):
    page.press("\ue004")
    assert page.js("return document.activeElement.className") == "skip"
    reached = set()
    for _ in range(80):
        page.press("\ue004")
        reached.add(page.js("const e = document.activeElement; return e.name || e.id || e.dataset.csv || e.tagName"))
    assert {"search", "speaker", "kind", "reset", "SUMMARY", "sort", "matrix", "contrasts"} <= reached
    page.js("document.querySelector('#c2 summary').focus()")
    page.press("\ue007")
    assert page.one("#c2").get_attribute("open")
    page.one("body").send_keys("/")
    assert page.js("return document.activeElement.name") == "search"


def test_every_control_and_region_has_a_name(page):
    assert page.js("""return Array.from(document.querySelectorAll('button, select, input, a, [role=region], section, nav'))
        .filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.textContent.trim()
            || e.closest('label'))).map(e => e.outerHTML)""") == []  # fmt: skip
    assert page.js("return new Set(Array.from(document.querySelectorAll('[id]')).map(e => e.id)).size") == len(page.all("[id]"))
    assert (
        page.js("""return Array.from(document.querySelectorAll('a[href^="#"]'))
        .filter(e => !document.getElementById(e.hash.slice(1))).map(e => e.hash)""")
        == []
    )


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_no_width_makes_the_page_scroll_sideways(browser, width):
    browser.open(report_html(series()), width=width)
    browser.js("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    assert browser.js("return document.documentElement.scrollWidth") <= width
    assert browser.troubles() == []


def test_printing_opens_every_contrast_and_leaves_the_controls_out(page):
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    page.js("dispatchEvent(new Event('beforeprint'))")
    assert all(card.get_attribute("open") for card in page.all(".card"))
    assert page.shown("#filters, .buttons, nav") == []
    page.js("dispatchEvent(new Event('afterprint'))")
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert not any(card.get_attribute("open") for card in page.all(".card"))


def test_five_hundred_statements_stay_smooth(browser):
    browser.open(report_html(series(125)))
    took = browser.js("""const s = document.querySelector('[name=speaker]'), t = performance.now(); s.value = 'Carl Otterby';
        s.dispatchEvent(new Event('input', {bubbles: true})); document.body.offsetHeight; return performance.now() - t""")
    assert browser.one("#shown").text == "Shown: 125 of 500 statements, 125 of 375 contrasts."
    assert took < 500
    assert browser.troubles() == []


HOSTILE = (
    '</script><img src=x onerror="window.hacked=1"><svg onload="window.hacked=1">',
    "<!-- <script>window.hacked=1</script> --><![CDATA[x",
    "\u202egnp.exe\u202c {{ 7*7 }} {% raw %} ${1} &lt;b&gt; '\"` \u2028 \x00 \x1b",
    "w" * 200_000,
)


@pytest.mark.parametrize("cell", HOSTILE, ids=["tags", "comment", "marks", "long word"])
def test_a_hostile_text_is_shown_as_text_and_does_nothing(browser, cell):
    found = hostile(cell)
    found = replace(found, documents=(replace(found.documents[0], url=f"javascript:alert(1)//{cell[:99]}"),))
    browser.open(report_html(found), width=390)
    assert browser.js("return window.hacked === undefined")
    assert browser.js("return document.querySelectorAll('img, svg, script:not(#data):not(:last-of-type), iframe').length") == 0
    assert browser.js("return document.scripts.length") == 2
    kept = cell.replace("\u202e", "\ufffd").replace("\u202c", "\ufffd").replace("\x00", "\ufffd").replace("\x1b", "\ufffd")
    assert browser.js("return document.querySelector('article .text').textContent").removeprefix("12").startswith(kept)
    assert browser.js("return document.documentElement.scrollWidth") <= 390
    assert browser.all("a[href^='javascript']") == []
    assert browser.troubles() == []


def test_a_hostile_table_is_downloaded_as_the_command_writes_it(browser):
    found = hostile('=cmd(),"x"\r\n\t-1+1</script>\u202e')
    browser.open(report_html(found))
    assert browser.download("contrasts") == comparison_csv([found])["contrasts.csv"]


def test_the_policy_stops_a_script_that_is_not_the_reports(browser):
    page = report_html(findings()).replace("</body>", "<script>window.hacked = 1</script></body>")
    browser.open(page)
    assert browser.js("return window.hacked === undefined")
    assert any("Content Security Policy" in trouble for trouble in browser.troubles())


def test_a_report_without_contrasts_or_statements_opens(browser):
    for found in (replace(findings(), contrasts=(), topics=()), replace(findings(), contrasts=(), topics=(), statements=())):
        browser.open(str(comparison_files([found], Format.html, Style())["report.html"]))
        assert browser.one("#shown").text.startswith("Shown:")
        assert browser.troubles() == []
