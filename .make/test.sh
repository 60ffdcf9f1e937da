#!/usr/bin/env bash
# Everything that must hold. Stops at the first failure; the runners speak for themselves.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
.make/tools.sh build
.make/tools.sh test

say "format"
cargo fmt --all --check

say "lints"
cargo clippy --workspace --all-targets -- --deny warnings
cargo clippy --package app --lib --target wasm32-unknown-unknown --no-default-features --features hydrate \
    --target-dir "$CARGO_TARGET_DIR/front" -- --deny warnings

say "tests"
cargo build --package server --bin steward
if cargo nextest --version >/dev/null 2>&1; then runner=(nextest run); else runner=(test); fi
"$CARGO_TARGET_DIR/debug/steward" with-database -- cargo "${runner[@]}" --workspace --lib --bins --tests

say "query metadata"
.make/sqlx.sh target/sqlx
diff -r app/.sqlx target/sqlx || { echo "app/.sqlx is out of date: run make sqlx and commit it." >&2; exit 1; }

say "the browser's build: crates and sizes"
# What does not belong in a browser. Leptos' own configuration brings regex, which the linker drops; we add none.
browser() { cargo tree --package app --target wasm32-unknown-unknown --no-default-features --features hydrate \
    --edges normal,no-proc-macro --prefix none "$@"; }
# Asked outside of the condition, in which a failure would pass.
all=$(browser)
own=$(browser --depth 1)
if grep -E '^(sqlx|sqlx-[a-z]+|tokio|axum|ring|rand|chrono-tz) ' <<<"$all" || grep '^regex ' <<<"$own"; then
    echo "These crates must not be in the browser's build." >&2
    exit 1
fi
make --no-print-directory target/bin/hash.txt
node .make/sizes.mjs

say "journeys"
.make/e2e.sh
