# Everything that is done to the book. `make help` lists the targets.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help book test serve lint bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

book: $(VENV)/book ## build the book into _build/html
	$(BIN)/jupyter-book build . -W -n --keep-going

test: $(VENV)/test book lint ## build the book and run every test
	$(BIN)/python -m pytest

lint: $(VENV)/test ## check the code's style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

serve: $(VENV)/test book ## serve the book and build it again on every change
	$(BIN)/python tests/serve.py

bench: $(VENV)/test ## print build times and page weights
	$(BIN)/python tests/bench.py

lock: $(VENV)/test ## make the lock files again
	$(BIN)/uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --no-header --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile requirements-test.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --no-header --constraint requirements.lock --output-file requirements-test.lock

clean: ## remove what was built and installed
	rm -rf _build $(VENV)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/book: requirements.lock engine/pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable ./engine
	touch $@

$(VENV)/test: requirements-test.lock $(VENV)/book
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	touch $@
