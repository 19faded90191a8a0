"""The addresses of figures and tables that were published, in `figures.csv`: none is gone, or has another title.

The address of one that is withdrawn stays where a page says why.
"""

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
    std = cast(StandardDomain, env.get_domain("std"))
    built = {label: title for label, (_, _, title) in std.labels.items() if label.startswith(("fig-", "tab-"))}
    for label in sorted(published.keys() | built.keys()) if published else ():
        figure, title = published.get(label), built.get(label)
        if figure and figure.status == "withdrawn":
            if label not in std.anonlabels:
                warn(
                    "address",
                    "figures.csv, %s: found no place on a page, expected (%s)= before why it is withdrawn",
                    label,
                    label,
                )
        elif not figure or figure.title != title:
            warn("address", "figures.csv, %s: found the title %r, expected %r", label, figure and figure.title, title)
