"""How claims stand on pages: directives, references, what is filled in later, and what must be made again.

`domain` holds the ledger and notes what documents print and refer to, `changes` has Sphinx make again what changed.
`directive` is what directives share: `paragraph`, `overview`, `people`, `positions`, `events`, `dictionary`, `teaching`
and `corrections` have them. `nodes` are what they put into a document, `references` makes links, `transforms` fills in
what only a whole document or book knows, `translator` prints attributes, `exercises` closes solutions, `checks` warns
of what no page may have. Imports `ledger`, never `figures` or a later room.

To add a directive: a function in `ledger.parts` that finds what it prints, and a class here that notes this by
`note_use` or `address` and wraps it in nodes. What scripts and style sheets find, they find by a `data-` attribute, in
`html` of a node; what other rooms find, by the kind of a node.
"""

from sphinx.application import Sphinx

from annotated_reading.pages import (
    changes,
    checks,
    corrections,
    dictionary,
    domain,
    events,
    exercises,
    nodes,
    overview,
    paragraph,
    people,
    positions,
    teaching,
    transforms,
    translator,
)

DIRECTIVES = (paragraph, overview, people, positions, events, dictionary, teaching, corrections)


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    for part in (domain, nodes, translator, *DIRECTIVES, exercises, transforms, checks, changes):
        part.setup(app)
