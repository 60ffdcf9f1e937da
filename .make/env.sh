# Sourced by the others: one environment for every build, so that none invalidates another's work.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/steward
export TOOLS="$cache/tools"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$cache/target}"
export PATH="$PWD/.make/bin:$TOOLS/bin:$TOOLS/npm/node_modules/.bin:$PATH"

# Queries are checked against app/.sqlx; only .make/sqlx.sh asks a database.
export SQLX_OFFLINE=true

export LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-target/site}"

# Proofs open a thousand connections at both of their ends.
ulimit -S -n "$(ulimit -H -n)" 2>/dev/null || true

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
