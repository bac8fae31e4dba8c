# The door: demo, test, lint, bench, docs. Each sets up what it needs once; a second run sets up nothing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVER := .venv-libretranslate
SERVER_READY := $(SERVER)/.ready

.DEFAULT_GOAL := help
.PHONY: help browser screenshots demo test lint bench docs golden lock clean setup

help:
	@echo "make demo   audit the shipped samples and write demo-report/report.html"
	@echo "make test   run every test, and the linters"
	@echo "make lint   ruff, mypy and the layers alone"
	@echo "make bench  measure quality and speed (EVAL=folder of case files)"
	@echo "make screenshots  renew the pictures of the desk in docs/images"
	@echo "make docs   renew what is generated in docs/ (checks and word tables), build the site in build/site"
	@echo "make golden renew the samples' golden reports (read the difference before you commit it)"
	@echo "make lock   renew the lock files (needs uv)"

setup: $(READY)

$(READY): requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 ..." >&2; exit 2; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "A virtual environment could not be made. On Debian: apt-get install python3-venv" >&2; exit 2; }
	@echo "Setting up $(VENV) (once; a few minutes, most of it dictionaries) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes --requirement requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The real LibreTranslate that tests talk to. Without a package index its tests are skipped, unless AUDITOR_TEST_ALL=1 (CI).
$(SERVER_READY): requirements-libretranslate.lock
	@echo "Setting up $(SERVER) for the tests (once; a minute, 600 MB) ..."
	@rm -rf $(SERVER) && $(PYTHON) -m venv $(SERVER)
	@$(SERVER)/bin/pip install --quiet --disable-pip-version-check --use-pep517 --require-hashes --requirement requirements-libretranslate.lock \
	  || { rm -rf $(SERVER); exit 2; }
	@touch $@

demo: $(READY)
	@$(BIN)/auditor demo

# The browser of the desk's tests. Where it cannot be had they are skipped, unless AUDITOR_TEST_ALL=1 (CI).
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && echo "Installing Chromium for the tests (once; a minute, 400 MB) ..." && \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; } || \
	  echo "There is no Chromium (Debian: apt-get install chromium fonts-noto-cjk); the desk's browser tests are skipped." >&2

screenshots: $(READY) browser
	@$(BIN)/python -m tests.make_screenshots docs/images

test: $(READY) lint browser
	@$(MAKE) --no-print-directory $(SERVER_READY) || { test "$$AUDITOR_TEST_ALL" != 1 && \
	  echo "LibreTranslate could not be set up; the tests that talk to it are skipped." >&2; }
	@$(BIN)/pytest -n $(shell nproc 2>/dev/null || echo 2) --dist loadfile

lint: $(READY)
	@$(BIN)/ruff check auditor tests docs
	@$(BIN)/ruff format --check auditor tests docs
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(READY)
	@$(BIN)/python -m auditor.evaluation.bench $(if $(EVAL),--cases $(EVAL))
	@$(BIN)/python -m auditor.evaluation.engines tests/models/*.argosmodel

docs: $(READY)
	@$(BIN)/python -m auditor.evaluation.manual docs/checks.md
	@$(BIN)/python -m tests.test_pitfalls
	@$(BIN)/mkdocs build --strict --quiet

golden: $(READY)
	@$(BIN)/python -m tests.make_golden

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet requirements-libretranslate.in -o requirements-libretranslate.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet requirements-build.in -o requirements-build.lock

clean:
	rm -rf $(VENV) $(SERVER) demo-report .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
