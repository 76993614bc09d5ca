# The two commands: `make run` shows a whole rehearsal election, `make test` proves that the house stands.

REHEARSAL ?= rehearsal
PYTHON ?= python3
WORKERS ?= 3
bin := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: build run test lint bench mutants pictures wheel lock translations clean

build: .venv/.runtime-installed .venv/.speech-installed votingapp/static/bundle/.built translations

run: build
	@$(bin)/votingapp rehearse --out $(REHEARSAL)

test: build .venv/.dev-installed
	@scripts/test-needs.sh
	PYTEST_DEBUG_TEMPROOT=$$(scripts/test-temp.sh) scripts/node.sh $(bin)/pytest -n $(WORKERS) --dist worksteal $(PYTEST_ARGS)

lint: build .venv/.dev-installed
	$(bin)/ruff check --output-format concise .
	$(bin)/ruff format --check --quiet .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/djlint templates --lint --quiet
	$(bin)/python scripts/check_translations.py
	scripts/node.sh npm --prefix frontend run --silent check

bench: build .venv/.dev-installed
	@scripts/test-needs.sh
	scripts/node.sh $(bin)/python -m benchmarks

# Changes the rules of the count in small ways, one at a time, and lists the changes that no test notices and docs/mutants.md does
# not explain. Hours of one core; `make mutants MODULES="tally/dice.py tally/paper.py"` takes some.
mutants: build build/mutants-venv/.installed
	nice -n 15 build/mutants-venv/bin/python scripts/mutants.py $(MODULES)

# The pictures of the manual, taken of a rehearsal in a real browser, and of the screens of booth and public pages in Danish and Arabic.
pictures: build .venv/.dev-installed
	@scripts/test-needs.sh
	$(bin)/python scripts/take_pictures.py

wheel: build
	$(bin)/python -m hatchling build -t wheel

translations: .venv/.runtime-installed
	@$(bin)/python scripts/compile_translations.py

# Writes the lock files anew; needs `uv`. No address of a registry is recorded.
lock:
	scripts/lock.sh

clean:
	rm -rf .venv build dist frontend/node_modules votingapp/static/bundle

.venv/.runtime-installed: requirements.txt pyproject.toml
	@PYTHON=$(PYTHON) scripts/environment.sh requirements.txt
	@touch $@

# The voice of the booth is in no way needed to vote: where it is not to be had, the booth is silent and the build goes on.
.venv/.speech-installed: requirements-speech.txt .venv/.runtime-installed
	@scripts/speech.sh
	@touch $@

.venv/.dev-installed: requirements-dev.txt .venv/.runtime-installed
	@PYTHON=$(PYTHON) scripts/environment.sh requirements-dev.txt
	@touch $@

# What mutmut brings renames processes, by which the tests of the supervisor know them: it has an environment of its own.
build/mutants-venv/.installed: requirements-mutants.txt
	@mkdir -p build
	@VENV=build/mutants-venv PYTHON=$(PYTHON) scripts/environment.sh requirements-mutants.txt
	@touch $@

votingapp/static/bundle/.built: frontend/package-lock.json $(shell find frontend -path frontend/node_modules -prune -o -type f \( -name '*.ts' -o -name '*.css' -o -name '*.mjs' -o -name '*.json' \) -print) .venv/.runtime-installed
	@scripts/frontend.sh
	@touch $@
