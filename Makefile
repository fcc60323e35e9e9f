.DEFAULT_GOAL := help
.PHONY: help install test check
PY := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.venv/.installed: requirements-dev.lock pyproject.toml
	python3 -m venv .venv || { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv .venv; }
	.venv/bin/pip install -q uv
	.venv/bin/uv pip install -q --require-hashes -r requirements-dev.lock
	.venv/bin/uv pip install -q --no-deps -e .
	touch $@

install: .venv/.installed ## the Python environment, from the lock file

check: install ## format, lint, types, who may import whom
	.venv/bin/ruff format --check src tests
	.venv/bin/ruff check src tests
	.venv/bin/mypy
	.venv/bin/lint-imports

test: install ## every test
	.venv/bin/pytest -q
