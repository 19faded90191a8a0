"""Notes which files of a folder a kernel opens. The kernel runs this file before the first cell, on its own.

It may be another Python than the one that builds the book, so it imports nothing of the engine; and it leaves no
name behind that a cell could see.
"""


def _watch() -> None:
    """Write to the log that the kernel is watched, then each file of the folder that is opened; NUL ends each."""
    import os
    import sys

    folder = os.environ.pop("ANNOTATED_READING_FOLDER") + os.sep
    log = os.open(os.environ.pop("ANNOTATED_READING_LOG"), os.O_WRONLY | os.O_APPEND)
    os.write(log, b"watched\0")

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path.startswith(folder):
                os.write(log, os.fsencode(path) + b"\0")

    sys.addaudithook(note)


_watch()
del _watch
