#!/usr/bin/env bash
# Runs a command in the build environment, as itself: signals reach it directly.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
exec "$@"
