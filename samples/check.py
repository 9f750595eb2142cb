#!/usr/bin/env python3
"""Checks the sample site and its questions; prints every fault and exits with 1 if there is one.

    python3 samples/check.py

* every link, image, script and style sheet leads to a file of the site, every fragment to an id;
* nothing is loaded from another host;
* every page can be reached from index.html; its canonical link is itself;
* alternates in another language point back;
* the phrases of questions.jsonl stand in one block of visible text of an expected page, and not in
  the question itself; each expected page holds at least one of them.

Needs Python 3.9, `pdftotext` for phrases in PDFs and Chromium for the page that a script fills
(both are skipped with a note when missing).
"""
import functools
import html.parser
import http.server
import json
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unicodedata
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
SITE = HERE / "site"
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "time"}
HIDDEN = {"script", "style", "title", "noscript"}
# The one page whose text comes from a script; its served HTML has none.
RENDERED = {"de/seebad-live.html"}


class Page(html.parser.HTMLParser):
    """Links, ids and blocks of visible text of one page."""

    def __init__(self, source):
        super().__init__()
        self.links, self.loads, self.ids, self.alternates, self.blocks = [], [], set(), {}, [""]
        self.language, self.canonical, self.description, self.json = None, None, None, []
        self.hidden, self.json_open = 0, False
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "html":
            self.language = given.get("lang")
        elif tag == "meta" and given.get("name") == "description":
            self.description = given.get("content")
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given["href"]
        elif tag == "link" and given.get("rel") == "alternate":
            self.alternates[given["hreflang"]] = given["href"]
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        else:
            self.loads += [given[name] for name in ("src", "href", "data-quelle") if name in given]
        if tag in HIDDEN:
            self.hidden += 1
            self.json_open = given.get("type") == "application/ld+json"
        if tag not in INLINE:
            self.blocks.append("")

    def handle_endtag(self, tag):
        if tag in HIDDEN:
            self.hidden -= 1
            self.json_open = False
        if tag not in INLINE:
            self.blocks.append("")

    def handle_data(self, data):
        if self.json_open:
            self.json.append(json.loads(data))
        elif not self.hidden:
            self.blocks[-1] += data


def plain(text):
    """NFKC, white space runs as one blank, no soft hyphens."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")
    return re.sub(r"\s+", " ", text).strip()


def target_of(path, href):
    """(path within the site, fragment) of a link, or None when it leaves the site."""
    parts = urllib.parse.urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return path, parts.fragment
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)), parts.fragment


def check_links(pages, faults):
    for path, page in pages.items():
        for href in page.links + page.loads + [page.canonical] + list(page.alternates.values()):
            target = target_of(path, href)
            if target is None:
                if not (href in page.links and re.match(r"(tel|mailto):", href)):
                    faults.append(f"{path}: leaves the site: {href}")
            elif not (SITE / target[0]).is_file():
                faults.append(f"{path}: broken link: {href}")
            elif target[1] and target[1] not in pages[target[0]].ids:
                faults.append(f"{path}: no such id: {href}")
        if target_of(path, page.canonical)[0] != path:
            faults.append(f"{path}: canonical is {page.canonical}")
        if not page.language or not page.description:
            faults.append(f"{path}: language or description missing")
        for language, href in page.alternates.items():
            other = pages[target_of(path, href)[0]]
            if language != "x-default" and other.language != language:
                faults.append(f"{path}: alternate {href} is not in {language}")
            if language != "x-default" and path not in [
                    target_of(target_of(path, href)[0], back)[0] for back in other.alternates.values()]:
                faults.append(f"{path}: alternate {href} does not point back")
    for file in SITE.rglob("*.css"):
        if re.search(r"@import|url\(", file.read_text("utf-8")):
            faults.append(f"{file.relative_to(SITE)}: loads something")
    for file in SITE.rglob("*.js"):
        if "//" in re.sub(r"^\s*//.*$", "", file.read_text("utf-8"), flags=re.M):
            faults.append(f"{file.relative_to(SITE)}: holds an address")


def check_reachable(pages, faults):
    reached, queue = set(), ["index.html"]
    while queue:
        path = queue.pop()
        if path in reached:
            continue
        reached.add(path)
        if path in pages:
            queue += [target[0] for target in (target_of(path, href) for href in pages[path].links) if target]
    every = {str(file.relative_to(SITE)) for pattern in ("*.html", "*.pdf") for file in SITE.rglob(pattern)}
    faults += [f"{path}: no link leads here" for path in sorted(every - reached)]


def check_structured_data(pages, faults):
    for path, page in pages.items():
        seen = {plain(block) for block in page.blocks}
        for entry in page.json:
            for question in entry.get("mainEntity", []):
                for text in (question["name"], question["acceptedAnswer"]["text"]):
                    if plain(text) not in seen:
                        faults.append(f"{path}: only in the FAQ data: {text}")


def rendered(paths):
    """Visible blocks after scripts have run, by path; None without Chromium."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        return None
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    blocks = {}
    for path in paths:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            dom = subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                 "--disable-background-networking", "--disable-component-update", "--disable-sync",
                 f"--user-data-dir={profile}", "--virtual-time-budget=10000", "--dump-dom",
                 f"http://127.0.0.1:{server.server_port}/{path}"],
                capture_output=True, text=True, timeout=60, check=True).stdout
        blocks[path] = Page(dom).blocks
    server.shutdown()
    return blocks


