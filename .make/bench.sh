#!/usr/bin/env bash
# Measures the release and writes target/bench.json: sizes, starts and load (server/benches), then the
# resident's pages in Lighthouse, which needs Chromium and some npm packages and comes last for that.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
cargo bench --package server
.make/tools.sh bench
CHROMIUM=$(.make/chromium.sh)
export CHROMIUM
node .make/lighthouse.mjs
