"""The addresses of figures and tables that were published, in `figures.csv`: none is gone, or has another title."""

from typing import cast

from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from annotated_reading.pages.domain import claim_domain
from annotated_reading.warn import warn


def check_addresses(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of each figure or table that is new, gone or has another title than `figures.csv` says.

    A reading that has no such table keeps no such addresses.
    """
    published = claim_domain(env).ledger.figures
    labels = cast(StandardDomain, env.get_domain("std")).labels
    built = {label: title for label, (_, _, title) in labels.items() if label.startswith(("fig-", "tab-"))}
    for label in sorted(published.keys() | built.keys()) if published else ():
        titles = published.get(label), built.get(label)
        if titles[0] != titles[1]:
            warn("address", "figures.csv, %s: found the title %r, expected %r", label, *titles)
