#!/bin/sh
# The map's page in headless Chromium: map_page.sh BYLAW SHOWCASE. 77 (skipped) where there is no Chromium.
set -eu
chromium=$(command -v chromium || command -v chromium-browser) || exit 77
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" map -o html "$2" >"$folder/map.html"

# page HASH: the document after its script has run.
page() {
	"$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --user-data-dir="$folder/profile" --virtual-time-budget=2000 \
		--dump-dom "file://$folder/map.html$1" 2>"$folder/log"
}
expect() { # expect WHAT PATTERN LEAST: so many lines at the least
	count=$(tr '>' '\n' <"$folder/dom" | grep -c "$2") || true
	if [ "$count" -lt "$3" ]; then
		echo "$1: $count, not $3 at the least" >&2
		exit 1
	fi
}

page "" >"$folder/dom"
expect "rows" '<section class="row"' 5
expect "chips" '<button class="chip' 60
expect "nothing lit at first" '<main id="rows"$' 1
page "#0" >"$folder/dom"
expect "a chain lights up" '<main id="rows" class="lit"' 1
expect "its chips" 'class="chip on"\|class="chip bad on"' 3
expect "its lines" '<path d=' 2
expect "its panel" '<aside id="chain" aria-live="polite"$' 1
