#!/bin/sh
# fuzz.sh SECONDS: each fuzz target under libFuzzer for so long, from the goldens and from what is replayed by the tests.
# What it finds is in build/fuzz: inputs that reach new code in corpus/, those that fail as crash-… and the like.
set -eu
cd "$(dirname "$0")/.."
cmake/build.sh fuzz all
for target in build/fuzz/tests/fuzz_*; do
	[ -x "$target" ] || continue
	name=${target##*/fuzz_}
	found=build/fuzz/corpus/$name
	seeds=build/fuzz/seeds/$name
	mkdir -p "$found" "$seeds"
	"build/fuzz/tests/seeds_$name" --write "$seeds" --goldens tests/parse
	[ ! -d "tests/fuzz/corpus/$name" ] || cp tests/fuzz/corpus/"$name"/* "$seeds"
	"$target" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 -artifact_prefix=build/fuzz/ "$found" "$seeds"
done
