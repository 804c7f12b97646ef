#!/usr/bin/env python3
"""Uses the report of two runs in a headless Chromium: search, filters, sorting, sample view, all of it
by mouse and by keyboard; nothing may be loaded, run or complained about. Leaves screenshots.

usage: report_test.py VERNIER FOLDER
"""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile
import zlib

import webdriver

ROOT = pathlib.Path(__file__).parents[2]
SCENES = ["kitchen", "street", "beach"]
HOSTILE = "<script>document.title = 'hacked'</script><img src=x onerror=\"document.title='hacked'\"> \x1b[31m \u202eback"


def png(width, height):
    """A grey PNG."""
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    rows = zlib.compress((b"\0" + b"\x90" * width) * height)
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def made_report(vernier, work):
    """The bundled captions, and the same with every eighth given to the next image and one hostile one."""
    with gzip.open(ROOT / "datasets/samples/coco_human/samples.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for n, record in enumerate(records):
        record["scene"] = SCENES[n % 3]
    changed = [dict(r, candidate=records[(n + 1) % len(records)]["candidate"]) if n % 8 == 0 else
               dict(r, candidate=HOSTILE) if n == 9 else r for n, r in enumerate(records)]
    for name, samples in (("baseline", records), ("candidate", changed)):
        (work / f"{name}.in").write_text("".join(json.dumps(s) + "\n" for s in samples), encoding="utf-8")
        subprocess.run([vernier, "score", work / f"{name}.in", "-m", "bleu,rouge-l,cider,spice-fast", "-o", work / f"{name}.jsonl",
                        "--quiet", "-f", "csv"], check=True, stdout=subprocess.DEVNULL)
    images = work / "images"
    images.mkdir()
    for record in records[:400]:
        (images / f"{record['image_id']}.png").write_bytes(png(120, 80))
    subprocess.run([vernier, "report", work / "baseline.jsonl", work / "candidate.jsonl", "--by", "meta.scene",
                    "--images", images, "-o", work / "report.html", "--quiet"], check=True)
    scores = []
    for name in ("baseline", "candidate"):
        with open(work / f"{name}.jsonl", encoding="utf-8") as lines:
            run = [json.loads(line) for line in lines]
        scores.append({r["id"]: r["scores"]["cider"] for r in run if "id" in r})
    return work / "report.html", records, scores


class Page:
    """What the list shows."""

    def __init__(self, browser):
        self.browser = browser

    def found(self):
        return int(self.browser.text(".status").split()[0].replace(",", ""))

    def column(self, number):
        """The texts of one column, in the rows drawn so far."""
        return self.browser.run("return [...document.querySelectorAll('.list tbody tr')]"
                                f".map((row) => row.children[{number}].textContent)")

    def choose(self, field, value):
        self.browser.run("const node = document.getElementById(arguments[0]); node.value = arguments[1];"
                         "node.dispatchEvent(new Event(arguments[2]));", field, value,
                         "input" if field in ("low", "high", "search") else "change")

    def is_open(self):
        return self.browser.run("return document.querySelector('dialog').open")

    def title(self):
        return self.browser.text("#sample-title").split()[0]

    def focused(self):
        return self.browser.run("const a = document.activeElement; return a.id || a.dataset.at || a.textContent")


def number(text):
    return float(text.replace("−", "-").replace("+", ""))


def check_search_and_filters(browser, page, records, scores):
    before, after = scores
    assert page.found() == 500 and len(page.column(0)) == 100
    browser.type("/")
    assert page.focused() == "search"
    browser.type("zebra GRASS")
    wanted = [r["image_id"] for r in records if all(
        word in " ".join([r["candidate"], *r["references"]]).lower() for word in ("zebra", "grass"))]
    assert len(wanted) > 0 and set(wanted) <= set(page.column(0)), page.column(0)
    assert page.found() < 20
    page.choose("search", "")

    worse = [i for i in before if after[i] < before[i]]
    page.choose("moved", "worse")
    assert page.found() == len(worse), (page.found(), len(worse))
    assert all(number(text) < 0 for text in page.column(4))
    page.choose("moved", "same")
    assert page.found() == sum(after[i] == before[i] for i in before)
    page.choose("moved", "")

    page.choose("slice", "1")  # in the order of texts: beach, kitchen, street
    assert page.found() == sum(n % 3 == SCENES.index("kitchen") for n in range(500))
    page.choose("slice", "")
    page.choose("low", "1.5")
    assert page.found() == sum(value >= 1.5 for value in after.values())
    page.choose("high", "2")
    assert page.found() == sum(1.5 <= value <= 2 for value in after.values())
    page.choose("low", "")
    page.choose("high", "")
    page.choose("search", "no such words anywhere")
    assert page.found() == 0 and page.column(0) == []
    page.choose("search", "")
    assert page.found() == 500


def check_sorting(browser, page, scores):
    before, after = scores
    changes = sorted(after[i] - before[i] for i in before)
    state = "return document.querySelector('[data-key=\"change\"]').parentNode.getAttribute('aria-sort')"
    assert browser.run(state) == "none"
    browser.click('[data-key="change"]')
    assert browser.run(state) == "ascending"
    assert abs(number(page.column(4)[0]) - changes[0]) < 1e-3
    browser.click('[data-key="change"]')
    assert browser.run(state) == "descending"
    assert abs(number(page.column(4)[0]) - changes[-1]) < 1e-3
    page.choose("score", "0")  # BLEU-1: the order follows
    shown = [number(text) for text in page.column(4)]
    assert shown == sorted(shown, reverse=True)
    page.choose("score", browser.run("return JSON.parse(document.getElementById('data').textContent).main"))
    browser.click('[data-key="change"]')
    assert browser.run(state) == "none"
    browser.click(".more")
    assert len(page.column(0)) == 200


def check_sample_view(browser, page, records):
    ids = page.column(0)
    browser.run("document.querySelector('.list').scrollTop = 0")
    browser.click(".list tbody tr:nth-child(3)")
    assert page.is_open() and page.title() == ids[2]
    text = browser.text("dialog")
    assert all(reference in text for reference in records[2]["references"])
    assert "meta" in text and SCENES[2] in text
    browser.type("j")
    assert page.title() == ids[3]
    browser.type("k", "k")
    assert page.title() == ids[1]
    browser.click("dialog .bar button:nth-of-type(2)")  # Next
    assert page.title() == ids[2]
    browser.type("Escape")
    assert not page.is_open() and page.focused() == "2", page.focused()
    browser.type("j", "ArrowDown", "k", "Enter")
    assert page.is_open() and page.title() == ids[3]
    browser.type("Escape", "End")
    assert page.focused() == "499" and len(page.column(0)) == 500
    browser.type("Home")
    assert page.focused() == "0"


def check_hostile_text(browser, page):
    page.choose("search", "hacked")
    assert page.found() == 1 and "\\x1b[31m \\u202eback" in page.column(1)[0], page.column(1)
    browser.type("j", "Enter")
    assert "<script>document.title" in browser.text("dialog")
    browser.type("Escape")
    page.choose("search", "")
    assert browser.run("return document.title") == "candidate.jsonl against baseline.jsonl – vernier"
    sources = browser.run("return [...document.images].map((image) => image.src)")
    kinds = ("data:image/png;base64,", "data:image/svg+xml;base64,")
    assert len(sources) > 5 and all(source.startswith(kinds) for source in sources)
    assert all(browser.run("return [...document.querySelectorAll('.image img')].map((i) => i.naturalWidth === 120)"))


def check_theme(browser):
    paper = "return getComputedStyle(document.body).backgroundColor"
    browser.look(1280, 900, "light")
    light = browser.run(paper)
    browser.look(1280, 900, "dark")
    assert browser.run(paper) != light
    browser.click("#theme")
    assert browser.run(paper) == light and browser.text("#theme") == "Dark theme"
    browser.click("#theme")
    assert browser.run(paper) != light


def check_scene_graphs(browser):
    """They open, the drawings load, and nothing of them is wider than its card."""
    sizes = browser.run("""return [...document.querySelectorAll(".card .scene")].slice(0, 8).map((scene) => {
        scene.open = true;
        const image = scene.querySelector("img"), card = scene.closest(".card");
        return [image.naturalWidth, scene.getBoundingClientRect().right - card.getBoundingClientRect().right];
    })""")
    assert len(sizes) == 8 and all(width > 50 and beyond < 0 for width, beyond in sizes), sizes
    browser.run("document.querySelector('.card .scene').scrollIntoView()")


def made_probe_report(vernier, work):
    """Captions of two models with objects that are not there, one class name hostile; what the probe printed."""
    (work / "objects.tsv").write_text("1\tdog,person\n2\tcat,<b>thing\n", encoding="utf-8")
    (work / "synonyms.txt").write_text("person, man\ndog\ncat\ncar\n<b>thing, thing\n", encoding="utf-8")
    arguments = [vernier, "report"]
    for name, caption in (("old", "😀 日本: a man. A thing, a dog."), ("new", "A cat and a car! A dog. A cat.")):
        records = [{"id": n, "image_id": n % 2 + 1, "caption": caption} for n in range(40)]
        (work / f"{name}.in").write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
        printed = subprocess.run([vernier, "probe", "chair", work / f"{name}.in", "--objects", work / "objects.tsv", "--synonyms",
                                  work / "synonyms.txt", "--own-tools", "-o", work / f"{name}.chair.jsonl", "-f", "json"],
                                 check=True, stdout=subprocess.PIPE).stdout
        (work / f"{name}.json").write_bytes(printed)
        arguments += [work / f"{name}.chair.jsonl", "--probe", work / f"{name}.json"]
    subprocess.run([*arguments, "-o", work / "probes.html", "--quiet"], check=True)
    return work / "probes.html"


def check_probe_report(browser, report, folder):
    browser.look(1280, 900, "light")
    browser.open(report)
    browser.type("j", "Enter")
    marks = "return [...document.querySelectorAll('dialog dd mark')].map((m) => [m.className, m.title, m.textContent])"
    found = browser.run(marks)
    assert ["bad", "<b>thing: hallucinated", "thing"] in found and ["good", "dog: supported", "dog"] in found, found
    assert ["bad", "car: hallucinated", "car"] in found, "of the other run"
    text = browser.text("dialog")
    assert "invented <b>thing" in text and "left out person" in text, text
    assert browser.run("return document.querySelectorAll('#evidence svg.chart .series').length") == 4
    assert browser.run("return document.querySelectorAll('#probe-1 svg.chart').length") >= 2
    browser.type("Escape")
    for width, height in ((1280, 900), (390, 844)):
        for scheme in ("light", "dark"):
            browser.look(width, height, scheme)
            browser.open(report)
            assert browser.run("return document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
            for part in ("evidence", "probe-1", "extremes"):
                browser.run(f"document.getElementById('{part}').scrollIntoView()")
                browser.screenshot(folder / f"{width}-{scheme}-{part}.png")


def made_judged_report(vernier, work):
    """Drawn captions, good and bad, scored and then judged by the model that comes along; twice: the second time it may not write down all that it sees."""
    scenes = work / "scenes"
    subprocess.run([vernier, "synth", "-n", "8", "--world", "small", "-o", scenes, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    quiet = {"check": True, "stdout": subprocess.DEVNULL}
    subprocess.run([vernier, "score", scenes / "captions.jsonl", "-m", "rouge-l,cider", "-o", work / "drawn.jsonl", "--quiet"], **quiet)
    for name, tokens in (("judged", "512"), ("short", "20")):
        subprocess.run([vernier, "judge", work / "drawn.jsonl", "--images", scenes / "images", "--context-tokens", tokens,
                        "-o", work / f"{name}.jsonl", "--quiet"], **quiet)
    for name, runs in (("one", ["judged"]), ("two", ["judged", "short"])):
        subprocess.run([vernier, "report", *[work / f"{run}.jsonl" for run in runs], "--images", scenes / "images",
                        "-o", work / f"{name}.judge.html", "--quiet"], check=True)
    return work / "one.judge.html", work / "two.judge.html"


def check_judged_report(browser, one, two, folder):
    browser.look(1280, 900, "light")
    browser.open(one)
    beside = browser.run("""return [...document.querySelectorAll("#extremes .card .seen")].filter((seen) => seen.querySelector("img")).map((seen) => {
        const image = seen.querySelector("img").getBoundingClientRect(), context = seen.querySelector(".context").getBoundingClientRect();
        return context.left >= image.right && context.top < image.bottom;
    })""")
    assert len(beside) > 0 and all(beside), "what the judge sees stands beside the image"
    assert browser.run("return document.querySelectorAll('#disagreement .card').length") > 2
    browser.type("j", "Enter")
    text = browser.text("dialog")
    assert " sees" in text and "± " in text and "of 100, likeliest number" in text, text
    drawn = browser.run("return document.querySelector('dialog svg.tenths path').getBBox().height")
    assert drawn > 5, drawn
    browser.type("Escape")
    browser.open(two)
    browser.type("j", "Enter")
    assert browser.run("return document.querySelectorAll('dialog .context').length") == 2
    browser.type("Escape")
    assert browser.run("return document.querySelectorAll('#extremes .context .only').length") > 0, "20 tokens hold less"
    assert "cut at its length limit" in browser.text("#extremes")
    for width, height in ((1280, 900), (390, 844)):
        for scheme in ("light", "dark"):
            for name, report in (("judged", one), ("judges", two)):
                browser.look(width, height, scheme)
                browser.open(report)
                assert browser.run("return document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
                for part in ("verdicts", "disagreement", "extremes"):
                    browser.run(f"document.getElementById('{part}').scrollIntoView()")
                    browser.screenshot(folder / f"{name}-{width}-{scheme}-{part}.png")


def take_screenshots(browser, report, folder):
    for width, height in ((1280, 900), (390, 844)):
        for scheme in ("light", "dark"):
            browser.look(width, height, scheme)
            browser.open(report)
            assert browser.run("return document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
            browser.screenshot(folder / f"{width}-{scheme}.png")
            check_scene_graphs(browser)
            browser.screenshot(folder / f"{width}-{scheme}-scenes.png")
            browser.run("document.getElementById('samples').scrollIntoView()")
            browser.screenshot(folder / f"{width}-{scheme}-samples.png")
            browser.type("j", "Enter")
            browser.screenshot(folder / f"{width}-{scheme}-view.png")


def main():
    vernier, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if absent := webdriver.missing():
        print(f"skipped: {' and '.join(absent)} not installed (scripts/install-dependencies.sh --ci)")
        sys.exit(77)
    folder.mkdir(parents=True, exist_ok=True)
    # The browser names files without symbolic links.
    real = pathlib.Path(tempfile.gettempdir()).resolve()
    with tempfile.TemporaryDirectory(dir=real) as work, webdriver.Browser() as browser:
        report, records, scores = made_report(vernier, pathlib.Path(work))
        browser.look(1280, 900, "light")
        browser.go("about:blank")
        browser.requests()
        browser.open(report)
        page = Page(browser)
        check_search_and_filters(browser, page, records, scores)
        check_sorting(browser, page, scores)
        check_sample_view(browser, page, records)
        check_hostile_text(browser, page)
        check_theme(browser)
        take_screenshots(browser, report, folder)
        probes = made_probe_report(vernier, pathlib.Path(work))
        check_probe_report(browser, probes, folder)
        judged = made_judged_report(vernier, pathlib.Path(work))
        check_judged_report(browser, *judged, folder)
        own = [page.as_uri() for page in (report, probes, *judged)]
        foreign = [url for url in browser.requests() if not url.startswith("data:") and url not in own]
        assert foreign == [], foreign
        assert browser.console() == [], browser.console()
    print(f"search, filters, sorting, sample view, keyboard, themes, evidence, probes and judges; screenshots in {folder}")


if __name__ == "__main__":
    main()
