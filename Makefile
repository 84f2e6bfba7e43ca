# Everything is in meson.build; these are the words a person types.
BUILD = build
PREFIX = /usr/local
P = lldp
T =
SHARED = ../shared

.PHONY: all build demo test check asan valgrind warnings fuzz fuzz-all \
	bench oracle lint bless install lab clean

all build: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	tools/fetch-registries.sh $(BUILD)/registries
	meson setup $(BUILD)

# First contact: installs what is needed, builds, judges the example.
demo:
	tools/install.sh build
	$(MAKE) build
	tools/demo.sh $(BUILD)/nameplate

# Everything that can be checked here.
test:
	tools/install.sh build test
	$(MAKE) build
	tools/test.sh $(BUILD) $(SHARED)

# The quick suites, for while one works.
check: build
	meson test -C $(BUILD) --suite unit --suite golden --suite cli

asan: build-asan/build.ninja
	nice ninja -C build-asan
	nice meson test -C build-asan --no-rebuild --print-errorlogs \
		--timeout-multiplier 5 --suite unit --suite golden \
		--suite prop --suite cli --suite fuzz

build-asan/build.ninja:
	tools/install.sh build test
	tools/fetch-registries.sh build-asan/registries
	CC=clang-14 meson setup build-asan -Db_lundef=false \
		-Db_sanitize=address,undefined \
		-Dc_args=-fno-sanitize-recover=undefined

# Memcheck over units, goldens and verbs.
valgrind: build
	tools/install.sh build test
	nice tools/valgrind.sh $(BUILD)

# -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror, with both compilers.
warnings: build-gcc-12/build.ninja build-clang-14/build.ninja
	nice ninja -C build-gcc-12
	nice ninja -C build-clang-14

build-%/build.ninja:
	tools/install.sh build test
	tools/fetch-registries.sh build-$*/registries
	CC=$* meson setup build-$* --werror

# Every fuzz target: make fuzz-all S=120 L=1200 J=2
L = 1200
J = 1
fuzz-all:
	tools/install.sh build test
	tools/fuzz-all.sh -s $(S) -l $(L) -j $(J)

# make fuzz P=lldp S=120
S = 120
fuzz:
	tools/install.sh build test
	tools/fuzz.sh $(P) $(S)

bench: build
	tools/install.sh build bench
	bench/run.sh

oracle: build
	tools/oracle.sh $(BUILD)/nameplate $(SHARED)

lint: build
	tools/lint.py $(BUILD)

# make bless T=lldp/switch
bless: build
	$(BUILD)/tests/golden --bless tests/golden $(T)
	git diff --stat tests/golden

lab:
	lab/lab.sh all

install: build
	meson configure $(BUILD) -Dprefix=$(PREFIX)
	meson install -C $(BUILD)

clean:
	rm -rf $(BUILD) build-asan build-fuzz build-gcc-12 build-clang-14
