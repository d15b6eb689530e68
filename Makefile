# Two commands for a fresh clone: `make check` and `make test`. Both make the environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check test lint snapshots growth vaults bench clean

check: $(VENV)/.installed
	$(BIN)/reglint check

test: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto

lint: $(VENV)/.installed
	$(BIN)/pre-commit run --all-files

snapshots: $(VENV)/.installed
	$(BIN)/python tests/messages.py
	$(BIN)/python tests/snapshots.py

growth: $(VENV)/.installed
	$(BIN)/pytest -q tests/growth.py

vaults: $(VENV)/.installed
	$(BIN)/python tests/vaults.py $(if $(REPOSITORIES),--repositories $(REPOSITORIES))

bench: $(VENV)/.installed
	$(BIN)/python -m bench $(OPTIONS)

$(VENV)/.installed: pyproject.toml src/reglint/__init__.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade pip # an old one writes scripts that import `re`
	$(BIN)/pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
