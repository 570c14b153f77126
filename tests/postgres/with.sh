#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL: `tests/postgres/with.sh cargo nextest run`.
#
# The server lives in a temporary folder, listens on a Unix socket and on a free port of 127.0.0.1,
# has a random password, forgets everything on power loss (fsync=off) and is deleted when the command
# ends, however it ends. The command finds it in JIANYAN_TEST_PG_URL.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

bin=
for candidate in "$(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)")" /usr/lib/postgresql/*/bin; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ]; then bin=$candidate; fi
done
[ -n "$bin" ] || { echo "no PostgreSQL server programs found; tests/postgres/install.sh installs them" >&2; exit 3; }

home=$(mktemp -d "${TMPDIR:-/tmp}/jianyan-pg.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
    # initdb and the server refuse to run as root.
    owner=nobody
    if id -u postgres >/dev/null 2>&1; then owner=postgres; fi
    as=(setpriv "--reuid=$owner" "--regid=$(id -g "$owner")" --clear-groups env "HOME=$home")
    chown "$owner" "$home"
fi

# From a folder that the server's owner may enter; some of its programs look where they stand.
server() { (cd "$home" 2>/dev/null || cd /; exec "${as[@]}" "$@"); }

# shellcheck disable=SC2329 # called by the trap
finish() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [ -f "$home/data/postmaster.pid" ]; then
        server "$bin/pg_ctl" stop --pgdata "$home/data" --mode immediate --silent >/dev/null 2>&1 || true
    fi
    rm -rf "$home"
    exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077; printf '%s\n' "$password" > "$home/password")
[ ${#as[@]} -eq 0 ] || chown "$owner" "$home/password"

# A byte-wise collation, so that order and LIKE do not depend on the machine's locale.
server "$bin/initdb" --pgdata "$home/data" --username jianyan --pwfile "$home/password" --auth password \
    --encoding UTF8 --locale C --no-sync > "$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 4; }

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

started=
for _ in 1 2 3 4 5; do
    port=$(free_port)
    # The server reads this file after its own settings.
    server tee "$home/data/postgresql.auto.conf" > /dev/null <<OPTIONS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$home'
max_connections = 200
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_wal_size = '2GB'
OPTIONS
    # Another program may have taken the port meanwhile: try the next.
    if server "$bin/pg_ctl" start --pgdata "$home/data" --log "$home/data/server.log" --wait --silent > /dev/null 2>&1; then
        started=yes
        break
    fi
done
[ -n "$started" ] || { cat "$home/data/server.log" >&2; echo "PostgreSQL did not start" >&2; exit 4; }

export JIANYAN_TEST_PG_URL="postgres://jianyan:$password@127.0.0.1:$port/postgres"
"$@"
