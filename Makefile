# `make up` starts Catchball, `make test` proves it. Both need Python 3.11 or newer and nothing else.
PYTHON ?= python3
CATCHBALL = .venv/bin/catchball

.PHONY: up test check bench scale-test schema app lock prove-reads

up:
	@$(PYTHON) .ci/environment.py
	@exec $(CATCHBALL) up

test:
	@$(PYTHON) .ci/environment.py --test
	@.venv/bin/python .ci/tools.py
	@.venv/bin/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(TESTS)

# The quick half of the tests: style, types, borders, files.
check:
	@$(PYTHON) .ci/environment.py --test
	@.venv/bin/pytest tests/house -q

# Three readers of one schema agree on 200,000 generated documents; PROVE="--documents 5000 --seed 7" asks for others.
prove-reads:
	@$(PYTHON) .ci/environment.py --test
	@exec .venv/bin/python -m tests.api.reading.prove $(PROVE)

bench:
	@$(PYTHON) .ci/environment.py --test
	@exec $(CATCHBALL) bench

# PgBouncer, a standby, two webs, two workers and accidents on this machine, in three minutes; ARGS=--record keeps it.
scale-test:
	@$(PYTHON) .ci/environment.py --test
	@exec .venv/bin/python -m tests.scale $(ARGS)

schema:
	@$(CATCHBALL) schema

app:
	@.venv/bin/python -m mobile.build

lock:
	@.venv/bin/python -m tests.house.locks
