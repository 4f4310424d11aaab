# Two commands do all the set-up: `make demo` and `make test`. Python 3.11+ and make are all you need.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
JOBS ?= 2

# Compiled modules are kept, so that every start after the first is quick.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check format docs bench soak lock clean

setup: .venv/.run

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is %s. Set PYTHON=python3.12, say." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/.uv: requirements-uv.lock | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.run: requirements.lock pyproject.toml .venv/.uv
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.run
	$(BIN)/python examples/demo.py

test: .venv/.dev
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak"

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/tables.py --check
	$(BIN)/python -m pytest -q tests/contract

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.dev
	$(BIN)/python docs/tables.py

bench: .venv/.dev
	$(BIN)/python -m benchmarks

soak: .venv/.dev
	$(BIN)/python -m benchmarks.soak

# New versions: edit pyproject.toml, then `make lock`.
lock: .venv/.uv
	echo 'uv==0.13.9' | $(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 - -o requirements-uv.lock
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --group build --group dev --group bench -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv build dist reports .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
