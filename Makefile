# Two commands do everything on a fresh machine: `make run` and `make test`.
# The bootstrap finds a Python >= 3.12 and builds .venv from the lock files, hashes checked.

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: run test test-all faults mutants screenshots bench setup setup-dev lint messages lock clean

run: setup
	@$(PY) manage.py serve --port $(PORT)

setup: $(VENV)/.run

setup-dev: $(VENV)/.dev

$(VENV)/.run: requirements/run.lock
	@sh scripts/bootstrap.sh $(VENV) requirements/run.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock
	@sh scripts/bootstrap.sh $(VENV) requirements/dev.lock
	@touch $@ $(VENV)/.run

test: setup-dev
	@sh scripts/system.sh
	@$(PY) -m tests.run

test-all: setup-dev
	@sh scripts/system.sh --all
	@$(PY) -m tests.run --all

faults: setup-dev
	@sh scripts/system.sh --all
	@$(PY) -m tests.run --faults

mutants: setup-dev
	@$(PY) scripts/mutants.py

screenshots: setup-dev
	@sh scripts/system.sh
	@$(PY) -m tests.journeys.screenshots

bench: setup-dev
	@$(PY) -m benchmarks

lint: setup-dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/lint-imports

messages: setup-dev
	@sh scripts/messages.sh $(PY)

lock:
	@cd requirements && ../$(VENV)/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o run.lock run.in
	@cd requirements && ../$(VENV)/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -c run.lock -o dev.lock dev.in

clean:
	@rm -rf $(VENV) var .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov
