# Everything is in meson.build; these are the words a person types.
BUILD = build

.PHONY: all build
all build: $(BUILD)/build.ninja
	ninja -C $(BUILD)

$(BUILD)/build.ninja:
	tools/fetch-registries.sh $(BUILD)/registries
	meson setup $(BUILD)
