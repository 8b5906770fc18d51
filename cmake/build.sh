#!/bin/sh
# build.sh PRESET TARGET: configures when needed and builds; the compiler's output only when something goes wrong.
set -eu
cd "$(dirname "$0")/.."
log=build/$1.log
mkdir -p build
[ -e "build/$1/build.ninja" ] || echo "Building ($1); the first time takes a minute" >&2
if ! { cmake --preset "$1" && cmake --build "build/$1" --target "$2"; } >"$log" 2>&1; then
	grep -E 'error|Error|FAILED' "$log" | head -n 20 >&2
	echo "The build failed; all of it is in $log" >&2
	exit 1
fi
