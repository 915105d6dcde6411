#!/usr/bin/env bash
# Names every missing tool with the command that installs it, before anything else fails less clearly.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
install() { # DEBIAN-PACKAGE BREW-FORMULA ELSEWHERE
  if command -v apt-get > /dev/null; then echo "sudo apt-get install -y $1"
  elif command -v brew > /dev/null; then echo "brew install $2"
  else echo "$3"; fi
}

if ! command -v dotnet > /dev/null; then
  missing+=(".NET SDK 10: curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0, then put ~/.dotnet on PATH")
elif ! dotnet --version > /dev/null 2>&1; then
  found=$(cd / && dotnet --list-sdks | cut -d' ' -f1 | xargs)
  missing+=(".NET SDK 10 (found: ${found:-none}): curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0")
fi
if ! command -v node > /dev/null; then
  missing+=("Node.js 20 or newer: $(install 'nodejs npm' node 'see https://nodejs.org/en/download')")
elif [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  missing+=("Node.js 20 or newer (found: $(node --version)): see https://nodejs.org/en/download")
fi
command -v npm > /dev/null || missing+=("npm: $(install npm node 'it comes with Node.js, see https://nodejs.org/en/download')")

[ ${#missing[@]} -eq 0 ] && exit 0
echo "Veelocity can't be built yet. Install:" >&2
printf '  %s\n' "${missing[@]}" >&2
exit 1
