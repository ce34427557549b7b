"""Opens the reports of corpora in Chromium: how large they are, how long they take, and whether
the browser complains or asks the network for anything.

python benchmarks/report.py FILE...
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
SEARCHED = """() => {
  const start = performance.now();
  document.querySelector("#filters [name=q]").value = "a";
  document.getElementById("filters").dispatchEvent(new Event("input"));
  return performance.now() - start;
}"""


def main(paths: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for path in paths:
            page = Path(folder) / "report.html"
            start = time.perf_counter()
            command = (sys.executable, "-m", "taglint", "report", path, "-o", str(page))
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            made = time.perf_counter() - start
            print(f"{path}: {made:.1f} s to make, {page.stat().st_size / 1e6:.1f} MB")
            print("  " + opened(browser, page))


def opened(browser: Any, path: Path) -> str:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    loaded, searched = page.evaluate(LOADED), page.evaluate(SEARCHED)
    page.close()
    return (
        f"{loaded:.0f} ms to open, {searched:.0f} ms to search, {len(complaints)} complaints, "
        f"{len(asked) - 1} requests besides the page"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
