#!/usr/bin/env bash
# Prints the Chromium to test with, after bringing one if there is none: the system's, else Debian's
# package when we may install it, else Playwright's own.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh

system() {
    [[ -n ${CHROMIUM:-} ]] && echo "$CHROMIUM" && return
    command -v chromium || command -v chromium-browser || command -v google-chrome-stable || command -v google-chrome
}

playwrights() {
    (cd end2end && node -p 'require("@playwright/test").chromium.executablePath()')
}

if system; then
    exit
fi
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
    say "installing Chromium from Debian's packages, about a minute" >&2
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium; } >&2 || true
    hash -r
    if system; then
        exit
    fi
fi
if [[ ! -x $(playwrights) ]]; then
    say "fetching Playwright's Chromium, about a minute" >&2
    (cd end2end && npx playwright install chromium) >&2
fi
playwrights
