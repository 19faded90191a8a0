"""`python -m annotated_reading.figures.draw CHARTS PICTURES DATA` draws the pictures that a book lacks.

The builder `charts` writes the charts. It needs playwright, the Chromium that the environment variable CHROMIUM names,
and this package's copy of plotly.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from annotated_reading.figures.chart import Chart, read_chart
from annotated_reading.figures.picture import WIDTHS, clean, files_of, key_of, read_pictures, standalone
from annotated_reading.ledger.bibliography import Source, read_sources

SCRIPTS = (Path(__file__).parent.parent / "static" / "plotly-basic.min.js", Path(__file__).with_name("draw.js"))
_PICTURE = "([chart, width, changes]) => picture(chart, width, changes)"


def draw(charts: Mapping[str, Chart], folder: Path, sources: Mapping[str, Source]) -> Iterator[Path]:
    """Draw the pictures of charts, by the labels of their figures, into a folder; yields each file as it is written."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=2)
        for script in SCRIPTS:
            page.add_script_tag(path=script)
        for label, chart in charts.items():
            for name, file in files_of(folder, label).items():
                changes = chart.narrowing if name == "narrow" else None
                plotted = page.evaluate(_PICTURE, [chart.drawing, WIDTHS[name], changes])
                svg = clean(str(plotted), key_of(chart), name)
                file.write_text(f"{svg}\n", "utf-8")
                yield file
                if name == "wide":
                    yield _photograph(page, standalone(chart, svg, sources), folder / f"{label}.png")
        browser.close()


def _photograph(page: Page, svg: str, file: Path) -> Path:
    page.evaluate("svg => { document.body.innerHTML = svg; document.body.style.margin = 0; }", svg)
    width, height = (int(part) for part in re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0])
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=file, clip={"x": 0, "y": 0, "width": width, "height": height})
    page.evaluate("() => document.body.replaceChildren()")
    return file


def main() -> None:
    """Draw the pictures of all charts of a folder that another lacks, and remove those of no chart."""
    source, folder, data = (Path(argument) for argument in sys.argv[1:4])
    charts = {file.stem: read_chart(file.read_text("utf-8")) for file in sorted(source.glob("*.json"))}
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted([*folder.glob("*.svg"), *folder.glob("*.png")]):
        if file.name.partition(".")[0] not in charts:
            file.unlink()
            print(f"removed {file.name}")
    missing = {
        label: chart
        for label, chart in charts.items()
        if read_pictures(folder, label, key_of(chart)) is None or not (folder / f"{label}.png").is_file()
    }
    for file in draw(missing, folder, read_sources(data) or {}) if missing else ():
        print(f"drew {file.name}")


if __name__ == "__main__":
    main()
