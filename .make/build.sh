#!/usr/bin/env bash
# Builds the release: `browser` (wasm, JS, CSS into target/site) or `server`. The server and the list
# of hashed names are copied to target/bin, because the cargo folder may be shared by several clones.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
mkdir -p target/bin

case $1 in
browser)
    .make/tools.sh build
    say "building for the browser (the first time some minutes)"
    cargo leptos build --release --split --frontend-only
    node .make/bundle.mjs "$CARGO_TARGET_DIR/release/hash.txt"
    install -m 644 "$CARGO_TARGET_DIR/release/hash.txt" target/bin/hash.txt
    ;;
server)
    say "building the server (the first time some minutes)"
    cargo build --release --package server --bin steward
    install "$CARGO_TARGET_DIR/release/steward" target/bin/steward
    ;;
esac
