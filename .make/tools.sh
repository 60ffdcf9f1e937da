#!/usr/bin/env bash
# Brings what a machine lacks, into one folder of the user's: `tools.sh build`, `test`, `bench`, `audit`.
# Prebuilt where that can be had within seconds, otherwise compiled with a light profile.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
mkdir -p "$TOOLS/bin"

cargo_leptos=0.3.10
binaryen=132.0.0
lighthouse=12.8.2
schemathesis=4.32.5
cargo_deny=0.20.2
wasm_bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
github=https://github.com

is() { [[ $("$1" --version 2>/dev/null) == *" $2" ]]; }

# The statically linked builds run on any Linux.
triple() { rustc -vV | sed -n 's/^host: //p' | sed 's/-linux-gnu$/-linux-musl/'; }

# prebuilt NAME URL: the program NAME out of the archive at URL.
prebuilt() {
    local unpacked found
    say "fetching $1, once: some seconds, at most 2 minutes"
    unpacked=$(mktemp -d)
    curl -fsSL --connect-timeout 5 --max-time 120 "$2" 2>/dev/null | tar xz -C "$unpacked" 2>/dev/null || true
    found=$(find "$unpacked" -type f -name "$1" | head -n 1)
    [[ -z $found ]] || install "$found" "$TOOLS/bin/$1"
    rm -rf "$unpacked"
}

# compiled NAME MINUTES CARGO-INSTALL-ARGUMENTS…
compiled() {
    say "no prebuilt $1 to be had; compiling it, once, about $2 minutes on two cores"
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
        CARGO_TARGET_DIR="$TOOLS/compiling" cargo install --quiet --root "$TOOLS" "${@:3}"
    rm -rf "$TOOLS/compiling"
}

# npm_tool NAME VERSION: a program that no lock file of ours names.
npm_tool() {
    if [[ ! -e $TOOLS/npm/$1-$2 ]]; then
        say "fetching $1 from npm, once, up to a minute"
        npm install --prefix "$TOOLS/npm" --no-audit --no-fund --loglevel=error "$1@$2"
        touch "$TOOLS/npm/$1-$2"
    fi
}

# npm_packages FOLDER: what its lock file says, unless it is there already.
npm_packages() {
    if [[ ! $1/node_modules/.package-lock.json -nt $1/package-lock.json ]]; then
        say "fetching the npm packages of $1, some seconds"
        PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix "$1" --no-audit --no-fund --loglevel=error
        touch "$1/node_modules/.package-lock.json"
    fi
}

# python_tool NAME VERSION: a program from PyPI, in an environment of its own.
python_tool() {
    if [[ ! -e $TOOLS/python/$1-$2 ]]; then
        say "fetching $1 from PyPI, once, up to a minute"
        python3 -m venv "$TOOLS/python"
        "$TOOLS/python/bin/pip" install --quiet --disable-pip-version-check "$1==$2"
        touch "$TOOLS/python/$1-$2"
    fi
}

for_building() {
    if [[ ! -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown ]]; then
        say "fetching Rust's wasm target, once, some seconds"
        rustup target add wasm32-unknown-unknown
    fi
    if ! is cargo-leptos "$cargo_leptos"; then
        prebuilt cargo-leptos \
            "$github/leptos-rs/cargo-leptos/releases/download/v$cargo_leptos/cargo-leptos-$(triple).tar.gz"
        is cargo-leptos "$cargo_leptos" || compiled cargo-leptos 8 --locked "cargo-leptos@$cargo_leptos"
    fi
    if ! is wasm-bindgen "$wasm_bindgen"; then
        prebuilt wasm-bindgen \
            "$github/wasm-bindgen/wasm-bindgen/releases/download/$wasm_bindgen/wasm-bindgen-$wasm_bindgen-$(triple).tar.gz"
        is wasm-bindgen "$wasm_bindgen" || compiled wasm-bindgen 2 "wasm-bindgen-cli@$wasm_bindgen"
    fi
    # From npm even if the system has one: Debian's fails on this wasm.
    npm_tool binaryen "$binaryen"
}

for_tests() {
    npm_packages end2end
    .make/chromium.sh >/dev/null
}

for_bench() {
    for_tests
    npm_tool lighthouse "$lighthouse"
}

for_audit() {
    python_tool schemathesis "$schemathesis"
    if ! is cargo-deny "$cargo_deny"; then
        prebuilt cargo-deny \
            "$github/EmbarkStudios/cargo-deny/releases/download/$cargo_deny/cargo-deny-$cargo_deny-$(triple).tar.gz"
        is cargo-deny "$cargo_deny" || compiled cargo-deny 9 --locked "cargo-deny@$cargo_deny"
    fi
}

case $1 in
audit) for_audit ;;
build) for_building ;;
test) for_tests ;;
bench) for_bench ;;
esac
