#!/usr/bin/env bash
# What takes longer than a test may, or asks the outside world: whatever the OpenAPI document allows and forbids, sent
# to a real server (five minutes); what our crates are licensed under, where they come from, and what is known of them.
set -euo pipefail
cd "$(dirname "$0")/.."
source .make/env.sh
.make/tools.sh audit
cargo build --package server --bin steward

say "hostile requests"
data=$(mktemp -d)
port=${PORT:-3911}
address=http://127.0.0.1:$port
STEWARD_DATA=$data PORT=$port "$CARGO_TARGET_DIR/debug/steward" serve --demo >"$data/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
curl --silent --output /dev/null --retry 60 --retry-delay 1 --retry-connrefused "$address/readyz"
# As the site manager does it: sign in, make a key, see its secret once.
key() { python3 -c 'import uuid; print(uuid.uuid4())'; }
ask() { curl --silent --fail-with-body --header 'accept: application/json' "$@"; }
cookie=$(ask --data "key=$(key)&sign_in=shenwei" --dump-header - --output /dev/null "$address/api/people/demo_sign_in" |
    sed -n 's/^set-cookie: \(__Host-session=[^;]*\).*/\1/p')
secret=$(ask --header "cookie: $cookie" --data "key=$(key)&name=Audit" "$address/api/people/make_key" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["secret"])')
status=0
# Beside the data: it keeps what it found where it runs.
(cd "$data" && "$TOOLS/python/bin/schemathesis" run "$address/api/openapi.json" --header "Authorization: Bearer $secret" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
    --phases examples,coverage,fuzzing --max-time 300 --rate-limit 1100/m --continue-on-failure --seed 311 --no-color) ||
    status=$?
broken=$(grep -c ERROR "$data/log" || true)
echo "The server logged $broken errors."
[[ $status == 0 && $broken == 0 ]] || { grep ERROR "$data/log" | head; exit 1; }

say "licences, bans, sources"
cargo deny --all-features check licenses bans sources
say "known vulnerabilities"
cargo deny --all-features fetch db 2>/dev/null ||
    { echo "The advisory database cannot be reached from here: not checked." >&2; exit 0; }
cargo deny --all-features check advisories
