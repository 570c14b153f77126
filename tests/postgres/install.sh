#!/usr/bin/env bash
# Installs the PostgreSQL server programs on Debian, unless they are there; starts no server.
set -euo pipefail

if command -v initdb >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    exit 0
fi
command -v apt-get >/dev/null 2>&1 || { echo "no initdb and no apt-get: install PostgreSQL by hand" >&2; exit 3; }

root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

packages() {
    root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@"
}

root apt-get update -qq
# The common part first: without this setting the server package creates and starts a cluster.
packages postgresql-common
echo 'create_main_cluster = false' | root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
packages postgresql
