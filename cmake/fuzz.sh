#!/bin/sh
# fuzz.sh SECONDS: each fuzz target under libFuzzer for so long. Needs clang.
set -eu
cd "$(dirname "$0")/.."
command -v clang >/dev/null 2>&1 || { echo "make fuzz needs clang: apt-get install clang" >&2; exit 1; }
cmake/build.sh fuzz all
for target in build/fuzz/tests/fuzz_*; do
	[ -x "$target" ] || continue
	name=$(basename "$target")
	mkdir -p "build/fuzz/corpus/$name"
	seeds="tests/fuzz/corpus/${name#fuzz_}"
	[ -d "$seeds" ] || seeds=""
	# shellcheck disable=SC2086
	"$target" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 "build/fuzz/corpus/$name" $seeds
done
