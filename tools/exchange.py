"""`tools/exchange.py NEW SITE [--lose]` puts a finished site in the place of the published one, whole or not at all.

SITE is a link to one of the folders SITE.1 and SITE.2. NEW is copied to the one that is not shown, compared with the
other, and shown by renaming a link, which no reader and no kill can see half done. A web server can read it, whatever
the rights of new files are here. A lock beside them makes a second publisher wait. Where an address of the published
site is gone from NEW, nothing is published, unless `--lose` says so.
"""

import argparse
import fcntl
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from sphinx.util.inventory import InventoryFile

#: What Sphinx has for itself.
OWN = {"genindex.html", "objects.inv", "searchindex.js"}

#: How many of the lost addresses are named.
NAMED = 10


def addresses(site: Path) -> set[str]:
    """What others may link to: the files of a site, and what its inventory has for other books.

    Not the files below `_static`, whose names change with what is in them, nor what Sphinx has for itself.
    """
    return set(_files(site)) | set(_objects(site))


def _files(site: Path) -> Iterator[str]:
    for file in site.rglob("*"):
        place = file.relative_to(site)
        if file.is_file() and not place.parts[0].startswith(("_", ".")) and place.name not in OWN:
            yield place.as_posix()


def _objects(site: Path) -> Iterator[str]:
    inventory = site / "objects.inv"
    if inventory.is_file():
        with inventory.open("rb") as file:
            for objects in InventoryFile.load(file, "", lambda base, place: place).values():
                yield from (place for _, _, place, _ in objects.values() if "#" in place)


def exchange(new: Path, site: Path, *, lose: bool = False) -> list[str]:
    """Publish a site; the addresses that it lacks, in which case nothing was published."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with site.with_name(f"{site.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folders = [site.with_name(f"{site.name}.{number}") for number in (1, 2)]
        shown = site.resolve() if site.exists() else None
        if shown == site.absolute():
            raise SystemExit(f"{site}: found a folder, expected a link that this program made, or nothing")
        lost = sorted(addresses(shown) - addresses(new)) if shown and not lose else []
        if lost:
            return lost
        hidden = folders[shown == folders[0].resolve()]
        shutil.rmtree(hidden, ignore_errors=True)
        shutil.copytree(new, hidden)
        for path in (hidden, *hidden.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        link = site.with_name(f"{site.name}.link")
        link.unlink(missing_ok=True)
        link.symlink_to(hidden.name)
        link.replace(site)
    return []


def main() -> int:
    """Publish what the command line names."""
    parser = argparse.ArgumentParser(description="Put a finished site in the place of the published one.")
    parser.add_argument("new", type=Path)
    parser.add_argument("site", type=Path)
    parser.add_argument("--lose", action="store_true", help="also where addresses of the published site are gone")
    given = parser.parse_args()
    try:
        lost = exchange(given.new, given.site, lose=given.lose)
    except (OSError, shutil.Error) as error:
        sys.exit(f"{given.site}: {error}; nothing was published")
    for address in lost[:NAMED]:
        print(f"{given.new}: found no {address}, expected every address of {given.site}", file=sys.stderr)
    if lost:
        print(f"{len(lost)} addresses are gone; nothing was published (--lose publishes without them)", file=sys.stderr)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
