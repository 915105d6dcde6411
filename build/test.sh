#!/usr/bin/env bash
# Builds once, runs every test project, and sums what the runners themselves counted. Ends with "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
build/require-tools.sh || exit 1
rm -rf TestResults && mkdir TestResults

# Chromium for the end-to-end tests: the one on PATH; where this user may install software, it is installed.
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable; }
if [ -z "${VEELOCITY_CHROMIUM:-}" ] && ! find_chromium > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  echo "Installing Chromium"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) > TestResults/chromium.log 2>&1
fi
export VEELOCITY_CHROMIUM=${VEELOCITY_CHROMIUM:-$(find_chromium)}
[ -n "$VEELOCITY_CHROMIUM" ] || echo "Chromium was not found on PATH, and could not be installed: the end-to-end tests need chromium or google-chrome." >&2

dotnet build Veelocity.sln -v quiet --nologo -clp:ErrorsOnly || exit 1

passed=0 failed=0
for project in Veelocity.Web.Tests Veelocity.E2E; do
  report=$PWD/TestResults/$project.json
  echo "== $project"
  dotnet "$project/bin/Debug/net10.0/$project.dll" -noLogo -result-ctrf "$report"
  status=$?
  read -r ok bad < <(sed -nE 's/.*"summary":\{"tests":[0-9]+,"passed":([0-9]+),"failed":([0-9]+).*/\1 \2/p' "$report" 2> /dev/null || true)
  ok=${ok:-0} bad=${bad:-0}
  # A runner that fails without a failed test (a crash, a broken fixture) is one failure.
  if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  echo "$project: $ok passed, $bad failed"
  passed=$((passed + ok)) failed=$((failed + bad))
done

echo "$passed passed, $failed failed" | tee TestResults/total
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
