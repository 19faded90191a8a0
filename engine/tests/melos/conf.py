"""Settings of the tiny book; the tests override some of them."""

project = "The Melian dialogue, annotated"
extensions = ["myst_nb", "annotated_reading"]
html_theme = "annotated_reading"
nitpicky = True
nb_execution_mode = "off"
nb_execution_raise_on_error = True
myst_enable_extensions = ["colon_fence"]
annotated_reading_data = "data"
annotated_reading_original = "https://example.org/thucydides/5"
