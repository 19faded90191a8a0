"""Settings of the example for Sphinx; `_config.yml` has the same for Jupyter Book."""

project = "The Melian dialogue, annotated"
extensions = ["myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex", "annotated_reading"]
bibtex_bibfiles = ["data/references.bib"]
html_theme = "annotated_reading"
nitpicky = True
nb_execution_mode = "off"
myst_enable_extensions = ["colon_fence"]
annotated_reading_data = "data"
annotated_reading_citation = "CITATION.cff"
annotated_reading_cite_role = "cite"
annotated_reading_original = "https://www.gutenberg.org/ebooks/7142"
annotated_reading_original_work = "crawley1874"
