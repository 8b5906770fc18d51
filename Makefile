# Thin: each target makes sure that what it needs is there, builds, runs.
DIR ?= tests/showcase
ARGS ?=
ROUNDS ?= 5
SECONDS ?= 60
release := build/release
Q := @

.PHONY: lint test style bench fuzz build ready clean

build: ready
	$(Q)cmake/build.sh release bylaw

lint: build
	$(Q)$(release)/bylaw check $(ARGS) $(DIR)

test:
	$(Q)cmake/ready.sh tests
	$(Q)cmake/test.sh

style:
	$(Q)cmake/ready.sh style
	$(Q)cmake/style.sh

bench: ready
	$(Q)cmake/build.sh release all
	$(Q)$(release)/tests/bench $(release)/tests/bare_parse $(release)/bylaw $(DIR) $(ROUNDS)

fuzz:
	$(Q)cmake/ready.sh fuzz
	$(Q)cmake/fuzz.sh $(SECONDS)

ready:
	$(Q)cmake/ready.sh

clean:
	rm -rf build
