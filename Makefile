# Everything is in meson.build; these are the words a person types. `make help`
# prints what stands behind #:
BUILD = build
PREFIX = /usr/local
P = lldp
T =
SHARED = ../shared

#: make                       the same as make build
.PHONY: all build help demo test check asan valgrind warnings fuzz \
	fuzz-all bench bench-draw bench-graph bench-plan bench-protocols bench-serve oracle accuracy calibrate lint bless \
	install lab clean

#: make build                 build/nameplate, the library and the manual
all build: $(BUILD)/build.ninja
	tools/fetch-web.sh $(BUILD)/web
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	tools/fetch-registries.sh $(BUILD)/registries
	tools/fetch-web.sh $(BUILD)/web
	meson setup $(BUILD)

#: make help                  this
help:
	@sed -n 's/^#: //p' Makefile

#: make demo                  installs what is needed, builds, judges the example
demo:
	tools/install.sh build
	$(MAKE) build
	tools/demo.sh $(BUILD)/nameplate

#: make test                  installs what the tests need, runs every test
test:
	tools/install.sh build test
	$(MAKE) build
	tools/fetch-schemas.sh $(BUILD)/schemas
	tools/fetch-browser.sh $(BUILD)/browser
	tools/test.sh $(BUILD) $(SHARED)

#: make check                 the quick suites, for while one works
check: build
	meson test -C $(BUILD) --suite unit --suite golden --suite cli

#: make asan                  the suites under address and undefined sanitizer
asan: build-asan/build.ninja
	nice ninja -C build-asan
	nice meson test -C build-asan --no-rebuild --print-errorlogs \
		--timeout-multiplier 5 --suite unit --suite golden \
		--suite prop --suite cli --suite fuzz

build-asan/build.ninja:
	tools/install.sh build test
	tools/fetch-registries.sh build-asan/registries
	tools/fetch-web.sh build-asan/web
	CC=clang-14 meson setup build-asan -Db_lundef=false \
		-Db_sanitize=address,undefined \
		-Dc_args=-fno-sanitize-recover=undefined

#: make valgrind              memcheck over units, goldens and verbs
valgrind: build
	tools/install.sh build test
	nice tools/valgrind.sh $(BUILD)

#: make warnings              every warning an error, with gcc and clang
warnings: build-gcc-12/build.ninja build-clang-14/build.ninja
	nice ninja -C build-gcc-12
	nice ninja -C build-clang-14

build-%/build.ninja:
	tools/install.sh build test
	tools/fetch-registries.sh build-$*/registries
	tools/fetch-web.sh build-$*/web
	CC=$* meson setup build-$* --werror

#: make fuzz-all S=120 J=2    every fuzz target, seconds each, jobs at once
L = 1200
J = 1
fuzz-all:
	tools/install.sh build test
	tools/fuzz-all.sh -s $(S) -l $(L) -j $(J)

#: make fuzz P=lldp S=120     one fuzz target, for seconds
S = 120
fuzz:
	tools/install.sh build test
	tools/fuzz.sh $(P) $(S)

#: make bench-protocols       what each protocol costs, over its goldens
bench-protocols: build
	ninja -C $(BUILD) bench/protocols
	$(BUILD)/bench/protocols tests/golden

#: make bench-plan            2,000 and 10,000 sites until the plan's gap is proven
bench-plan: build
	ninja -C $(BUILD) bench/bench_plan
	$(BUILD)/bench/bench_plan

#: make bench-graph           a network of 100,000 boxes and 300,000 links
bench-graph: build
	ninja -C $(BUILD) bench/bench_graph
	$(BUILD)/bench/bench_graph 100000 300000

#: make bench-draw            places of 20,000 boxes, areas and flows of many
bench-draw: build
	ninja -C $(BUILD) bench/bench_draw
	$(BUILD)/bench/bench_draw

#: make bench-serve           a dossier served to wrk for 60 s, 64 connections
bench-serve: build
	tools/install.sh build bench
	$(BUILD)/nameplate examples/operator --as-of 2026-11-23 \
		-o $(BUILD)/serve.dossier >/dev/null
	bench/serve.sh $(BUILD)/nameplate $(BUILD)/serve.dossier

#: make bench                 speed, beside the tools that are installed
bench: build
	tools/install.sh build bench
	bench/run.sh

#: make oracle                everything held against tshark
oracle: build
	tools/oracle.sh $(BUILD)/nameplate $(SHARED)

#: make accuracy              how often the answers are right, on labelled cases
accuracy: build
	tools/accuracy.py $(BUILD)/nameplate $(SHARED)

#: make calibrate             counts again how often like cases are right
calibrate: build
	tools/calibrate.py $(BUILD)/nameplate $(SHARED) knowledge/like.yaml

#: make lint                  the house rules that a machine can keep
lint: build
	tools/lint.py $(BUILD)

#: make bless T=lldp/switch   takes what is read now as what has to be read
bless: build
	$(BUILD)/tests/golden --bless tests/golden $(T)
	git diff --stat tests/golden

#: make lab                   captures from real daemons in network namespaces
lab:
	lab/lab.sh all

#: make install PREFIX=/usr   program, library, header, manual, schemas
install: build
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	meson install -C $(BUILD)

#: make clean                 every build directory
clean:
	rm -rf $(BUILD) build-asan build-fuzz build-gcc-12 build-clang-14
