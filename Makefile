# `make site` and `make test` set up all they need in .venv; nothing is installed outside this folder.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1
# Of the build backend, too, which pip installs by itself; newer ones read the second of these for it.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := constraints.txt
ifdef CODEX
# Asked of the shell, since make itself would part a folder's name at its spaces.
export CODEX_ROOT := $(shell cd "$(CODEX)" 2>/dev/null && pwd)
ifeq ($(CODEX_ROOT),)
$(error There is no folder "$(CODEX)". Write CODEX= and the folder of your codex, such as CODEX=../my-notes)
endif
endif

BENCH_SIZES ?= 1000 4000
BENCH_CODEX ?= 1300

.PHONY: site serve lint test test-all fuzz bench format screenshots lighthouse clean

site: $(VENV)/.ready ## Build the site of CODEX (default: the sample in this repository) into site/
	$(BIN)/mkdocs build $(MKDOCS_FLAGS)

serve: $(VENV)/.ready ## Serve it on http://127.0.0.1:8000/ and rebuild when a note changes
	$(BIN)/mkdocs serve $(MKDOCS_FLAGS)

lint: $(VENV)/.ready-dev ## Lint, form and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Tests that share what takes long to make stay with one process: tests/support/scheduling.py says which.
PYTEST := $(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test: lint ## Lint, types, and the tests
	$(PYTEST) -m "not exhaustive" $(PYTEST_FLAGS)

test-all: lint ## The same, and on a whole real codex in ../shared/codex what other tests hold on small ones
	$(PYTEST) $(PYTEST_FLAGS)

fuzz: $(VENV)/.ready-fuzz ## Look for texts that break a promise; FUZZ_FLAGS="--seconds 600 body" for one of them
	$(BIN)/python fuzz/run.py $(FUZZ_FLAGS)

bench: $(VENV)/.ready ## Measure builds of BENCH_SIZES made-up notes, checks, edits while serving, other generators
	$(BIN)/python benchmarks/scale.py $(BENCH_SIZES)
	$(BIN)/python benchmarks/check.py $(BENCH_CODEX)
	$(BIN)/python benchmarks/serve.py $(BENCH_CODEX)
	$(BIN)/python benchmarks/isolation.py $(BENCH_CODEX) 3
	$(BIN)/python benchmarks/compare.py

format: $(VENV)/.ready-dev ## Put the code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/.ready-dev ## Make the pictures of the README and the guide anew, with a Chromium
	$(BIN)/python scripts/screenshots.py

lighthouse: $(VENV)/.ready ## Have Lighthouse judge the site of CODEX, with a Chromium and Node.js
	$(BIN)/python scripts/lighthouse.py $(LIGHTHOUSE_FLAGS)

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say where it is with PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready $(wildcard tests/fidelity/specifications/*.txt)
	$(BIN)/pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	@# The sources of a Markdown parser hold the examples of the specifications, which are not ours to copy.
	for list in tests/fidelity/specifications/*.txt; do $(BIN)/pip download --quiet --disable-pip-version-check \
	  --no-deps --no-binary :all: --require-hashes --requirement $$list --dest $(VENV)/specifications || exit; done
	@touch $@

$(VENV)/.ready-fuzz: $(VENV)/.ready-dev
	$(BIN)/pip install --quiet --disable-pip-version-check --group fuzz
	@touch $@

clean: ## Remove what was built and set up
	rm -rf site .site.* .cache/codex $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .fuzz