def pdf_blocks(path):
    """The paragraphs of a PDF; None without pdftotext."""
    if not shutil.which("pdftotext"):
        return None
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", SITE / path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\n\n")


def check_questions(pages, faults):
    scripted, ids, counts = rendered(RENDERED), set(), {}
    for number, line in enumerate((HERE / "questions.jsonl").read_text("utf-8").splitlines(), 1):
        entry = json.loads(line)
        where = f"questions.jsonl:{number}"
        counts[entry["kind"]] = counts.get(entry["kind"], 0) + 1
        if entry["id"] in ids:
            faults.append(f"{where}: id given twice")
        ids.add(entry["id"])
        if (entry["kind"] == "unanswerable") == bool(entry["expected_pages"] or entry["expected_phrases"]):
            faults.append(f"{where}: kind and expectation do not fit")
        texts = []
        for path in entry["expected_pages"]:
            if not (SITE / path).is_file():
                faults.append(f"{where}: no such page: {path}")
                continue
            if path in RENDERED:
                blocks = scripted and scripted[path]
                if any(phrase in plain(" ".join(pages[path].blocks)) for phrase in entry["expected_phrases"]):
                    faults.append(f"{where}: {path} has the phrase without its script")
            else:
                blocks = pdf_blocks(path) if path.endswith(".pdf") else pages[path].blocks
            if blocks is None:
                print(f"{where}: not checked, no program to read {path}")
                texts = None
                break
            blocks = [plain(block) for block in blocks]
            if not any(phrase in block for phrase in entry["expected_phrases"] for block in blocks):
                faults.append(f"{where}: {path} holds none of the phrases")
            texts += blocks
        for phrase in entry["expected_phrases"] if texts is not None else []:
            if phrase != plain(phrase) or not any(phrase in text for text in texts):
                faults.append(f"{where}: not in the visible text: {phrase}")
            if phrase in entry["question"]:
                faults.append(f"{where}: the question holds the phrase")
    return counts


def main():
    pages = {str(file.relative_to(SITE)): Page(file.read_text("utf-8")) for file in sorted(SITE.rglob("*.html"))}
    faults = []
    check_links(pages, faults)
    check_reachable(pages, faults)
    check_structured_data(pages, faults)
    counts = check_questions(pages, faults)
    for fault in faults:
        print(fault)
    words = {path: sum(len(block.split()) for block in page.blocks) for path, page in pages.items()}
    print(f"{len(pages)} pages, {sum(words.values())} words; questions: {counts}; {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
