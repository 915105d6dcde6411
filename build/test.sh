#!/usr/bin/env bash
# Builds once, runs the test projects one after the other, and sums what the runners counted. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
build/require-tools.sh || exit 1
rm -rf TestResults && mkdir TestResults
projects=(Veelocity.Web.Tests Veelocity.E2E)

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }
install_chromium() { # the one on PATH; otherwise, where this user may install software, Debian's
  [ -n "${VEELOCITY_CHROMIUM:-}" ] || find_chromium > /dev/null || [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null || {
    echo "Installing Chromium"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
  } > TestResults/chromium.log 2>&1
}

echo "Restoring packages and Chromium"
install_chromium &
chromium=$!
build/restore.sh --dev "${projects[@]}" || exit 1
wait $chromium
export VEELOCITY_CHROMIUM=${VEELOCITY_CHROMIUM:-$(find_chromium)}
if [ -z "$VEELOCITY_CHROMIUM" ]; then
  echo "The end-to-end tests need Chromium. Install it (sudo apt-get install -y chromium), or name a browser in VEELOCITY_CHROMIUM." >&2
  exit 1
fi
restored=$SECONDS

echo "Building"
dotnet build Veelocity.sln -c Release --no-restore -v quiet --nologo -clp:ErrorsOnly -p:RunAnalyzers=false || exit 1
built=$SECONDS

codes=()
for project in "${projects[@]}"; do
  echo "Testing $project"
  dotnet "$project/bin/Release/net10.0/$project.dll" -noLogo -noColor -result-ctrf "TestResults/$project.json" > "TestResults/$project.log" 2>&1
  codes+=($?)
done

node build/test-report.mjs "$restored" "$built" "$SECONDS" $(paste -d= <(printf '%s\n' "${projects[@]}") <(printf '%s\n' "${codes[@]}"))
