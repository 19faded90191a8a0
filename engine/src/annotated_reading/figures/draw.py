"""`python -m annotated_reading.figures.draw CHARTS PICTURES DATA` draws the pictures that a book lacks.

It needs playwright, the Chromium that the environment variable CHROMIUM names, and this package's copy of plotly.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from annotated_reading.figures.chart import Chart, read_chart
from annotated_reading.figures.picture import WIDTHS, clean, read_pictures, standalone
from annotated_reading.ledger.bibliography import Source, read_sources

SCRIPTS = (Path(__file__).parent.parent / "static" / "plotly-basic.min.js", Path(__file__).with_name("draw.js"))


def draw(charts: Mapping[str, Chart], folder: Path, sources: Mapping[str, Source]) -> Iterator[str]:
    """Draw the pictures of charts, by their keys, into a folder; yields each file as it is written."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=2)
        for script in SCRIPTS:
            page.add_script_tag(path=script)
        for key, chart in charts.items():
            for name, width in WIDTHS.items():
                changes = chart.narrowing if name == "narrow" else None
                raw = page.evaluate(
                    "([chart, width, changes]) => picture(chart, width, changes)", [chart.drawing, width, changes]
                )
                svg = clean(raw, key, name)
                (folder / f"{key}.{name}.svg").write_text(svg + "\n", "utf-8")
                yield f"{key}.{name}.svg"
                if name == "wide":
                    whole = standalone(chart, svg, sources)
                    (folder / f"{key}.svg").write_text(whole, "utf-8")
                    yield f"{key}.svg"
                    _photograph(page, whole, folder / f"{key}.png")
                    yield f"{key}.png"
        browser.close()


def _photograph(page: Page, svg: str, file: Path) -> None:
    page.evaluate("svg => { document.body.innerHTML = svg; document.body.style.margin = 0; }", svg)
    width, height = (int(part) for part in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=file, clip={"x": 0, "y": 0, "width": width, "height": height})
    page.evaluate("() => document.body.replaceChildren()")


def main() -> None:
    """Draw the pictures of all charts of a folder that another lacks, and remove those of no chart."""
    source, folder, data = (Path(argument) for argument in sys.argv[1:4])
    charts = {file.stem: read_chart(file.read_text("utf-8")) for file in sorted(source.glob("*.json"))}
    folder.mkdir(exist_ok=True)
    for file in sorted(folder.iterdir()):
        if file.name.partition(".")[0] not in charts:
            file.unlink()
            print(f"removed {file.name}")
    missing = {key: chart for key, chart in charts.items() if read_pictures(folder, key) is None}
    for name in draw(missing, folder, read_sources(data) or {}) if missing else ():
        print(f"drew {name}")


if __name__ == "__main__":
    main()
