# `make` alone lists the targets that work.
SHELL := /bin/bash
.DEFAULT_GOAL := list
PY := .venv/bin/python
UV_VERSION := 0.13.9
QUOTES ?= $(wildcard ../shared/data/quotes/polnear_dev.jsonl)
SILENCE ?= $(wildcard $(addprefix ../shared/data/silence/,series_dev.npz series_dev.json episodes_dev.csv))

# Small matrices: threads that share one cost more than they bring.
export OPENBLAS_NUM_THREADS ?= 1
export OMP_NUM_THREADS ?= 1

.PHONY: $(shell grep -oE "^[a-z-]+:" Makefile | tr -d :)
CODE := src tests evaluation benchmarks tools

list: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/.ready ## environment and language model, from the lock

.venv/.ready: requirements.lock pyproject.toml tools/setup.sh
	@UV_VERSION=$(UV_VERSION) bash tools/setup.sh

lock: ## resolve the dependencies again and write requirements.lock
	.venv/bin/uv pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes --no-emit-index-url --no-emit-find-links -q -o requirements.lock

demo: setup ## read the sample reports and print the board
	@$(PY) -m holdfire.cli.main demo

serve: setup ## show the sample ledger in a browser (PORT=8321)
	@$(PY) -m holdfire.cli.main serve --samples --port $(or $(PORT),8321)

check: setup ## format, lint, types, import floors
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/ruff check $(CODE)
	.venv/bin/mypy
	.venv/bin/lint-imports

test: setup ## every test
	$(PY) -m pytest

browser: setup ## walk the pages in Chromium
	$(PY) -m pytest tests/web tests/browser

soak: export SOAK_SECONDS ?= 600
soak: setup ## read mangled reports for SOAK_SECONDS (600)
	$(PY) -m pytest -m soak -s

rules: setup ## validate the rules, run their examples
	$(PY) -m holdfire.cli.main rules check
	$(PY) -m holdfire.cli.main rules test

eval: setup ## measure on the annotated corpora, compare with the floors
	$(PY) -m evaluation.run
	$(PY) -m evaluation.scenarios
	$(if $(QUOTES),$(PY) -m evaluation.quotes $(QUOTES),@echo "quotations: not measured, no annotated set (QUOTES=FILE)")
	$(if $(SILENCE),$(PY) -m evaluation.silence $(SILENCE),@echo "silence: not measured, no tables of counts (SILENCE=\"A.npz A.json E.csv\")")

bench: setup ## measure what each stage costs, as ratios in one run
	$(PY) -m benchmarks.reading $(if $(QUOTES),--political $(QUOTES)) --json build/benchmarks/reading.json
	$(PY) -m benchmarks.attribution
	$(PY) -m benchmarks.times_places
	$(PY) -m benchmarks.knowledge
	$(PY) -m benchmarks.ledger
	$(PY) -m benchmarks.board
	$(PY) -m benchmarks.web
	$(PY) -m benchmarks.briefs
	$(PY) -m benchmarks.event_tables

docs: setup ## rebuild the pages and screens that are made from the code
	$(PY) tools/reference.py
	$(PY) tools/demo_in_readme.py
	$(PY) tools/example_brief.py
