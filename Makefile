# The two commands: `make run` opens the app, `make test` runs every test.

PYTHON ?= python3.11
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
AUDIT := $(VENV)/audit
MINIMUM_FREE_KB := 2000000
ALONE := tests/soak/soak_load.py

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev chromium test check fix bench soak load screenshots sbom audit-dependencies clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: setup ## Set up, load the sample place into an empty store, open the app
	@$(BIN)/python -m chb serve --port $(PORT) --sample-if-empty

setup: $(VENV)/.runtime ## Make .venv with the pinned requirements

setup-dev: $(VENV)/.dev

test: setup-dev chromium check ## Set up, check and run every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: setup-dev ## Lint, types, import contracts; changes nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: setup-dev ## Mend what the tools can mend by themselves
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup-dev ## Measure speed, as ratios within one run
	@# One at a time, so that a peer that cannot be had leaves the others.
	@grep -v '^#' requirements-bench.txt | xargs -n 1 $(BIN)/python -m pip install --quiet --disable-pip-version-check || \
	  echo "A peer could not be installed: see the line above. It is reported as not measured."
	@$(BIN)/python -m tests.bench

soak: setup-dev ## A hundred kills, hasty clicks, bombs, and half an hour of people at work, alone
	@$(BIN)/python -m pytest -n 2 -o python_files='soak_*.py' --timeout 0 --ignore $(ALONE) tests/soak
	@$(BIN)/python -m pytest -o python_files='soak_*.py' --timeout 0 $(ALONE)

load: setup-dev ## People at work on a real server and what they wait for; wants a quiet machine
	@$(BIN)/python -m tests.soak.load

screenshots: setup-dev chromium ## Make the README's screenshots anew, by the browser tests
	@HOLDFAST_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/browser/test_pictures.py

sbom: setup-dev $(AUDIT)/.made ## List all that is inside, scripts in packages too: build/sbom.json
	@mkdir -p build
	@$(AUDIT)/bin/cyclonedx-py environment $(BIN)/python --output-format JSON --spec-version 1.6 \
	  --output-reproducible --output-file build/sbom.packages.json
	@$(BIN)/python -m tests.supply.sbom build/sbom.packages.json build/sbom.json
	@rm build/sbom.packages.json
	@$(AUDIT)/bin/python -m tests.supply.check_schema build/sbom.json

audit-dependencies: $(AUDIT)/.made ## Ask for known vulnerabilities; fails where it cannot ask
	@$(AUDIT)/bin/python -m tests.supply.audit

clean: ## Remove the environment and caches; the data stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis build

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Holdfast needs Python 3.11: '$(PYTHON)' was not found. Install it (Debian: apt-get install python3.11 python3.11-venv), or name it: make run PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "Holdfast needs Python 3.11: '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name the right one: make run PYTHON=/path/to/python3.11"; exit 1; }
	@test "$$(df -Pk . | awk 'NR==2 {print $$4}')" -gt $(MINIMUM_FREE_KB) || { \
	  echo "The disk is nearly full: setting up needs about 2 GB here. Free some space and run the same command again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make an environment in $(VENV). On Debian: apt-get install python3.11-venv"; exit 1; }
	@touch $@

$(VENV)/.runtime: $(VENV)/.made requirements.txt
	@echo "Installing the pinned requirements (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || { \
	  echo "The requirements could not be installed: see the line above. The package index may be out of reach, or the disk full."; exit 1; }
	@$(BIN)/python -c 'from geo.warm import warm; warm()'
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo "Installing the test requirements (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || { \
	  echo "The test requirements could not be installed: see the line above."; exit 1; }
	@touch $@

$(AUDIT)/.made: $(VENV)/.made requirements-audit.txt
	@echo "Installing what lists and audits the requirements (once)"
	@$(PYTHON) -m venv --clear $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt || { \
	  echo "What lists and audits could not be installed: see the line above."; exit 1; }
	@touch $@

chromium:
	@command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	    echo "Installing Chromium for the browser tests"; \
	    export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; \
	    apt-get install -qq -y chromium chromium-headless-shell >/dev/null || \
	    apt-get install -qq -y chromium >/dev/null; \
	  else \
	    echo "The browser tests need Chromium. On Debian: sudo apt-get install chromium-headless-shell"; exit 1; \
	  fi; }
