#!/usr/bin/env bash
# What a pull request must pass besides the tests: formatting, analyzers on everything (benchmarks too), the Compose file.
set -euo pipefail
cd "$(dirname "$0")/.."
build/require-tools.sh
dotnet restore Veelocity.sln -v quiet --nologo
echo "Checking the format"
dotnet format Veelocity.sln --no-restore --verify-no-changes --exclude-diagnostics IDE0005
echo "Building with analyzers"
for target in Veelocity.sln Veelocity.Benchmarks; do dotnet build "$target" -v quiet --nologo -clp:ErrorsOnly; done
if docker compose version > /dev/null 2>&1; then
  echo "Checking compose.yaml"
  build/compose.sh config --quiet
fi
