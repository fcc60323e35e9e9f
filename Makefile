.DEFAULT_GOAL := help
.PHONY: help install run reset test check bench bench-faults mariadb chromium
# Debian's packages, without questions and without what is only recommended.
APT := DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

.venv/.installed: requirements-dev.lock pyproject.toml
	python3 -m venv .venv || { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv && python3 -m venv .venv; }
	.venv/bin/pip install -q uv
	.venv/bin/uv pip install -q --require-hashes -r requirements-dev.lock
	.venv/bin/uv pip install -q --no-deps -e .
	touch $@

install: .venv/.installed ## the Python environment, from the lock file

# The front end is built again when one of its sources is newer.
WEB_SOURCES := $(shell find web/src web/public web/scripts web/index.html web/vite.config.ts web/package.json -type f 2>/dev/null)

web/node_modules/.installed: web/package-lock.json
	@command -v npm >/dev/null || { echo "Node.js 20 with npm is needed to build the front end."; exit 1; }
	cd web && npm ci --no-audit --no-fund
	touch $@

web/dist/index.html: web/node_modules/.installed $(WEB_SOURCES)
	cd web && npm run build
	touch $@

run: install web/dist/index.html ## try it: the demo on this machine, with the stand-in for SBB
	@.venv/bin/agenturclient demo

reset: ## empty the demo
	rm -rf .demo

mariadb:
	@command -v mariadbd >/dev/null || { apt-get update -qq && $(APT) mariadb-server; }

chromium:
	@command -v chromium >/dev/null || { apt-get update -qq && $(APT) chromium; }

check: install web/node_modules/.installed ## format, lint, types, who may import whom; front end too
	.venv/bin/ruff format --check src tests bench
	.venv/bin/ruff check src tests bench
	.venv/bin/mypy
	.venv/bin/lint-imports
	cd web && npm run check

test: install web/dist/index.html mariadb chromium ## every test: front end, both databases, faults, Chromium
	cd web && npm test
	.venv/bin/pytest -q -n 3 --dist loadfile

bench: install web/dist/index.html mariadb ## every measure of docs/measurements.md, some 8 minutes; ORDERS=1000000 for the long lists
	.venv/bin/python bench/overhead.py --sales 100
	.venv/bin/python bench/order_lists.py --large $(or $(ORDERS),200000) --rounds 5
	.venv/bin/python bench/sandbox_search.py --pairs 100
	.venv/bin/python bench/sandbox_capacity.py --sequences 500
	.venv/bin/python bench/startup.py --starts 3 --sales 100
	.venv/bin/python bench/frontend_size.py

bench-faults: install mariadb ## sales under faults and kills, books compared: SALES=10000 SEED=7 DATABASE=sqlite
	PYTHONPATH=bench:tests .venv/bin/python -m faults $(if $(SALES),--sales $(SALES)) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))
