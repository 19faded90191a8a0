"""`{events}`: what happened."""

from docutils import nodes

from annotated_reading.language import _
from annotated_reading.ledger import parts
from annotated_reading.ledger.rows import Event
from annotated_reading.pages.directive import LedgerDirective


class Events(LedgerDirective):
    """`{events}`: what happened, by date, with sources and the paragraphs that each event bears on.

    `[](#event-…)` refers to an event by what happened, `[words](#event-…)` keeps its words.
    """

    def run(self) -> list[nodes.Node]:
        """The events, as a list."""
        self.note_use(parts.events)
        return [nodes.bullet_list("", *map(self._item, self.ledger.events.values()), classes=["events"])]

    def _item(self, event: Event) -> nodes.list_item:
        date = nodes.inline("", event.date, classes=["date"])
        what = nodes.paragraph("", "", date, nodes.Text(f" {event.words}"), *self.citations(event.sources))
        bearing = nodes.paragraph(
            "", _("{theme}. Bears on").format(theme=event.theme.capitalize()), classes=["claim-meta"]
        )
        for paragraph in event.paragraphs:
            bearing += [nodes.Text(" "), self.paragraph_link(paragraph)]
        bearing += self.changed(event.event)
        self.domain.note_event(self.env.docname, event.event)
        item = nodes.list_item("", what, bearing, ids=[f"event-{event.event}"])
        self.state.document.note_explicit_target(item)
        return item
