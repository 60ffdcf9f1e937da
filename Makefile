# Thin: every target calls the field's own tools, and .make/tools.sh brings what is missing.
# What a target prints about itself in `make help` stands behind its ##.

.DEFAULT_GOAL := help
.PHONY: run dev test e2e bench audit sqlx help

# Folders are listed too: their times tell that a file was deleted.
BROWSER := $(shell find app style public Cargo.toml Cargo.lock -not -path '*/.*')
SERVER  := $(shell find app public/worker.js server/src server/demo server/Cargo.toml Cargo.toml Cargo.lock app/.sqlx 2>/dev/null)

run: target/bin/steward target/bin/hash.txt ## build what changed, start with the demo estate on http://127.0.0.1:3000 (HOST, PORT)
	@exec .make/with.sh target/bin/steward serve --demo

dev: ## the same, rebuilt and reloaded at every change
	@.make/tools.sh build
	@LEPTOS_SITE_ROOT=target/site-dev LEPTOS_HASH_FILES=false LEPTOS_SITE_ADDR=$${HOST:-127.0.0.1}:$${PORT:-3000} \
		exec .make/with.sh cargo leptos watch -- serve --demo

test: ## everything that must hold: format, lints, tests, database, sizes, journeys in Chromium
	@.make/test.sh

e2e: target/bin/hash.txt ## the journeys alone; GREP='@report' picks some
	@.make/e2e.sh $(if $(GREP),--grep '$(GREP)')

bench: target/bin/steward target/bin/hash.txt ## measure; writes target/bench.json
	@.make/bench.sh

audit: ## hostile requests drawn from the OpenAPI document, licences, known vulnerabilities; about seven minutes
	@.make/audit.sh

sqlx: ## write app/.sqlx anew after a query or a migration changed
	@.make/sqlx.sh app/.sqlx

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

target/bin/hash.txt: $(BROWSER)
	@.make/build.sh browser

target/bin/steward: $(SERVER)
	@.make/build.sh server
