#!/usr/bin/env bash
# Writes the metadata of every checked query into the named folder, from a throw-away database that
# has just run app/migrations. The launcher is the newest steward there is: when app/.sqlx is out of
# date, this very tree cannot be compiled without a database.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh

cargo build --quiet --package server --bin steward 2>/dev/null || true
steward=$(ls -t "$CARGO_TARGET_DIR/debug/steward" target/bin/steward 2>/dev/null | head -n 1 || true)
[[ -n $steward ]] || { echo "There is no built steward that could start a database." >&2; exit 1; }

mkdir -p target
fresh=$(mktemp -d target/sqlx-XXXXXX)
trap 'rm -rf "$fresh"' EXIT
# A flag that nothing reads makes clippy run the macros again, and leaves all other builds fresh.
"$steward" with-database --migrate app/migrations -- \
    env SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$(realpath "$fresh")" \
    cargo clippy --quiet --package app --lib --features ssr -- --cfg "asked_at_$(date +%s)"
# Only now: a query that does not compile must not cost the metadata of the others.
chmod 755 "$fresh"
rm -rf "$1"
mv "$fresh" "$1"
