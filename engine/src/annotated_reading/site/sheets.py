"""Has the style sheets of MyST-NB and sphinx-exercise in place before the pages are written.

Both come after the pages. Sphinx gives a page the fingerprint of each sheet that is there: in the first build of a site
pages would lack those two, and differ from the same pages built again.
"""

from pathlib import Path

from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from annotated_reading.published import is_site


def place_sheets(app: Sphinx, env: BuildEnvironment) -> None:
    """Call what puts the sheets there early."""
    if is_site(app.builder):
        Path(app.outdir, "_static").mkdir(exist_ok=True)
        add_global_html_resources(app, None)
        if "sphinx_exercise" in app.extensions:
            app.extensions["sphinx_exercise"].module.copy_asset_files(app, None)
