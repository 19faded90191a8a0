# Everything that is done to the book. `make help` lists the targets.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help book test serve lint bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

book: $(VENV)/book _build/engine ## build the book into _build/html
	$(BIN)/python -m annotated_reading data
	@# Sphinx warns of a page only when it reads it: after a failure, the next build reads all of them.
	$(BIN)/jupyter-book build . -W -n --keep-going || { rm -rf _build/.doctrees; exit 1; }

test: $(VENV)/test book lint ## build the book and run every test
	$(BIN)/python -m pytest engine/tests
	chromium=$$(tests/chromium) && CHROMIUM=$$chromium $(BIN)/python -m pytest tests

lint: $(VENV)/test ## check the code's style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

serve: $(VENV)/test ## build the book on every change and show it at http://localhost:8000
	mkdir -p _build/html
	$(BIN)/python -m http.server --bind localhost --directory _build/html 8000 & trap "kill $$!" EXIT; \
	$(BIN)/watchfiles "$(BIN)/jupyter-book build ." index.md _config.yml _toc.yml chapters data engine/src

bench: $(VENV)/test book ## print build times and page weights
	chromium=$$(tests/chromium) && CHROMIUM=$$chromium $(BIN)/python tests/bench.py

lock: $(VENV)/test ## make the lock files again
	$(BIN)/uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --no-header --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile requirements-test.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --no-header --constraint requirements.lock --output-file requirements-test.lock

clean: ## remove what was built and installed
	rm -rf _build $(VENV)

# Sphinx does not see that an extension's code or style has changed, so pages are read anew.
_build/engine: $(wildcard engine/src/annotated_reading/*.py engine/src/annotated_reading/static/*)
	rm -rf _build/.doctrees
	mkdir -p _build
	touch $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/book: requirements.lock engine/pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable ./engine
	touch $@

$(VENV)/test: requirements-test.lock $(VENV)/book
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	touch $@
