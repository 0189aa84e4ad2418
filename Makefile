# One command each, the same by hand and in CI. `make` alone lists them.
# Nothing but Python 3.11 (or 3.12), pip and make is needed; everything is installed into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
READY := .venv/.ready
.DEFAULT_GOAL := help
.PHONY: help setup ask run index test check fix eval calibrate signs bench screens

# The question goes to the program through the environment, untouched by make and by the shell, so that it
# arrives as one argument whatever characters it holds.
ifneq ($(origin Q),undefined)
override Q := $(value Q)
export Q
endif

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(READY): requirements.lock requirements-torch.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { echo "Python is missing: install Python 3.11 and try again." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' || { echo "Python 3.11 or 3.12 is needed and $(PYTHON) is another version: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt install python3-venv) and try again." >&2; exit 1; }
	@echo "Setting up .venv, once: about 2.5 GB, a few minutes." >&2
	@test -x $(BIN)/python || "$(PYTHON)" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-torch.lock >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
	@touch $(READY)

setup: $(READY) ## install everything into .venv

ask: $(READY) ## answer a question: make ask Q="what did Rutte say about the bridge?"
	@test -n "$$Q" || { echo 'Ask something: make ask Q="what did Rutte say about the bridge?"' >&2; exit 2; }
	@$(BIN)/nato-quote ask -- "$$Q" || { code=$$?; test $$code -eq 3 || exit $$code; }  # 3: it abstained, which is an answer

run: $(READY) ## connect to Slack and answer there
	@$(BIN)/nato-quote serve

index: $(READY) ## bring the index up to the corpus
	@$(BIN)/nato-quote index

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest

check: $(READY) ## format, lint, types and who may import whom; changes nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fix: $(READY) ## mend format and lint
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(READY) ## answer the repository's own questions over three sets of documents; fails when one falls
	@$(BIN)/nato-quote eval tests/eval/sets.toml

calibrate: $(READY) ## fit the weights of ranking and abstention on the repository's questions
	@$(BIN)/nato-quote calibrate

signs: $(READY) ## what every rule and feature earns: make signs POOL=folder-of-texts
	@test -n "$(POOL)" || { echo 'Name a folder of texts: make signs POOL=folder' >&2; exit 2; }
	@$(BIN)/python -m tests.bench.signs "$(POOL)"

bench: $(READY) ## print times and memory
	@for name in reading_speed cold_start ask_shipped ask_latency serve_memory stores_scale index_scale slack_add slack_load burst soak kills; do \
		echo "== $$name"; $(BIN)/python -m tests.bench.$$name || exit 1; done

screens: $(READY) ## render every Slack message and view into docs/screens
	@$(BIN)/python -m tests.screens
