"""What the tests share: `book`, a fresh copy of the tiny book, and `built`, one that was built once for all to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from .books import Book, Build


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A fresh copy of the tiny book, to change and build."""
    return Book(tmp_path / "book")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The tiny book as it is, built once; only to be read."""
    return Book(tmp_path_factory.mktemp("built") / "book").build()
