"""How claims stand on pages: directives, references, what is filled in later, and what must be made again.

`domain` holds the ledger and notes what documents print and refer to, `changes` has Sphinx make again what changed.
`directive` is what directives share: `paragraph`, `overview`, `people`, `positions`, `events`, `dictionary`,
`teaching`, `corrections`, `boxes` and `moved` have them. `nodes` are what they put into a document, `references` makes
links, `transforms` fills in what only a whole document or book knows, `translator` prints attributes, `exercises`
closes solutions, `previews` has what a script shows beside links, `checks` warns of what no page may have. Imports
`ledger`, never `figures` or a later room.

To add a directive: a function in `ledger.parts` that finds what it prints, and a class here that notes this by
`note_use` or `address` and wraps it in nodes, listed in DIRECTIVES. What scripts and style sheets find, they find by a
`data-` attribute, in `html` of a node; what other rooms find, by the kind of a node.
"""

from sphinx.application import Sphinx

from annotated_reading import published
from annotated_reading.pages import (
    boxes,
    changes,
    checks,
    corrections,
    dictionary,
    domain,
    events,
    exercises,
    moved,
    nodes,
    overview,
    paragraph,
    people,
    positions,
    previews,
    teaching,
    transforms,
    translator,
)

SETTINGS = {
    "annotated_reading_data": "data",
    "annotated_reading_original": "",
    "annotated_reading_cite_role": "",
}

DIRECTIVES = {
    "byline": paragraph.Byline,
    "claims": paragraph.Claims,
    "elsewhere": paragraph.Elsewhere,
    "hindsight": paragraph.Hindsight,
    "outcomes": overview.Outcomes,
    "overview": overview.Overview,
    "register": overview.Register,
    "excerpt": overview.Excerpt,
    "people": people.People,
    "positions": positions.Positions,
    "events": events.Events,
    "changes": corrections.Changes,
    "dictionary": dictionary.Dictionary,
    "self-check": teaching.SelfCheck,
    "role-brief": teaching.RoleBrief,
    "moved": moved.Moved,
    "margin": boxes.Margin,
    "sidenote": boxes.Margin,
    "div": boxes.Div,
}

TRANSFORMS = (
    exercises.CloseSolutions,
    transforms.NumberParagraphs,
    transforms.JoinAnnotations,
    transforms.FoldSources,
    transforms.TellReadingTime,
)

#: Those for when the whole book has been read.
POST_TRANSFORMS = (dictionary.NameAddresses, transforms.TellWhereCited)


def setup(app: Sphinx) -> None:
    """Add the room to Sphinx."""
    for setting, default in SETTINGS.items():
        app.add_config_value(setting, default, "env", str)
    app.add_domain(domain.ClaimDomain)
    for node, writers in nodes.PRINTED.items():
        app.add_node(node, **writers)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive, override=True)  # sphinx-book-theme and sphinx-design have some too
    for transform in TRANSFORMS:
        app.add_transform(transform)
    for post_transform in POST_TRANSFORMS:
        app.add_post_transform(post_transform)
    app.connect("builder-inited", checks.check_settings)
    app.connect("builder-inited", translator.extend_translator, priority=900)  # once the theme has set its own
    app.connect("env-get-outdated", changes.outdated_documents)
    app.connect("doctree-read", exercises.check_exercises)
    app.connect("doctree-read", checks.check_document)
    app.connect("doctree-read", changes.note_references)
    app.connect("env-updated", changes.documents_to_rewrite)
    published.at_end(app, previews.write_previews)
