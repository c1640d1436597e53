# make run   installs what is needed, once, and serves the course. `make help` lists the rest.

.DEFAULT_GOAL := help
.PHONY: help run demo set-up set-up-test test test-fast lint screens bench
MAKEFLAGS += --no-print-directory
# What Python compiles is kept: every start is a second faster.
unexport PYTHONDONTWRITEBYTECODE

# The first supported Python that can be found; an old one is named in the message that refuses it.
ifeq ($(origin PYTHON),undefined)
PYTHON := $(shell for p in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo "$$p" && exit; done; echo python3)
endif
BIN := .venv/bin
JOBS ?= 2
PYTEST = $(BIN)/python -m pytest

help:
	@echo "make run        set up on the first start, then serve the course on http://127.0.0.1:8000"
	@echo "make demo       serve a second, filled instance to look around in (filling takes a minute or two, once)"
	@echo "make test       set up what tests need, then run all of them"
	@echo "make test-fast  the tests that need no browser, no PostgreSQL and no patience"
	@echo "make lint       ruff, mypy, import-linter, djlint, translations"
	@echo "make screens    a contact sheet of every page, in screens/"
	@echo "make bench      measure pages against an empty page"
	@echo "Settings: docs/host.md. The command line: .venv/bin/imrs --help"

set-up:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "There is no $(PYTHON) here: install Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" tools/set_up.py run

set-up-test:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { echo "There is no $(PYTHON) here: install Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" tools/set_up.py test

run: set-up
	@exec $(BIN)/imrs serve

demo: set-up
	@exec $(BIN)/imrs demo

test: set-up-test
	@$(BIN)/python -m tools.provision
	@$(PYTEST) -n $(JOBS) --dist loadscope --no-loadscope-reorder $(ARGS)

test-fast: set-up-test
	@$(PYTEST) -n $(JOBS) --dist worksteal --hypothesis-profile=quick \
		-m "not browser and not postgres and not slow" $(ARGS)

lint: set-up-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint app/templates --lint --quiet
	$(BIN)/python -m tools.translations

screens: set-up-test
	@$(BIN)/python -m tools.provision
	@$(BIN)/python -m tests.browser.screens

bench: set-up-test
	@$(BIN)/python -m bench
