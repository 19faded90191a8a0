"""The manifest of a site: what each of its files is, by SHA-256, as `sha256sum --check` reads it.

Its first line has the settings of the environment that the site was made with; another address makes other pages. PDF
files are left out, which have the fonts of the machine that made them in them.
"""

import hashlib
import os
from pathlib import Path

SETTINGS = ("BOOK_ADDRESS", "BOOK_REPOSITORY", "BOOK_FORMS")


def settings() -> str:
    """The settings that a site is made with here, as a line."""
    return "# " + " ".join(f"{name}={os.environ.get(name, '')!r}" for name in SETTINGS) + "\n"


def digests(site: Path) -> dict[str, str]:
    """What each file of a site is, by its path there."""
    files = sorted(file for file in site.rglob("*") if file.is_file() and file.suffix != ".pdf")
    return {file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def manifest(site: Path) -> str:
    """The manifest of a site that was made here."""
    return settings() + "".join(f"{digest}  {file}\n" for file, digest in digests(site).items())


def differing(site: Path, made: Path) -> list[str]:
    """The files of a site that are not as its manifest has them, that it lacks, or that the manifest lacks."""
    lines = (line for line in made.read_text("utf-8").splitlines() if not line.startswith("#"))
    wanted = {file: digest for digest, _, file in (line.partition("  ") for line in lines)}
    found = digests(site)
    return sorted(file for file in wanted.keys() | found if wanted.get(file) != found.get(file))
