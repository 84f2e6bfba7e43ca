#!/bin/sh
# SPDX-License-Identifier: ISC
# Fetches the published schemas that the tests hold exports against (npm:
# @cyclonedx/cyclonedx-library carries CycloneDX's own) into DIR. Nothing of it
# is kept in the tree. Without npm or network the tests go by their own rules,
# which is said, and no error.
#
#	tools/fetch-schemas.sh DIR
set -u

package=@cyclonedx/cyclonedx-library
dir=${1:?usage: tools/fetch-schemas.sh DIR}

rules() {
	echo "schemas: $1; the tests go by their own rules" >&2
	exit 0
}

[ -s "$dir/node_modules/$package/res/schema/bom-1.6.SNAPSHOT.schema.json" ] &&
	exit 0
command -v npm >/dev/null || rules "npm is not installed"
mkdir -p "$dir" || exit 1
cd "$dir" || exit 1
[ -e package.json ] || echo '{"private":true}' >package.json
npm install --ignore-scripts --omit=peer --no-audit --no-fund --no-save \
	--loglevel=error "$package@10" >/dev/null 2>npm.log ||
	rules "npm could not fetch $package"
