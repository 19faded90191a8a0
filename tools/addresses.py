"""`tools/addresses.py SITE` adds the addresses of a site to addresses.txt, where each stays for good.

One is run at each release. The tests look for every kept address in the site that is built: others link to them.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from exchange import addresses

KEPT = Path(__file__).with_name("addresses.txt")


def kept() -> list[str]:
    """The addresses of all editions, in their order."""
    return KEPT.read_text("utf-8").splitlines() if KEPT.is_file() else []


def dead(site: Path, wanted: Iterable[str]) -> Iterator[str]:
    """The addresses that lead to nothing in a site: their file, or what has their fragment as its id, is not there.

    A page that only leads on has every fragment, since its script carries them along.
    """
    ids: dict[str, set[str] | None] = {}
    for address in wanted:
        place, _, fragment = address.partition("#")
        file = site / place
        if not file.is_file():
            yield address
        elif fragment:
            if place not in ids:
                page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
                leads_on = page.select_one("head noscript meta[http-equiv=refresh]")
                ids[place] = None if leads_on else {str(tag["id"]) for tag in page.select("[id]")}
            found = ids[place]
            if found is not None and fragment not in found:
                yield address


def main() -> None:
    """Keep what a site has."""
    every = sorted({*kept(), *addresses(Path(sys.argv[1]))})
    KEPT.write_text("".join(f"{address}\n" for address in every), "utf-8")


if __name__ == "__main__":
    main()
