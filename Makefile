# Everything here needs make and a Python of at least 3.11, and nothing else. `make help` lists it.
# 3.12 and 3.11 come first because a Redis comes with them; with a later Python it is taken from PATH.

TRY    := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.12 python3.11 python3.13 python3.14 python3; do \
	$$python -c '$(TRY)' >/dev/null 2>&1 && { echo $$python; break; }; done)
PY     := .venv/bin/python
READY  := .venv/.installed
ARGS   ?=

# Side by side, in the order of the run (tests/conftest.py); one process alone where a Redis is given, which two would share.
SIDE_BY_SIDE := --numprocesses $(if $(REDIS_URL),0,2) --dist loadfile --no-loadscope-reorder

# What a deployment sets, for the checks that ask about a deployment.
DEPLOYED := DEBUG=0 BASE_URL=https://red.example.org TRUSTED_PROXY_COUNT=1 LOG_LEVEL=WARNING \
	SECRET_KEY=only-for-the-checks-of-this-makefile-0123456789-abcdefghijklmnopqrstuvwxyz
COMPILE  := .venv/bin/uv pip compile pyproject.toml --generate-hashes --universal --no-strip-extras --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types migrations project-rules messages bench bench-process bench-search bench-mail lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: $(READY) ## Run the whole network on this machine; ARGS="--reset --port 8765"
	@$(PY) manage.py demo $(ARGS)

test: $(READY) ## Run the tests on servers of their own; ARGS="-k digest -n 0"
	$(PY) -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: lint types migrations project-rules ## Everything a machine can check without running the site

lint: $(READY) ## Style, imports between apps, indentation of templates
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find templates -name '*.html' -exec .venv/bin/djhtml --check {} +
	.venv/bin/lint-imports

format: $(READY) ## Put style and indentation right
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	find templates -name '*.html' -exec .venv/bin/djhtml {} +

types: $(READY) ## Types
	$(DEPLOYED) .venv/bin/mypy

migrations: $(READY) ## Settings of a deployment, models without a migration, migrations that would lock a living site
	$(DEPLOYED) $(PY) manage.py check --deploy --fail-level WARNING
	$(DEPLOYED) $(PY) manage.py makemigrations --check --dry-run
	$(DEPLOYED) $(PY) manage.py lint_migrations

project-rules: $(READY) ## Budgets, translations, access table, templates
	$(PY) -m pytest $(SIDE_BY_SIDE) tests/project -m rule -p no:randomly

messages: $(READY) ## Collect the words to translate (needs gettext); English fills itself
	$(PY) manage.py makemessages --locale es --locale en --locale pt_BR --extension html,txt,py \
		--no-location --no-obsolete --no-wrap --ignore '.*' --ignore tests --ignore docs --ignore red_mpe/local
	$(PY) -m red_mpe.local.messages

bench: $(READY) ## Measure speed against the floor (some five minutes); fails nothing
	$(PY) -m tests.bench $(ARGS)

bench-process: $(READY) ## Measure the pages and files of a round of 5,000 comments (about two minutes)
	$(PY) -m tests.bench process $(ARGS)

bench-search: $(READY) ## Measure the search over 100,000 records
	$(PY) -m tests.bench search $(ARGS)

bench-mail: $(READY) ## Measure the digests; ARGS="--people 10000"
	$(PY) -m tests.bench mail $(ARGS)

lock: $(READY) ## Choose the versions anew, with their hashes, after a change in pyproject.toml; ARGS="--upgrade"
	$(COMPILE) --extra prod --group local --group dev $(ARGS) --output-file requirements.txt
	$(COMPILE) --extra prod --constraint requirements.txt --output-file docker/requirements.txt

clean: ## Remove what the tests and the tools left; the demo's data stay
	rm -rf .local/tests .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage htmlcov

$(READY): requirements.txt
	@test -n "$(PYTHON)" || { echo "No Python of at least 3.11 with venv was found. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing the libraries into .venv (with $(PYTHON)) …"
	@$(PY) -c '$(TRY)' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@
