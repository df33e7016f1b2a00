# Every target sets up what it needs; `make` alone lists them.
.DEFAULT_GOAL := help
.SILENT:
.PHONY: help run test test-all check format migrate bench translations
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# A file of tests stays with one process, in which what its tests share is made once; the browser's come first.
PARALLEL := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
CODE := mentorship migrations tests tools benchmarks

help:           ## list the targets
	grep -hE '^[a-z-]+: .*##|^[a-z-]+:  *##' Makefile | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 20

run: .venv/run.stamp        ## start the service: settings, database, a demo community, web server, worker
	tools/setup_system.sh run || true  # without Pango it runs too, and says that it makes no PDF
	exec $(BIN)/mentorship run --demo

test: .venv/dev.stamp       ## the tests, on SQLite and PostgreSQL and in a browser (only some: make test T=tests/rules)
	tools/setup_system.sh test
	$(PYTEST) $(if $(T),,$(PARALLEL)) -m "not full" $(T)

test-all: .venv/dev.stamp   ## the same tests with the full figures (long)
	tools/setup_system.sh test
	$(PYTEST) $(T)

check: .venv/dev.stamp      ## style, types, import contracts, translations, requirements
	PATH="$(CURDIR)/$(BIN):$$PATH" tools/check.sh

format: .venv/dev.stamp     ## put the code in its usual form
	$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format --quiet .

migrate: .venv/dev.stamp    ## write a migration for what changed in the models: make migrate M="Add a column"
	$(BIN)/python -m tools.migrate "$(M)"

bench: .venv/dev.stamp      ## measure the performance claims
	$(BIN)/python -m benchmarks.rounds --newcomers 10000 --mentors 2000 --places scarce --seed 1 --json
	$(BIN)/python -m benchmarks.peers --newcomers 1000 --mentors 200 --seed 1 --json

translations: .venv/dev.stamp   ## collect the strings to translate and bring the catalogues up to date
	$(BIN)/python -m tools.translations update

.venv/run.stamp: requirements.txt pyproject.toml tools/setup.sh
	tools/setup.sh requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt pyproject.toml tools/setup.sh
	tools/setup.sh requirements-dev.txt
	touch $@ .venv/run.stamp
