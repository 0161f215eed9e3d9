# Needs Python 3.11 and nothing else; everything is kept in .venv/ and var/.
PYTHON ?= python3.11
PORT ?=
TEST_SHARED_DIR ?= ../shared
export TEST_SHARED_DIR

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
CODE := gazetteer migrations tests benchmarks app.py
LOCK = $(BIN)/uv pip compile --quiet --no-emit-index-url --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: run seed test check format lint types bench evaluate lock clean help

run: $(VENV)/installed  ## Install, migrate, seed, build the index as needed; serve on http://127.0.0.1:5000 [PORT=5000]
	$(BIN)/gazetteer db upgrade
	$(BIN)/gazetteer seed --if-changed
	exec $(BIN)/gazetteer serve $(if $(PORT),--port $(PORT))

seed: $(VENV)/installed  ## Load or refresh the seeds and build the index; a second time changes nothing
	$(BIN)/gazetteer db upgrade
	$(BIN)/gazetteer seed

test: $(VENV)/installed-dev  ## Run all tests
	$(BIN)/pytest

check: lint types test  ## Everything a change must pass: format, lint, types, tests

format: $(VENV)/installed-dev  ## Write the code as ruff would
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

lint: $(VENV)/installed-dev  ## Check format and lint, changing nothing
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types: $(VENV)/installed-dev  ## Check types
	$(BIN)/mypy

lock: $(VENV)/installed  ## Choose versions anew: requirements*.in into requirements*.txt
	$(PIP) install --quiet uv
	$(LOCK) --upgrade requirements.in --output-file requirements.txt
	$(LOCK) --upgrade requirements-dev.in --output-file requirements-dev.txt

clean:  ## Remove the virtual environment, the caches and the data of evaluate and bench; the served data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info var/evaluate var/bench

help:  ## This list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The stamps are written last: an installation that broke off is done again.
$(VENV)/installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --no-deps --requirement requirements.txt
	$(PIP) install --quiet --no-deps --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(PIP) install --quiet --no-deps --requirement requirements-dev.txt
	touch $@
