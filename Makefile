# Needs Python 3.11 and nothing else; everything is kept in .venv/ and var/.
PYTHON ?= python3.11
PORT ?=
TEST_SHARED_DIR ?= ../shared
export TEST_SHARED_DIR

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
CODE := gazetteer migrations tests training benchmarks docs app.py
LOCK = $(BIN)/uv pip compile --quiet --no-emit-index-url --no-annotate --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: run seed test check format lint types bench evaluate train examples lock clean help

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

# The cities are asked of the seeds alone, as are the names that mean none once their records are taken out; the
# villages of the dumps alone: more records would make other homonyms. PEERS= leaves the peers out.
evaluate: PEERS ?= rapidfuzz,pg_trgm
evaluate: OUT := var/evaluate
evaluate: CITIES := GAZETTEER_DATA=$(OUT)/cities $(BIN)/gazetteer
evaluate: VILLAGES := GAZETTEER_DATA=$(OUT)/villages $(BIN)/gazetteer
evaluate: BENCH := $(TEST_SHARED_DIR)/bench
evaluate: DUMPS := $(TEST_SHARED_DIR)/geonames
evaluate: BOTH := $(BENCH)/cities_syiq.jsonl $(BENCH)/cities_world.jsonl
evaluate: POINTS := --context country --context country+within --context country+point
evaluate: $(VENV)/installed  ## Measure how good the answers are, on the labelled names of TEST_SHARED_DIR; write docs/matching.md
	$(CITIES) db upgrade
	$(CITIES) seed --if-changed
	$(CITIES) evaluate $(BOTH) --context none --context country --by script --by language \
	  --failures $(OUT)/failures.jsonl --json > $(OUT)/cities.json
	rm -rf $(OUT)/nil
	$(CITIES) index build --without $(BENCH)/nil_removed_ids.txt --output $(OUT)/nil
	$(CITIES) evaluate $(BOTH) --nil $(BENCH)/nil.jsonl --snapshot $(OUT)/nil \
	  --failures $(OUT)/failures_nil.jsonl --json > $(OUT)/nil.json
	$(VILLAGES) db upgrade
	$(VILLAGES) import geonames $(DUMPS)/IQ.txt $(DUMPS)/SY.txt --admin1 $(DUMPS)/admin1CodesASCII.txt \
	  --admin2 $(DUMPS)/admin2Codes.txt $(addprefix --alternate-names $(DUMPS)/alternateNamesV2/,IQ.txt SY.txt)
	$(VILLAGES) evaluate $(BENCH)/villages_syiq.jsonl $(POINTS) --failures $(OUT)/failures_villages.jsonl \
	  --json > $(OUT)/villages.json
	$(CITIES) evaluate $(BOTH) --part unseen --sample 500 --context none --context country --compare "$(PEERS)" \
	  $(if $(TEST_POSTGRES_URL),--postgres-url "$(TEST_POSTGRES_URL)") --json > $(OUT)/peers.json
	$(BIN)/python docs/measured.py $(OUT)

train: OUT := var/evaluate
train: $(VENV)/installed  ## Learn alignment, weights and calibration anew, from the indexes that `make evaluate` made
	$(BIN)/python -m training.alignment --snapshot $(OUT)/cities/index/current --pairs $(TEST_SHARED_DIR)/bench/pairs
	$(BIN)/python -m training.weights --bench $(TEST_SHARED_DIR)/bench --snapshot $(OUT)/cities/index/current \
	  --nil $(OUT)/nil --villages $(OUT)/villages/index/current

# Every benchmark is a process of its own. SIZES are the numbers of entities of the table of growth (2300000 and more
# have not been run to the end yet), ROWS those of the table that is sent over HTTP.
bench: OUT := var/bench
bench: SIZES ?= 10000,100000,241559,2300000
bench: ROWS ?= 1000000
bench: SPEED := GAZETTEER_DATA=$(OUT) $(BIN)/gazetteer
bench: MEASURE := $(BIN)/python -m benchmarks
bench: ON := --snapshot $(OUT)/index/current
bench: LABELLED := --bench $(TEST_SHARED_DIR)/bench
bench: $(VENV)/installed  ## Measure speed, memory, growth and the peers; write docs/performance.md [SIZES=… ROWS=…]
	$(SPEED) db upgrade
	$(SPEED) seed --if-changed
	GAZETTEER_DATA=$(OUT) $(MEASURE).building --output $(OUT)/building.json
	$(MEASURE).alone $(ON) $(LABELLED) --output $(OUT)/alone.json
	$(MEASURE).beside $(ON) $(LABELLED) $(if $(TEST_POSTGRES_URL),--postgres-url "$(TEST_POSTGRES_URL)") \
	  --output $(OUT)/beside.json
	$(MEASURE).http $(ON) --rows $(ROWS) --json > $(OUT)/http.json
	$(MEASURE).edits --data $(OUT) > $(OUT)/edits.txt
	$(MEASURE).growth --data $(OUT) --sizes $(SIZES) --output $(OUT)/growth.json
	$(MEASURE).page $(OUT)

examples: SEEDED := GAZETTEER_DATA=var/examples $(BIN)/gazetteer
examples: $(VENV)/installed-dev  ## Run the examples of the README on the seeds alone and write down what they say
	$(SEEDED) db upgrade
	$(SEEDED) seed --if-changed
	$(BIN)/python docs/examples.py var/examples

lock: $(VENV)/installed  ## Choose versions anew: requirements*.in into requirements*.txt
	$(PIP) install --quiet uv
	$(LOCK) --upgrade requirements.in --output-file requirements.txt
	$(LOCK) --upgrade --constraint requirements.txt requirements-frame.in --output-file requirements-frame.txt
	$(LOCK) --upgrade --constraint requirements.txt --constraint requirements-frame.txt requirements-spark.in \
	  --output-file requirements-spark.txt
	$(LOCK) --upgrade requirements-dev.in --output-file requirements-dev.txt

clean:  ## Remove the virtual environment, the caches and the data of evaluate, bench and examples; the served data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info var/evaluate var/bench var/examples

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

# Half a gigabyte, so only for those who ask; the tests of Spark skip without it.
$(VENV)/installed-spark: $(VENV)/installed requirements-spark.txt
	$(PIP) install --quiet --no-deps --requirement requirements-spark.txt
	touch $@
