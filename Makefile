# The two commands of the README are `make demo` and `make test`.
# Each installs the Debian packages it needs where it may (as root, or with INSTALL=1 through sudo);
# elsewhere it stops with the line to run.

PACKAGES := libzstd-dev libxxhash-dev zlib1g-dev pkg-config
SWIFT := swift

.PHONY: demo test build lint format clean dependencies

build: dependencies
	$(SWIFT) build -c release

test: dependencies
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

lint:
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Plugins Tests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Plugins Tests

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
