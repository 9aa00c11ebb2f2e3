# One target a task. Needs only Python >= 3.11 and make; all else goes into .venv.
#
# Linux without a GPU: name PyTorch's index of CPU wheels (README, "Set-up"):
#   make book PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"

PYTHON ?= python3
VENV ?= .venv
PIP_ARGS ?=
PORT ?= 8000

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(PIP_ARGS)
SITE := _build/html
export PYTHONPATH := $(CURDIR)

.PHONY: book notebooks test test-engines lint links serve lab bench clean

## book: build the site; a warning, a failing cell or a broken reference is an error
book: $(VENV)/book-installed
	$(BIN)/jupyter-book build -W -n --keep-going .
	@echo "The book: file://$(CURDIR)/$(SITE)/index.html"

## test: lint, the book, then every test with the coverage of linreg_lib
test: lint book
	LINREG_SITE=$(SITE) OMP_NUM_THREADS=1 $(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=95

## test-engines: some checks of the figures in Firefox and WebKitGTK, which must be installed:
##   apt-get install firefox-esr webkit2gtk-driver xvfb
test-engines: book $(VENV)/test-installed
	LINREG_ENGINES=1 LINREG_SITE=$(SITE) OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/engines

## lint: style and spelling
lint: $(VENV)/test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

## links: look whether the pages that the book refers to are still there (needs a network)
links: $(VENV)/book-installed
	$(BIN)/jupyter-book build -W --keep-going --builder linkcheck .

## serve: show the built book at http://localhost:8000 (PORT=...)
serve: book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

## notebooks: the chapters as notebooks that run anywhere (the book's build makes them)
notebooks: book
	@echo "The notebooks: $(CURDIR)/_build/notebooks/book"

## lab: open the chapters as notebooks in JupyterLab, linreg_lib at hand
lab: notebooks
	$(BIN)/jupyter lab --notebook-dir=_build/notebooks/book

## bench: the benchmarks, each against a named rival
bench: notebooks $(VENV)/test-installed
	for script in benchmarks/[!_]*.py; do $(BIN)/python $$script || exit 1; done

## clean: remove everything that was built
clean:
	rm -rf _build dist .pytest_cache .ruff_cache .hypothesis .coverage htmlcov

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed, this is " + sys.version.split()[0] + ": write make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/book-installed: requirements.txt constraints.txt | $(VENV)/bin/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/test-installed: requirements-test.txt requirements.txt constraints.txt | $(VENV)/bin/python
	$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/book-installed
