# Two commands matter: `make run` measures this machine and writes its datasheet, `make test` runs all tests.
# Both install what is missing first, work offline once that is there, and may be run again at any time.

PREFIX  ?= /usr/local
DESTDIR ?=
SUITE   ?= quick
RELEASE := .build/release/assay
SOURCES := Package.swift Plugins Sources Tests Workloads

.DEFAULT_GOAL := help
.PHONY: test-latex test-documents run test build smoke sanitize arm lint format reports benchmarks peers package install uninstall clean help \
  dependencies

run: build ## Measure this machine (SUITE=quick) and print where its datasheet is
	$(RELEASE) run $(SUITE)

test: dependencies ## Run all tests
	swift build --build-tests
	swift test --skip-build

build: dependencies ## Build the release executable
	@find .build/plugins -name Stamp.swift -delete 2>/dev/null || true
	scripts/release.sh

test-latex: ## Set every golden LaTeX datasheet with pdflatex (installs texlive where it is missing)
	scripts/documents.sh latex

test-documents: ## As test-latex; and HTML Tidy on the pages, Sphinx with MyST on Markdown and cards
	scripts/documents.sh latex html myst

smoke: build ## Every kernel once, in well under a minute; verify the bundle, lint it and its sheets
	@rm -rf .build/smoke .build/smoke-sheet
	$(RELEASE) run smoke --no-history --output .build/smoke
	$(RELEASE) verify .build/smoke
	$(RELEASE) lint .build/smoke
	$(RELEASE) datasheet .build/smoke --format md,json --output .build/smoke-sheet
	$(RELEASE) lint .build/smoke-sheet/datasheet.md
	$(RELEASE) lint .build/smoke-sheet/datasheet.json

sanitize: ## Run the C kernels under the address, undefined-behaviour and thread sanitizers
	$(MAKE) -C Tests/CKernelsCheck check

arm: ## Build the C kernels for 64-bit Arm and check them in an emulator (says which packages are missing)
	$(MAKE) -C Tests/CKernelsCheck aarch64

lint: ## Check formatting and style; changes nothing
	swift format lint --strict --recursive $(SOURCES)
	scripts/style.sh

format: ## Format all Swift code
	swift format --in-place --recursive $(SOURCES)

reports: build ## Render the sample reports again; fails if any byte differs from what is committed
	scripts/reports.sh $(RELEASE)

benchmarks: build ## Compare with peers: lstopo, and the libraries called directly from C
	Benchmarks/all.sh $(RELEASE)

peers: ## Install what Benchmarks/peers.sh compares with: PyTorch, likwid-bench; needed for nothing else
	scripts/peers.sh

install: build ## Install under $(DESTDIR)$(PREFIX), with shell completions
	install -D -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/assay
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	$(RELEASE) --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay
	$(RELEASE) --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay
	$(RELEASE) --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish

uninstall: ## Remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/assay $(DESTDIR)$(PREFIX)/share/bash-completion/completions/assay \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_assay $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/assay.fish

package: build ## One compressed archive that runs without Swift on any recent glibc Linux
	scripts/package.sh $(RELEASE)

clean: ## Remove everything built
	rm -rf .build

dependencies:
	@scripts/dependencies.sh

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | column -t -s "$$(printf '\t')"
