# Everything is in meson.build; these are the words a person types.
BUILD = build
PREFIX = /usr/local
P = lldp
T =
SHARED = ../shared

.PHONY: all build demo test check asan fuzz bench oracle lint bless install \
	lab clean

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

asan:
	tools/install.sh build test
	CC=clang-14 meson setup build-asan -Db_sanitize=address,undefined \
		-Db_lundef=false || true
	ninja -C build-asan
	meson test -C build-asan --print-errorlogs

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
	rm -rf $(BUILD) build-asan build-fuzz
