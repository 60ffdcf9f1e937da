# Sourced by the others: one environment for every build, so that none invalidates another's work.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/steward
export TOOLS="$cache/tools"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PATH="$TOOLS/bin:$TOOLS/npm/node_modules/.bin:$PATH"

# Compiled into leptos: must be the same with and without cargo-leptos.
export LEPTOS_OUTPUT_NAME=steward
# Queries are checked against app/.sqlx; only .make/sqlx.sh asks a database.
export SQLX_OFFLINE=true

export LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-target/site}"

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
