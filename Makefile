# Two commands on a fresh machine: `make run`, `make test`. Everything they need they install into .venv.
PYTHON ?= python3.11
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-ray run test test-long test-kills test-ray clients check bench names scale lock sbom audit audit-dry clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# The locks are complete: pip need not resolve anything, and must not look for newer releases.
setup: .venv/.run-ready ## install what a run needs

setup-dev: .venv/.dev-ready ## install what the checks need

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run-ready: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev-ready: requirements-dev.lock .venv/.run-ready
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	touch $@

.venv/.ray-ready: requirements-ray.lock .venv/.run-ready
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-ray.lock
	touch $@

setup-ray: .venv/.ray-ready ## install what `wencang run --engine ray` needs

run: .venv/.run-ready ## one night on the sample articles
	$(BIN)/wencang run

# The hundred processes of the tests share compiled bytecode, also where the environment would not have it kept.
test: .venv/.dev-ready check ## every check and every test
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile --no-loadscope-reorder

test-long: .venv/.dev-ready ## the long modes too: every fault point, many kills, a real Prefect server
	$(BIN)/python -m pytest -m slow

test-kills: .venv/.dev-ready ## 2,000 random kills
	WENCANG_KILLS=2000 $(BIN)/python -m pytest -m slow tests/faults/test_kills.py

test-ray: .venv/.dev-ready .venv/.ray-ready ## the engine ray: two machines, killed workers, bounded memory
	$(BIN)/python -m pytest -m slow tests/flows/test_ray.py

clients: .venv/.dev-ready ## older DuckDBs, Node, Superset and Harlequin open a release; installs them below var/clients
	WENCANG_CLIENTS=$(CURDIR)/var/clients $(BIN)/python -m pytest -m clients tests/clients

check: .venv/.dev-ready ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: .venv/.run-ready ## wencang and its peers at the same work, and what a night of 20,000 articles costs here
	$(BIN)/python benchmarks/bench.py --results benchmarks/results
	$(BIN)/python benchmarks/night.py --articles 20000 --results benchmarks/results

names: .venv/.run-ready ## how well names are found in the annotated articles of benchmarks/names
	$(BIN)/python -m benchmarks.names.measure

SCALE := build/scale
scale: .venv/.run-ready ## the constants of docs/scale.md, taken anew on this machine (idle, please), and its table
	$(BIN)/python benchmarks/night.py --articles 2000 --workers 1 --results $(SCALE)
	$(BIN)/python benchmarks/night.py --articles 10000 --workers 1 --results $(SCALE)
	$(BIN)/python benchmarks/scale.py --measure $(SCALE)/night-2000.json $(SCALE)/night-10000.json

lock: .venv/.dev-ready ## pin every dependency with its hashes
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 requirements.in -o requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 requirements-dev.in -o requirements-dev.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --python-version 3.11 -c requirements.lock requirements-ray.in -o requirements-ray.lock

sbom: .venv/.dev-ready ## a CycloneDX bill of materials of the locks, build/sbom.json
	mkdir -p build
	$(BIN)/uv tool run --from cyclonedx-bom==7.1.0 cyclonedx-py requirements requirements.lock --output-reproducible -o build/sbom.json

AUDIT := $(BIN)/uv tool run --from pip-audit==2.9.0 pip-audit --strict --disable-pip --require-hashes \
	-r requirements.lock -r requirements-dev.lock -r requirements-ray.lock

audit: .venv/.dev-ready ## ask the advisory database about every pinned package; fails where one cannot be asked about
	$(AUDIT)

audit-dry: .venv/.dev-ready ## whether every pinned package could be asked about, without asking
	$(AUDIT) --dry-run

clean: ## remove what a run and the set-up left here
	rm -rf .venv var
