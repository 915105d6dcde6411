#!/usr/bin/env bash
# Publishes the named projects to artifacts/, as they run in production: fingerprinted and precompressed assets included.
set -euo pipefail
cd "$(dirname "$0")/.."
build/require-tools.sh
for project in "$@"; do
  echo "Building $project"
  dotnet publish "$project" -c Release -o "artifacts/$project" -v quiet --nologo -clp:ErrorsOnly
done
