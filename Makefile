# `make demo` and `make test` work in a fresh clone: the first one to run does the set-up.

VENV := .venv
ifeq ($(OS),Windows_NT)
PYTHON_HERE := $(VENV)/Scripts/python.exe
else
PYTHON_HERE := $(VENV)/bin/python
endif
READY := $(VENV)/ready

# A set-up is stale if the checkout was moved or copied, or if its Python is gone.
STALE := $(shell test "$$(cat $(READY) 2>/dev/null)" = "$$(pwd -P)" && test -x $(PYTHON_HERE) || echo stale)

.PHONY: demo test bench soak lint clean stale

demo: $(READY)  ## render the parabola as a film and as a GIF
	@mkdir -p media
	$(PYTHON_HERE) -m gdsim render parabola -q m -o media/parabola.mp4
	$(PYTHON_HERE) -m gdsim render parabola --cut loop -q l -o media/parabola.gif
	@printf '\nThe film: %s\nThe GIF:  %s\n' "$$(pwd)/media/parabola.mp4" "$$(pwd)/media/parabola.gif"

test: $(READY)  ## run all tests on all cores; ARGS is passed to pytest
	@.ci/setup for-tests
	$(PYTHON_HERE) -m pytest -n auto --dist worksteal $(ARGS)

bench: $(READY)  ## run the benchmarks; each prints a ratio measured side by side
	@for file in benchmarks/*.py; do \
	  [ ! -e "$$file" ] || [ "$$file" = benchmarks/soak.py ] || { echo "$$file"; $(PYTHON_HERE) "$$file" || exit 1; }; \
	done

soak: $(READY)  ## before a release: everything that may befall a render, at random; ARGS="--seconds 3600" for longer
	$(PYTHON_HERE) benchmarks/soak.py $(ARGS)

lint: $(READY)
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy

clean:  ## remove what tools left behind, but keep films and .venv
	rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
	find gdsim scenes tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt .ci/setup $(STALE)
	@.ci/setup

stale:
