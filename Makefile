# Veelocity: every command a contributor needs. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run demo dev down logs shell test check format bench migration clean

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

dev: ## Start web, worker and PostgreSQL with Docker Compose; settings in infra/docker
	@build/compose.sh up --build --detach --wait
	@build/compose.sh port web 8080

down: ## Stop what `make dev` started; its data stays
	@build/compose.sh down

logs: ## Follow the logs of `make dev`
	@build/compose.sh logs --follow

shell: ## Open a shell in the web container of `make dev`
	@build/compose.sh exec web bash

test: ## Run unit, integration and end-to-end tests
	@build/test.sh

check: ## Check formatting and analyzers, then run all tests
	@build/check.sh
	@build/test.sh

format: ## Format the code
	dotnet format Veelocity.sln

bench: ## Run the benchmarks
	@build/require-tools.sh
	dotnet run -c Release --project Veelocity.Benchmarks -- $(ARGS)

migration: ## Add a database migration: make migration NAME=Topic (needs dotnet-ef 10)
	dotnet ef migrations add $(NAME) --project Veelocity.Web --startup-project Veelocity.Benchmarks --output-dir Data/Migrations

clean: ## Delete what was built and restored (the data in .data stays)
	rm -rf artifacts node_modules Veelocity.Web/wwwroot/lib TestResults BenchmarkDotNet.Artifacts
	rm -rf Veelocity.*/bin Veelocity.*/obj
