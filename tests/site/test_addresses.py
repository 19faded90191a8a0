"""Addresses that were published once lead to their things for good."""

import sys
from pathlib import Path

from conftest import ROOT, SITE

sys.path.insert(0, str(ROOT / "tools"))
from addresses import dead, kept


def test_every_kept_address_leads_to_its_thing() -> None:
    """A footnote, a syllabus or a slide would lead to nothing."""
    assert len(kept()) > 2000
    assert list(dead(SITE, kept())) == []


def test_a_dead_address_is_told(tmp_path: Path) -> None:
    """The test above would pass, whatever is gone."""
    (tmp_path / "page.html").write_text('<p id="here">', "utf-8")
    wanted = ["page.html", "page.html#here", "page.html#gone", "gone.html", "gone.html#here"]
    assert list(dead(tmp_path, wanted)) == ["page.html#gone", "gone.html", "gone.html#here"]
