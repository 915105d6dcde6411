# Veelocity: every command a contributor needs. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench clean

# Each clone keeps its own data, so that two side by side do not meet.
export Veelocity__DataDirectory ?= $(CURDIR)/.data
export DOTNET_CLI_TELEMETRY_OPTOUT = 1
export DOTNET_NOLOGO = 1

help: ## List the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: ## Restore, build and start Veelocity on its own PostgreSQL; prints the address
	@build/publish.sh Veelocity.Web
	@cd artifacts/Veelocity.Web && exec dotnet Veelocity.Web.dll

demo: ## Start Veelocity with a simulated GitHub, an organization connected and synced; prints address and sign-in
	@build/demo.sh

test: ## Run unit, integration and end-to-end tests
	@build/test.sh

check: ## What a pull request must pass: formatting, build, tests
	@build/require-tools.sh
	dotnet format Veelocity.sln --verify-no-changes --exclude-diagnostics IDE0005
	@build/test.sh

format: ## Format the code
	dotnet format Veelocity.sln

bench: ## Run the benchmarks
	@build/require-tools.sh
	dotnet run -c Release --project Veelocity.Benchmarks -- $(ARGS)

clean: ## Delete what was built and restored (the data in .data stays)
	rm -rf artifacts node_modules Veelocity.Web/wwwroot/lib TestResults BenchmarkDotNet.Artifacts
	rm -rf Veelocity.*/bin Veelocity.*/obj
