# The whole developer interface. Needs GNU make and a Python from 3.11 on; everything else goes into .venv.
#
#   PYTHON=python3.12 make run    another interpreter
#   make test ARGS="-k login"     more words for pytest
#   make run PORT=9000 DEMO=0     settings, as in docs/operations.md

.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
ARGS ?=

bin := .venv/bin
say := printf '\033[1m%s\033[0m\n'
ifeq ($(shell test -t 1 && echo yes),)
say := printf '%s\n'
endif

.PHONY: help run test check lint bench shots lock environment environment-dev

help:  ## list these targets
	@echo 'Usage: make <target>'
	@echo
	@sed -n 's/^\([a-z][a-z-]*\):.*  ## \(.*\)$$/  \1 \2/p' $(firstword $(MAKEFILE_LIST)) \
		| while read -r target what; do printf '  %-8s %s\n' "$$target" "$$what"; done

run: environment  ## start the product: web server and job worker (HOST, PORT, DEMO=0)
	@exec $(bin)/community run

test: environment-dev  ## run every test, on SQLite and on PostgreSQL
	@exec $(bin)/python -m pytest -n "$$($(workers))" --dist worksteal $(ARGS)

check: lint test  ## lint, types, import contracts, templates, translations, then the tests

lint: environment-dev  ## all of check but the tests
	@$(say) '· ruff';         $(bin)/python -m ruff check --quiet .
	@$(say) '· ruff format';  $(bin)/python -m ruff format --check --quiet . \
		|| { echo 'Not formatted: $(bin)/ruff format . mends it.' >&2; exit 1; }
	@$(say) '· mypy';         $(bin)/python -m mypy --no-error-summary
	@$(say) '· import rules'; $(bin)/python -c 'from importlinter.cli import lint_imports_command as c; c()' > .import_linter.log 2>&1 \
		|| { cat .import_linter.log >&2; exit 1; }
	@$(say) '· templates';    $(bin)/python -m djlint templates --lint --quiet
	@$(say) '· translations'; $(bin)/community translations check

bench: environment-dev  ## measure the product against a bare Flask page (see bench/README.md)
	@exec $(bin)/python -m bench $(ARGS)

shots: environment-dev  ## photograph the main pages into shots/
	@exec $(bin)/python -m tests.shots $(ARGS)

lock:  ## pin the dependencies of pyproject.toml anew (needs uv)
	@command -v uv >/dev/null || { echo 'make lock needs uv (pip install uv); nothing else does.' >&2; exit 1; }
	@uv pip compile $(lock_flags) pyproject.toml -o requirements.lock
	@uv pip compile $(lock_flags) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

# Hashes for every platform, and no index address: a lock made here installs from anybody's mirror.
lock_flags := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

# One worker a core and one more (they wait for databases and browsers), eight at most (each has its own).
workers = $(bin)/python -c 'import os; print(min(8, (os.cpu_count() or 1) + 1))'

# -- .venv ------------------------------------------------------------------------------------------------------------
# Two stamps in .venv, `installed` and `installed-dev`, each hold what they were made from: the interpreter, this
# folder and the locks. The dev lock is a superset, so a development .venv keeps its tools through `make run`: when
# it is stale, `run` brings it up to the dev lock. Hashes and not times, because a git checkout touches times.

environment: lockname := requirements.lock
environment: stamp := .venv/installed
environment-dev: lockname := requirements-dev.lock
environment-dev: stamp := .venv/installed-dev

environment environment-dev:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "This needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>/dev/null || echo 'not here')." >&2; \
		echo 'Name another one: make PYTHON=python3.12 …' >&2; exit 1; }
	@set -e; stamp=$(stamp); lock=$(lockname); \
	if [ -e .venv/installed-dev ]; then stamp=.venv/installed-dev; lock=requirements-dev.lock; fi; \
	place=$$($(PYTHON) -c '$(place_of)'); wanted="$$place $$($(PYTHON) -c '$(hash_of)' requirements.lock $$lock)"; \
	if [ "$$(cat $$stamp 2>/dev/null)" = "$$wanted" ] && [ -x $(bin)/community ] && [ -x $(bin)/python ]; then exit 0; fi; \
	rm -f .venv/installed .venv/installed-dev; \
	if [ "$$(cat .venv/place 2>/dev/null)" != "$$place" ] || ! $(bin)/python -m pip --version >/dev/null 2>&1; then \
		$(say) "Making .venv with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv --clear .venv || { \
			echo 'Python could not make .venv; on Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }; \
		echo "$$place" > .venv/place; \
	fi; \
	$(say) "Installing what $$lock pins (about half a minute, once)"; \
	$(bin)/python -m pip install --quiet --quiet --disable-pip-version-check --no-input --require-hashes -r $$lock; \
	printf '%s\n' $(launcher) > $(bin)/community; chmod +x $(bin)/community; \
	echo "$$wanted" > .venv/installed; \
	if [ $$lock = requirements-dev.lock ]; then echo "$$wanted" > .venv/installed-dev; fi

place_of = import os, sys; print(sys.version.split()[0], os.path.realpath(sys.base_prefix).replace(" ", "_"), os.getcwd().replace(" ", "_"))
hash_of = import hashlib, sys; print(hashlib.sha256(b"".join(open(name, "rb").read() for name in sys.argv[1:])).hexdigest())

# The product is run from this folder and not installed, so its command is written here. `/bin/sh` first, because the
# kernel cuts long interpreter lines and refuses spaces in them; Python reads the second line as a string.
launcher = '\#!/bin/sh' \
	"'''exec' \"\$$(dirname \"\$$0\")/python\" \"\$$0\" \"\$$@\"" \
	"' '''" \
	'import pathlib' \
	'import sys' \
	'' \
	'sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))' \
	'' \
	'from community.cli import main' \
	'' \
	'if __name__ == "__main__":' \
	'    sys.exit(main())'
