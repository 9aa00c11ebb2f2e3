# One target a task. Needs only Python >= 3.11 and make; all else goes into .venv.
# PIP_ARGS goes to every call of pip; with it, PyTorch comes from where it says.

PYTHON ?= python3
VENV ?= .venv
PIP_ARGS ?=
PORT ?= 8000
WORKERS ?= -n 3 --dist loadgroup --no-loadscope-reorder

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check $(PIP_ARGS)
CPU_WHEELS := https://download.pytorch.org/whl/cpu
TORCH := $(shell grep '^torch==' requirements.txt)
SITE := _build/html
export PYTHONPATH := $(CURDIR)

# A moved copy, or a Python that was upgraded, leaves a .venv that does not run.
ifneq ($(filter-out clean distclean,$(or $(MAKECMDGOALS),book)),)
ifeq ($(shell test -f $(VENV)/pyvenv.cfg && ! $(BIN)/python -m pip --version >/dev/null 2>&1 && echo broken),broken)
$(info $(VENV) does not run any more: it is made anew.)
$(shell rm -rf $(VENV))
endif
endif

.PHONY: book notebooks test test-engines gates lint links serve lab pdf bench clean distclean

## book: build the site; a warning, a failing cell or a broken reference is an error
book: $(VENV)/book-installed
	$(BIN)/jupyter-book build -W -n --keep-going .
	@echo "The book: file://$(CURDIR)/$(SITE)/index.html"

## test: lint, the book, then every test with the coverage of linreg_lib, three files at a time
##   (on two cores: the tests in browsers wait a lot)
test: browser lint book
	LINREG_SITE=$(SITE) OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(WORKERS) --cov --cov-report=term --cov-fail-under=95

## test-engines: some checks of the figures in Firefox and WebKitGTK, which must be installed:
##   apt-get install firefox-esr webkit2gtk-driver xvfb
test-engines: book $(VENV)/test-installed
	LINREG_ENGINES=1 LINREG_SITE=$(SITE) OMP_NUM_THREADS=1 $(BIN)/python -m pytest tests/engines

## gates: axe, html-validate and Lighthouse on the built site (these want Node 20 with npm)
gates: browser book $(VENV)/test-installed
	LINREG_GATES=1 LINREG_SITE=$(SITE) OMP_NUM_THREADS=1 $(BIN)/python -m pytest \
	  tests/gates tests/book/test_accessibility.py

# Said at once, and not after minutes.
.PHONY: browser
browser:
	@cd book/_ext && $(PYTHON) -c 'import browsers, sys; sys.exit(None if browsers.find_browser() else browsers.CURE)'

## lint: style and spelling
lint: $(VENV)/test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

## links: look whether the pages that the book refers to are still there (needs a network)
links: $(VENV)/book-installed
	$(BIN)/jupyter-book build -W --keep-going --builder linkcheck .

## serve: show the built book at http://localhost:8000 (PORT=...)
serve:
	@$(PYTHON) -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", $(PORT))) == 0 and "Port $(PORT) is taken by another program: write make serve PORT=$(shell expr $(PORT) + 1)")'
	@$(MAKE) --no-print-directory book
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

## notebooks: the chapters as notebooks that run anywhere (the book's build makes them);
##   SOLUTIONS=no leaves every solution out, for a class
notebooks: export LINREG_SOLUTIONS = $(SOLUTIONS)
notebooks: book
	@echo "The notebooks: $(CURDIR)/_build/notebooks/book"

## lab: open the chapters as notebooks in JupyterLab, linreg_lib at hand
lab: notebooks
	$(BIN)/jupyter lab --notebook-dir=_build/notebooks/book

## pdf: the whole book as one file, linked from the built site
pdf: browser book $(VENV)/test-installed
	$(BIN)/python book/print_book.py

## bench: the benchmarks, each against a named rival
bench: notebooks $(VENV)/test-installed
	for script in benchmarks/[!_]*.py; do $(BIN)/python $$script || exit 1; done

## clean: remove everything that was built; what was installed and fetched stays
clean:
	rm -rf _build dist .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	@echo "Left: $(VENV) and .cache, what is installed and fetched (make distclean removes them too)."

## distclean: remove what was installed as well; only the sources stay
distclean: clean
	@test ! -e $(VENV) || test -f $(VENV)/pyvenv.cfg || { echo "$(VENV) is no environment of Python: it stays."; exit 1; }
	rm -rf $(VENV) .cache
	@echo "Left: the sources, and pip's own cache (python3 -m pip cache purge)."

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed, this is " + sys.version.split()[0] + ": write make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# PyTorch first and alone: without an NVIDIA GPU a tenth of the size, from its index of CPU wheels.
$(VENV)/torch-installed: requirements.txt | $(VENV)/bin/python
	@if [ -z "$(PIP_ARGS)" ] && [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null; then \
	  $(PIP) --no-deps --index-url $(CPU_WHEELS) --timeout 5 --retries 0 "$(TORCH)+cpu" 2>/dev/null && touch $@ && exit; \
	  echo "No $(TORCH)+cpu from $(CPU_WHEELS): taking pip's default, which on Linux may bring several GB of CUDA."; \
	fi; \
	$(PIP) -c constraints.txt "$(TORCH)" && touch $@

$(VENV)/book-installed: requirements.txt constraints.txt $(VENV)/torch-installed
	$(PIP) --quiet -r requirements.txt
	@touch $@

$(VENV)/test-installed: requirements-test.txt requirements.txt constraints.txt $(VENV)/torch-installed
	$(PIP) --quiet -r requirements-test.txt
	@touch $@ $(VENV)/book-installed
