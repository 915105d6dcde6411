#!/usr/bin/env bash
# Says in a sentence which tool is missing, before anything else fails less clearly.
set -euo pipefail
missing() { echo "Veelocity cannot be built. $1" >&2; exit 1; }

command -v dotnet > /dev/null || missing "The .NET SDK 10 was not found: install it from https://dot.net and put dotnet on PATH."
(cd "$(dirname "$0")/.." && dotnet --version > /dev/null 2>&1) || missing "This repository needs the .NET SDK 10; found only: $(cd / && dotnet --list-sdks | cut -d' ' -f1 | xargs)."
command -v node > /dev/null || missing "Node.js was not found: install Node.js 20 or newer with npm; the browser libraries and PostgreSQL come as npm packages."
command -v npm > /dev/null || missing "npm was not found: it comes with Node.js, or as the package npm of your system."
