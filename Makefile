# Everything that is done to the book. `make help` lists the targets.

# The oldest Python that the locks are good for, and is here.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell \
  $(name) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) and print("$(name)")' 2>/dev/null)))
VENV := .venv
LAB := .venv-lab
LITE := .venv-lite
AUDIT := .venv-audit
BIN := $(VENV)/bin
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help book test figures cards carried site release serve served lab lite environments audit lint bench lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

book: $(VENV)/book ## build the book into _build/html
	$(BIN)/python -m annotated_reading data --pages chapters
	@# Sphinx warns of a page only when it reads it. So all are read again unless the last build was one by this rule, and
	@# had no warning. (That the engine has changed, Sphinx sees by itself.)
	@mkdir -p _build
	@test -e _build/strict -a -z "$$(find _build/.doctrees/environment.pickle -newer _build/strict 2>/dev/null)" \
	  || rm -rf _build/.doctrees
	$(BIN)/python -m annotated_reading.build .
	@touch _build/strict

test: $(VENV)/test book lint ## build the book and run every test
	@git describe --match= --always --dirty --abbrev=40 > _build/testing 2>/dev/null || true # an archive has no commit
	chromium=$$(tools/chromium) && CHROMIUM=$$chromium $(BIN)/python -m pytest --numprocesses 2 --dist loadscope engine/tests tests
	@mv _build/testing _build/tested # `make release` looks for it

lint: $(VENV)/test ## check the code's style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

figures: $(VENV)/test ## draw the pictures of charts that are new or have changed
	$(BIN)/jupyter-book build . -q --builder custom --custom-builder charts
	chromium=$$(tools/chromium) && CHROMIUM=$$chromium $(BIN)/python -m annotated_reading.figures.draw _build/charts pictures/figures data
	@# Both builders have one environment, in which this one has noted as known what the other has not written yet.
	rm -rf _build/.doctrees

cards: $(VENV)/test book ## draw the pictures that stand for pages where somebody links to them
	chromium=$$(tools/chromium) && CHROMIUM=$$chromium $(BIN)/python -m annotated_reading.site.cards _build/cards.json pictures/cards

carried: $(VENV)/test book ## build the book as EPUB, as PDF and as an archive to read offline too, into _build/html
	$(BIN)/jupyter-book build . -q -W -n --keep-going --builder custom --custom-builder epub
	@touch _build/strict
	$(BIN)/python -m annotated_reading.site.pdf _build/epub _build/html
	$(BIN)/python -m annotated_reading.site.offline _build/html

carried site release: export BOOK_FORMS = epub pdf zip
site: carried ## lay out what is published in _build/site: the book, and every edition (LOSE=--lose: without addresses that are gone)
	$(BIN)/python tools/editions.py $(LOSE)

release: $(VENV)/test ## date, tag and keep the version of CITATION.cff, once nothing that a release needs is missing
	$(BIN)/python tools/release.py

serve: $(VENV)/test ## build the book on every change and show it at http://localhost:8000
	mkdir -p _build
	$(BIN)/python -m http.server --bind localhost --directory _build/served 8000 & trap "kill $$!" INT TERM EXIT; \
	$(BIN)/watchfiles "$(MAKE) served" index.md _config.yml _toc.yml chapters data engine/src

served: book
	$(BIN)/python tools/exchange.py --lose _build/html _build/served

lab: $(LAB)/ready ## open the chapters as notebooks in JupyterLab
	JUPYTER_CONFIG_PATH=$(CURDIR)/environments/lab $(LAB)/bin/jupyter lab --LabApp.default_url=/lab/tree/chapters

lite: $(LITE)/ready book ## build JupyterLite with all notebooks and tables into _build/lite
	$(BIN)/python environments/lite/contents.py _build/html/notebooks.zip _build/lite-contents
	rm -rf _build/lite _build/lite-wheels
	$(LITE)/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --no-deps \
	  --requirement environments/lite/wheels.lock --dest _build/lite-wheels
	cd _build && ../$(LITE)/bin/jupyter lite build --contents lite-contents/notebooks --output-dir lite --apps lab \
	  --no-sourcemaps --log-level WARN $(addprefix --piplite-wheels ,lite-wheels)

environments: $(VENV)/test book lite $(LAB)/ready ## run every chapter in Binder's environment and in JupyterLab, and look at JupyterLite
	rm -rf _build/binder
	$(PYTHON) -m venv _build/binder
	_build/binder/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  --requirement .binder/requirements.txt
	chromium=$$(tools/chromium) && CHROMIUM=$$chromium $(BIN)/python -m pytest tests/environments

audit: $(AUDIT)/ready ## look for published faults in what is pinned and in the workflows; list what builds the book in _build/sbom.json
	$(AUDIT)/bin/zizmor --offline --quiet .
	mkdir -p _build
	$(AUDIT)/bin/cyclonedx-py requirements --output-reproducible --output-file _build/sbom.json requirements.lock
	for lock in requirements.lock .binder/requirements.txt environments/*/requirements.lock; do \
	  $(AUDIT)/bin/pip-audit --disable-pip --require-hashes --progress-spinner off --requirement $$lock || exit 1; done

bench: $(VENV)/test book ## print build times and page weights
	chromium=$$(tools/chromium) && CHROMIUM=$$chromium PYTHONPATH=tests $(BIN)/python tools/bench.py

lock: $(VENV)/test ## make the lock files again
	$(BIN)/uv pip compile requirements.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --custom-compile-command "make lock" --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile environments/test/requirements.txt --universal --python-version 3.11 --generate-hashes \
	  --no-emit-package annotated-reading --custom-compile-command "make lock" --constraint requirements.lock --output-file environments/test/requirements.lock
	for pair in .binder/requirements.in:.binder/requirements.txt environments/lite/wheels.txt:environments/lite/wheels.lock \
	  $(foreach name,audit lab lite hub,environments/$(name)/requirements.txt:environments/$(name)/requirements.lock); do \
	  $(BIN)/uv pip compile $${pair%:*} --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --constraint requirements.lock --output-file $${pair#*:} || exit 1; done

clean: ## remove what was built and installed
	rm -rf _build $(VENV) $(LAB) $(LITE) $(AUDIT)

$(VENV)/bin/python:
	$(if $(PYTHON),,$(error found no Python from 3.11 to 3.13, expected one: install it, or name it by PYTHON=path))
	$(PYTHON) -m venv $(VENV)

$(VENV)/book: requirements.lock engine/pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable ./engine
	touch $@

$(VENV)/test: environments/test/requirements.lock $(VENV)/book
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement environments/test/requirements.lock
	touch $@

$(LAB)/ready: environments/lab/requirements.lock
$(LITE)/ready: environments/lite/requirements.lock
$(AUDIT)/ready: environments/audit/requirements.lock
$(LAB)/ready $(LITE)/ready $(AUDIT)/ready:
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@
