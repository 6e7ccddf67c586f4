# The front door. `make` prints the targets: each line of that text is a `## ` comment below.

# Plain `make` prints them too.
.DEFAULT_GOAL := help
.NOTPARALLEL:

## MODE          of the PDFs: preprint (default), final, or submission (anonymous, numbered lines)
MODE ?= preprint
## SLUG          the analysis to hand in, as in SLUG=text-to-video (default: all of them)
SLUG ?=
## JOBS          how many papers or pages are built at a time (default: make's -j, else one for each processor)
## PYTHON        the Python that a new .venv is made with (default: the first python3 >= 3.11)
export PYTHON
## PYTEST_ARGS   more arguments for pytest, as in PYTEST_ARGS="-x tests/rules"
PYTEST_ARGS ?=

VENV := .venv/bin
# Tests are shared out among processes, one for each processor, but no more than a browser each is worth; tests of one
# file stay together. `-n0` in PYTEST_ARGS keeps them in one process.
SHARED_OUT := -n auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder
# Made last by the set-up, so it stands for a whole .venv. Its first line is the folder it was made for.
STAMP := .venv/.installed

.PHONY: help
help: ## print this text
	@echo "Targets:"
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  %-12s  %s\n", $$1, $$2 }' Makefile
	@echo "Variables:"
	@sed -n 's/^## /  /p' Makefile

.PHONY: site
site: ready-tex $(STAMP) ## check everything, then build the PDFs and the site that links to them
	$(VENV)/diptych build site --mode $(MODE)
	@$(call print_results,build/html/index.html build/pdf/*.pdf)

.PHONY: html
html: $(STAMP) ## build the site alone; needs no TeX
	$(VENV)/diptych build html
	@$(call print_results,build/html/index.html)

.PHONY: latexpdf
latexpdf: ready-tex $(STAMP) ## build the PDF of every analysis
	$(VENV)/diptych build pdf --mode $(MODE)
	@$(call print_results,build/pdf/*.pdf)

.PHONY: submission
submission: ready-tex $(STAMP) ## pack each paper with its sources into a zip to hand in
	$(VENV)/diptych submit $(SLUG) --mode $(MODE)
	@$(call print_results,build/submission/*.zip)

.PHONY: check
check: $(STAMP) ## check every analysis against its assignment
	$(VENV)/diptych check

.PHONY: words
words: $(STAMP) ## count the words of every analysis
	$(VENV)/diptych words

.PHONY: linkcheck
linkcheck: $(STAMP) ## try every link that leaves the site
	$(VENV)/diptych build linkcheck

.PHONY: test
test: ready-test $(STAMP) ## run all tests
	$(VENV)/python -m pytest $(SHARED_OUT) $(PYTEST_ARGS)

.PHONY: audit
audit: ready-audit $(STAMP) ## look at every kind of page in the browser: axe, HTML checker, Lighthouse; takes minutes
	$(VENV)/python -m pytest tests/browser -o "python_files=audit_*.py" $(PYTEST_ARGS)

.PHONY: pages
pages: $(STAMP) ## write the rules' pages and the schemas anew from the code, after a change to them
	rm -rf build/rules
	$(VENV)/diptych rules --format markdown --output build/rules
	rm -rf docs/rules # with the pages of rules that are gone
	mv build/rules docs/rules
	for name in front-matter evidence settings assignment; do \
	    $(VENV)/diptych schema $$name --output schema/$$name.json || exit; \
	done

.PHONY: bench
bench: ready-tex $(STAMP) ## measure how fast checks, site and papers are; BENCH_ARGS=--large takes hours
	$(VENV)/python tests/bench/check.py
	$(VENV)/python tests/bench/site.py $(BENCH_ARGS)
	$(VENV)/python tests/bench/papers.py $(BENCH_ARGS)

.PHONY: lint
lint: $(STAMP) ## read the Python code with ruff
	$(VENV)/ruff check .

.PHONY: lock
lock: $(STAMP) ## bring requirements.lock up to the newest versions that pyproject.toml allows
	@[ -x $(VENV)/uv ] || $(VENV)/python -m pip install --quiet uv
	$(VENV)/uv pip compile pyproject.toml --group test --group dev --group build \
	    --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	    --custom-compile-command "make lock" \
	    --output-file requirements.lock

.PHONY: clean
clean: ## remove build/ and caches; .venv stays
	rm -rf build .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -path ./.git -prune -o -type d -name __pycache__ -exec rm -rf {} +

# What follows is not for typing.

# These name all that is missing at once, before anything is built.
.PHONY: ready-tex ready-test ready-audit FORCE
ready-tex:
	@sh tools/setup.sh python tex
ready-test:
	@sh tools/setup.sh python tex texcount browser
ready-audit:
	@sh tools/setup.sh python browser audit

# FORCE when .venv was made for another folder (a copy would run the code of the original), or when its
# Python is gone.
stamp_folder := $(shell sed -n 1p $(STAMP) 2>/dev/null)
$(STAMP): requirements.lock pyproject.toml $(if $(and $(realpath $(VENV)/python),$(filter $(CURDIR),$(stamp_folder))),,FORCE)
	@sh tools/setup.sh python

# Prints where to look; a pattern that matches nothing prints nothing.
define print_results
for file in $(1); do if [ -e "$$file" ]; then echo "Look at $(CURDIR)/$$file"; fi; done
endef
