#!/bin/sh
# style.sh: our C is as .clang-format has it, and clang-tidy finds nothing. One version of both, for their output differs.
set -eu
cd "$(dirname "$0")/.."
files=$(git ls-files '*.c' '*.h' ':!grammars')
# shellcheck disable=SC2086
clang-format-14 --dry-run --Werror $files || {
	echo "clang-format-14 -i on these files puts it right." >&2
	exit 1
}
cmake/build.sh asan all
echo "Running clang-tidy; it takes a few minutes" >&2
git ls-files 'src/*.c' 'rules/*.c' | xargs -P "$(nproc)" -n 4 \
	clang-tidy-14 -p build/asan --quiet --extra-arg=-Wno-unknown-warning-option >build/tidy.log 2>&1 || {
	grep -E 'error:|warning:' build/tidy.log >&2
	exit 1
}
