#!/usr/bin/env bash
# The journeys in real Chromium, against the debug server and the release's wasm. Arguments go to
# Playwright, whose configuration starts the server named by STEWARD.
# The debug server, because the tests have built it already: CI's time; what browsers run is the release.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
.make/tools.sh test
cargo build --package server --bin steward

STEWARD_DATA=$(mktemp -d)
trap 'rm -rf "$STEWARD_DATA"' EXIT
CHROMIUM=$(.make/chromium.sh)
export STEWARD="$CARGO_TARGET_DIR/debug/steward" STEWARD_DATA CHROMIUM
LEPTOS_SITE_ROOT=$(realpath "$LEPTOS_SITE_ROOT")
LEPTOS_HASH_FILE_NAME=$(realpath target/bin/hash.txt)
export LEPTOS_HASH_FILE_NAME LEPTOS_HASH_FILES=true
cd end2end
"$STEWARD" with-database -- npx playwright test "$@"
