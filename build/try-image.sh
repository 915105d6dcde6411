#!/usr/bin/env bash
# Tries what the Dockerfile does without a container engine: publishes as it does, makes the tree read-only, and runs migrations, web and worker from
# it as an unprivileged user on a real PostgreSQL, asks the probes, and stops them as Kubernetes does. Run as root, with ConnectionStrings__Veelocity.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${ConnectionStrings__Veelocity:?names a PostgreSQL to try it on}"
[ "$(id -u)" = 0 ] || { echo "Run as root: the programs are started as the user nobody." >&2; exit 1; }
tree=$(mktemp -d)
state=$(mktemp -d)
chmod 755 "$tree"
chown nobody "$state"
web='' worker=''
trap 'kill $web $worker 2> /dev/null || true; chmod -R u+w "$tree"; rm -rf "$tree" "$state"' EXIT

# As in the Dockerfile.
dotnet publish Veelocity.Web -c Release -o "$tree" -v quiet --nologo -p:UseSharedCompilation=false
chmod -R a-w,a+rX "$tree"

run() { # PORT ARGUMENTS…: the image's settings, as nobody, with no home and nothing to write to but /tmp
  local port=$1
  shift
  cd "$tree"
  exec env -i PATH="$PATH" HOME=/nonexistent DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}" TMPDIR="$state" \
    ASPNETCORE_HTTP_PORTS="$port" DOTNET_EnableDiagnostics=0 Veelocity__DataDirectory="$state/veelocity" Veelocity__Observability__Logs=Json \
    ConnectionStrings__Veelocity="$ConnectionStrings__Veelocity" ${WORKER:+Sync__Worker="$WORKER"} \
    setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs --inh-caps=-all dotnet Veelocity.Web.dll "$@"
}
probe() { # PORT PATH: the image's health check
  bash -c "exec 3<>/dev/tcp/127.0.0.1/$1 && printf 'GET $2 HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '" 2> /dev/null
}
until_ready() {
  for _ in {1..120}; do probe "$1" /readyz && return; sleep 0.5; done
  echo "Port $1 did not become ready." >&2
  return 1
}
stop() { # NAME PID: how long until it is gone after SIGTERM
  local start=$SECONDS
  kill -TERM "$2"
  wait "$2" || { echo "$1 ended with $?" >&2; return 1; }
  echo "$1 stopped by SIGTERM after $((SECONDS - start)) s, code 0"
}

(run 0 migrate) > "$state/migrate1.log" 2>&1 & one=$!
(run 0 migrate) > "$state/migrate2.log" 2>&1 & two=$!
wait $one && wait $two || { cat "$state"/migrate*.log >&2; exit 1; }
echo "migrate, twice side by side: code 0"

(WORKER=false run 18080) > "$state/web.log" 2>&1 & web=$!
(run 18081 worker) > "$state/worker.log" 2>&1 & worker=$!
until_ready 18080 && until_ready 18081 || { tail -n 5 "$state"/*.log >&2; exit 1; }
probe 18080 /healthz && probe 18081 /healthz
echo "web and worker: /healthz and /readyz answer 200, as $(ps -o user= -p "$(pgrep -f -n 'Veelocity.Web.dll worker')")"
head -n 1 "$state/web.log" | grep -q '^{' && echo "logs are JSON"
stop web $web
stop worker $worker
[ -z "$(find "$tree" -newer "$state/web.log" -type f)" ] && echo "nothing was written to the tree"
