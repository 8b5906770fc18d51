#!/bin/sh
# Every test: all of them under AddressSanitizer and UBSan, the parallel ones under ThreadSanitizer.
set -eu
cd "$(dirname "$0")/.."
cmake/build.sh asan all
cmake/build.sh tsan all
ctest --test-dir build/asan --output-on-failure -j "$(nproc)"
ctest --test-dir build/tsan --output-on-failure -L parallel
