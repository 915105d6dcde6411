#!/usr/bin/env bash
# docker compose with the settings of infra/docker: .env.example, then .env where there is one.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v docker > /dev/null || ! docker compose version > /dev/null 2>&1; then
  echo "Docker with Compose was not found: install it from https://docs.docker.com/get-docker/, or use 'make run', which needs no Docker." >&2
  exit 1
fi
settings=(--env-file infra/docker/.env.example)
[ -f infra/docker/.env ] && settings+=(--env-file infra/docker/.env)
exec docker compose "${settings[@]}" "$@"
