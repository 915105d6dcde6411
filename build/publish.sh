#!/usr/bin/env bash
# Publishes the named projects to artifacts/ as they run in production, with fingerprinted and precompressed assets; skips one that is up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
build/require-tools.sh

# A folder is newer, too, once a file in it was deleted.
is_published() {
  local stamp=artifacts/$1/.published
  [ -f "$stamp" ] && [ -d node_modules ] && [ -z "$(find "$1" build package-lock.json ./*.props global.json -newer "$stamp" \
    -not -path '*/bin' -not -path '*/bin/*' -not -path '*/obj' -not -path '*/obj/*' \
    -not -path '*/wwwroot' -not -path '*/wwwroot/lib' -not -path '*/wwwroot/lib/*' -print -quit)" ]
}

outdated=()
for project in "$@"; do is_published "$project" || outdated+=("$project"); done
[ ${#outdated[@]} -eq 0 ] && exit 0

echo "Restoring packages"
build/restore.sh "${outdated[@]}"
for project in "${outdated[@]}"; do
  echo "Building $project"
  rm -f "artifacts/$project/.published"
  mkdir -p "$project"/{bin,obj}
  started=$(mktemp)
  dotnet publish "$project" -c Release -o "artifacts/$project" --no-restore -v quiet --nologo -clp:ErrorsOnly -p:RunAnalyzers=false
  # What changed during the build counts as newer.
  mv "$started" "artifacts/$project/.published"
done
