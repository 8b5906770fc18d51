#!/bin/sh
# ready.sh [tests|style|fuzz]: installs what is missing for a build (and for the tests, for clang-format and clang-tidy, or
# for libFuzzer): Debian packages by apt, pinned npm packages. Quiet when nothing is missing.
set -eu
cd "$(dirname "$0")/.."

packages=""
need() { # need PACKAGE TEST…
	package=$1
	shift
	"$@" >/dev/null 2>&1 || packages="$packages $package"
}
need gcc command -v cc
need libc6-dev test -e /usr/include/stdio.h
need cmake command -v cmake
need ninja-build command -v ninja
need pkg-config command -v pkg-config
need npm command -v npm
need libyaml-dev pkg-config --exists yaml-0.1
need libcjson-dev pkg-config --exists libcjson
need libgit2-dev pkg-config --exists libgit2
need libxxhash-dev pkg-config --exists libxxhash
need libcmocka-dev pkg-config --exists cmocka
# The map's page is looked at in a browser; elsewhere than on Debian only where there is one.
if [ "${1:-}" = tests ] && grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
	need chromium command -v chromium
fi
if [ "${1:-}" = style ]; then
	need clang-format-14 command -v clang-format-14
	need clang-tidy-14 command -v clang-tidy-14
fi
if [ "${1:-}" = fuzz ]; then
	need clang command -v clang
	# shellcheck disable=SC2016
	need libclang-rt-dev sh -c 'test -e "$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer-$(uname -m).a"'
fi

if [ -n "$packages" ]; then
	if ! command -v apt-get >/dev/null 2>&1; then
		echo "bylaw needs these Debian packages, or what they are called here:$packages" >&2
		exit 1
	fi
	sudo=""
	if [ "$(id -u)" -ne 0 ]; then
		if ! command -v sudo >/dev/null 2>&1; then
			echo "Ask an administrator to run: apt-get install$packages" >&2
			exit 1
		fi
		sudo=sudo
	fi
	echo "Installing$packages" >&2
	$sudo apt-get update -qq >/dev/null
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive DEBCONF_NOWARNINGS=yes apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

# npm_packages FOLDER WHAT: what its lock file pins, fetched once.
npm_packages() {
	stamp=$1/node_modules/.bylaw-lock
	if ! cmp -s "$1/package-lock.json" "$stamp"; then
		echo "Fetching $2" >&2
		(cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null) || {
			echo "$2 could not be fetched: \`npm ci --ignore-scripts\` in $1 says why." >&2
			exit 1
		}
		cp "$1/package-lock.json" "$stamp"
	fi
}
npm_packages grammars "the grammars"
if [ "${1:-}" = tests ]; then
	npm_packages tests/sarif "the schema validator"
fi
