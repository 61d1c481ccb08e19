"""Has Lighthouse judge the site of a codex as on a phone: `make lighthouse`, or `make lighthouse CODEX=…`.

Builds the site, serves it compressed on this machine alone, looks at the front page, a claim, a domain and
Explore with the machine's Chromium, and prints the four scores of each. Fails if one is lower than it should
be. Needs Node.js; `npx` fetches Lighthouse at its first run. `--desktop` judges as on a large screen. How
fast a page is depends on what else the machine does meanwhile.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
LIGHTHOUSE: Final = ("npx", "--yes", "lighthouse@12")
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEAST: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}
COMPRESSED: Final = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")
MAX_SECONDS: Final = 300
TRIES: Final = 3
"""What else the machine does can only make a page slower, so the best of so many counts."""


class _Compressing(SimpleHTTPRequestHandler):
    """Serves files as the hosts of such sites do: words compressed, and quietly."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        asked = self.headers.get("Accept-Encoding", "")
        # A folder without a last slash is for the library to lead on from.
        is_page = path.name != "index.html" or self.path.partition("?")[0].endswith(("/", ".html"))
        if "gzip" not in asked or path.suffix not in COMPRESSED or not path.is_file() or not is_page:
            super().do_GET()
            return
        packed = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's own name
        """Say nothing."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The address of a server for a built site, on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def pages_of(site: Path) -> Mapping[str, str]:
    """The pages to be judged: of the claims the middle one by size, of the domains the largest."""
    pages = {"home": ""}
    for name, folder, share in (("claim", "claims", 0.5), ("domain", "domains", 1.0)):
        found = sorted(
            (page for page in (site / folder).glob("*/index.html") if page.parent.name != "page"),
            key=lambda page: (page.stat().st_size, page),
        )
        if found:
            page = found[min(len(found) - 1, int(len(found) * share))]
            pages[name] = f"{page.parent.relative_to(site).as_posix()}/"
    return {**pages, "explore": "explore/"}


def judge(address: str, browser: str, folder: Path, *flags: str) -> Mapping[str, int]:
    """Lighthouse's scores of a page, by category."""
    best = dict.fromkeys(LEAST, 0)
    for _ in range(TRIES):
        for name, score in _scores(address, browser, folder, *flags).items():
            best[name] = max(best[name], score)
        if all(best[name] >= LEAST[name] for name in LEAST):
            break
    return best


def _scores(address: str, browser: str, folder: Path, *flags: str) -> Mapping[str, int]:
    report = folder / "report.json"
    report.unlink(missing_ok=True)
    command = (
        *LIGHTHOUSE,
        address,
        "--chrome-flags=--headless=new --no-sandbox",
        f"--only-categories={','.join(LEAST)}",
        "--output=json",
        f"--output-path={report}",
        "--quiet",
        *flags,
    )
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=MAX_SECONDS
    )
    if not report.is_file():
        sys.exit(f"Lighthouse gave no report on {address}:\n{done.stderr[-2000:]}")
    categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in LEAST}


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Build, serve and judge; 1 if a score is too low."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--desktop", action="store_true", help="judge as on a large screen")
    flags = ("--preset=desktop",) if asked.parse_args().desktop else ()
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if not browser or not shutil.which("npx"):
        sys.exit("Lighthouse needs a Chromium and Node.js with npx; one of them is not on this machine.")
    low: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(build, cwd=PROJECT, check=True)
        with serving(site) as home:
            _say("".join(f"{name:>16}" for name in LEAST))
            for name, page in pages_of(site).items():
                scores = judge(home + page, browser, Path(folder), *flags)
                _say("".join(f"{scores[one]:>16}" for one in LEAST) + f"   {name}: /{page}")
                low += [f"{name}: {one} {scores[one]}" for one in LEAST if scores[one] < LEAST[one]]
    if low:
        _say(f"Lower than they should be: {'; '.join(low)}.")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
