# The two commands of the README are `make demo` and `make test`.
# Each installs the Debian packages it needs where it may (as root, or with INSTALL=1 through sudo);
# elsewhere it stops with the line to run.

PACKAGES := libzstd-dev libxxhash-dev zlib1g-dev pkg-config
SWIFT := swift

.PHONY: demo test soak build lint format clean dependencies

SAMPLE := .build/sample-corpus

demo: dependencies
	$(SWIFT) build -c release --product sample-corpus
	$(SWIFT) build -c release --product datawall
	.build/release/sample-corpus $(SAMPLE)
	@echo; echo '$$ datawall audit --manifest corpus.yml -o audit.json'
	@.build/release/datawall audit --manifest $(SAMPLE)/corpus.yml -o $(SAMPLE)/audit.json
	@echo; echo '$$ datawall plan audit.json --flops 1e16 --law muennighoff'
	@.build/release/datawall plan $(SAMPLE)/audit.json --flops 1e16 --law muennighoff -o $(SAMPLE)/plan.json

build: dependencies
	$(SWIFT) build -c release

test: dependencies
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

# Checks that take minutes: random laws and full reference searches, in a release build.
soak: dependencies
	DATAWALL_SOAK=1 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-soak \
	    --filter LawFittingTests

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Plugins Datasets Tests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Plugins Datasets Tests

clean:
	$(SWIFT) package clean

dependencies:
	@missing=""; \
	for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ]; then \
	        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	    elif [ "$(INSTALL)" = 1 ]; then \
	        sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends $$missing; \
	    else \
	        echo "datawall needs:$$missing. Run: sudo apt-get install$$missing   (or: make $(MAKECMDGOALS) INSTALL=1)" >&2; \
	        exit 69; \
	    fi; \
	fi
