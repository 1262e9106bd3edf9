# The two commands of the README are `make demo` and `make test`.
# Each installs the Debian packages it needs where it may (as root, or with INSTALL=1 through sudo);
# elsewhere it stops with the line to run.

PACKAGES := libzstd-dev libxxhash-dev zlib1g-dev pkg-config
SWIFT := swift
PREFIX := /usr/local
DOCUMENTED := DataWallKit CorpusAudit TokenCounting ScalingLaws LawFitting TrainingPlanning DataWallReports Charts

.PHONY: demo test soak build man install docs lint format clean dependencies

SAMPLE := .build/sample-corpus

demo: dependencies
	$(SWIFT) build -c release --product sample-corpus
	$(SWIFT) build -c release --product datawall
	.build/release/sample-corpus $(SAMPLE)
	@echo; echo '$$ datawall audit --manifest corpus.yml -o audit.json'
	@.build/release/datawall audit --manifest $(SAMPLE)/corpus.yml -o $(SAMPLE)/audit.json
	@echo; echo '$$ datawall plan audit.json --flops 1e16 --law muennighoff -o plan.json'
	@.build/release/datawall plan $(SAMPLE)/audit.json --flops 1e16 --law muennighoff -o $(SAMPLE)/plan.json
	@echo; echo '$$ datawall report audit.json plan.json -o report.html'
	@.build/release/datawall report $(SAMPLE)/audit.json $(SAMPLE)/plan.json -o $(SAMPLE)/report.html
	@echo "The page is $(SAMPLE)/report.html."

build: dependencies
	$(SWIFT) build -c release

test: dependencies
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

# Checks that take minutes: random laws and full reference searches, in a release build.
soak: dependencies
	DATAWALL_SOAK=1 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-soak \
	    --filter LawFittingTests

# Manual pages of the command and its subcommands, from their help, in .build/man.
man: dependencies
	$(SWIFT) build -c release --product datawall
	$(SWIFT) build -c release --product generate-manual
	@rm -rf .build/man && mkdir -p .build/man
	@.build/release/generate-manual .build/release/datawall --multi-page --section 1 -o .build/man
	@cd .build/man && for page in datawall.*.1; do mv "$$page" "datawall-$${page#datawall.}"; done
	@ls .build/man | sed 's|^|.build/man/|'

install: man
	install -D -m 755 .build/release/datawall $(DESTDIR)$(PREFIX)/bin/datawall
	for page in .build/man/*.1; do install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man1/$${page##*/}; done
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	.build/release/datawall --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/datawall
	.build/release/datawall --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_datawall
	.build/release/datawall --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/datawall.fish

# The library's documentation as a site, in .build/docs; the documentation plugin is fetched for this alone.
docs: dependencies
	DATAWALL_DOCS=1 $(SWIFT) package --scratch-path .build-docs --allow-writing-to-directory .build/docs \
	    generate-documentation $(DOCUMENTED:%=--target %) --enable-experimental-combined-documentation \
	    --transform-for-static-hosting --output-path .build/docs

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
