"""Notes which files of a folder a kernel opens. The kernel runs this file before the first cell, on its own.

It may be another Python than the one that builds the book, so it imports nothing of the engine; and it leaves no
name behind that a cell could see.
"""


def _watch() -> None:
    """Write each file that is opened from now on in the folder to the log, a line each."""
    import os
    import sys

    folder = os.environ.pop("ANNOTATED_READING_FOLDER") + os.sep
    log = os.open(os.environ.pop("ANNOTATED_READING_LOG"), os.O_WRONLY | os.O_APPEND)
    os.write(log, f"{folder}\n".encode())  # whoever reads the log knows that somebody watched

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if path.startswith(folder):
                os.write(log, f"{path}\n".encode())

    sys.addaudithook(note)


_watch()
del _watch
