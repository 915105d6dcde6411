#!/usr/bin/env bash
# Veelocity together with the simulator it is connected to; both end together.
set -euo pipefail
cd "$(dirname "$0")/.."
build/publish.sh Veelocity.Simulator Veelocity.Web

port=${VEELOCITY_SIMULATOR_PORT:-5090}
in_use() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }
while [ -z "${VEELOCITY_SIMULATOR_PORT:-}" ] && in_use "$port"; do port=$((port + 1)); done

(cd artifacts/Veelocity.Simulator && exec dotnet Veelocity.Simulator.dll --urls "http://127.0.0.1:$port" > simulator.log 2>&1) &
simulator=$!
trap 'kill $simulator 2> /dev/null || true' EXIT
for _ in {1..150}; do
  in_use "$port" && break
  kill -0 $simulator 2> /dev/null || { echo "The simulator did not start:" >&2; tail -n 5 artifacts/Veelocity.Simulator/simulator.log >&2; exit 1; }
  sleep 0.2
done

# A database of its own: sample data never mixes with an organization that is meant.
export Veelocity__DataDirectory="${Veelocity__DataDirectory:-$PWD/.data}/demo"
cd artifacts/Veelocity.Web
dotnet Veelocity.Web.dll demo --simulator "http://127.0.0.1:$port"
