#!/usr/bin/env bash
# Restores npm and NuGet packages side by side, without analyzers: restore.sh [--dev] PROJECT… (--dev: the npm packages that tests need, too)
set -euo pipefail
cd "$(dirname "$0")/.."
dev=()
[ "${1:-}" = --dev ] && { dev=(--dev); shift; }

node build/npm-packages.mjs "${dev[@]}" &
npm=$!
for project in "$@"; do dotnet restore "$project" -v quiet --nologo -p:RunAnalyzers=false; done
wait $npm
