#!/usr/bin/env bash
# Measures the release and writes target/bench.json: sizes, starts and load (server/benches), then the
# resident's pages in Lighthouse and a technician's without a network, which need Chromium and some npm packages and
# come last for that.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
cargo bench --package server
.make/tools.sh bench
CHROMIUM=$(.make/chromium.sh)
export CHROMIUM
node .make/lighthouse.mjs
node .make/offline.mjs
