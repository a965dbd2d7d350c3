#!/usr/bin/env bash
# Starts a PostgreSQL server of one's own for trying the shared ledger, or stops it: postgresql.sh [start|stop|env]
#
# The server needs no root, listens on no port and has only a Unix socket, in a temporary directory that only its user can open.
# bin/postgresql, or CIDRPLAN_POSTGRESQL, is a link to that directory. stop removes both. env prints the variables of the connection.
# Where root runs the script, the server runs as user postgres or nobody, because PostgreSQL refuses root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

link=${CIDRPLAN_POSTGRESQL:-$PWD/bin/postgresql}

# program prints the path of a program of PostgreSQL: of PATH, or the newest that Debian has.
program() {
	command -v "$1" || find /usr/lib/postgresql/*/bin -name "$1" 2>/dev/null | sort -V | tail -n 1 | grep . || {
		echo "PostgreSQL is not installed: there is no $1 on PATH or in /usr/lib/postgresql." >&2
		echo "On Debian and Ubuntu: apt-get install postgresql. On macOS: brew install postgresql." >&2
		exit 1
	}
}

# as_user runs a command as the user of the server.
as_user() {
	if [ "$(id -u)" != 0 ]; then
		"$@"
	elif id postgres >/dev/null 2>&1; then
		setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
	else
		setpriv --reuid=nobody --regid="$(id -g nobody)" --clear-groups "$@"
	fi
}

environment() {
	echo "PGHOST=$(readlink "$link") PGUSER=cidrplan PGDATABASE=postgres"
}

running() { [ -L "$link" ] && [ -S "$link/.s.PGSQL.5432" ] && as_user "$1" status -D "$(readlink "$link")/data" >/dev/null; }

start() {
	local initdb pg_ctl dir
	initdb=$(program initdb)
	initdb=$(readlink -f "$initdb") # it looks for postgres beside itself
	pg_ctl=$(dirname "$initdb")/pg_ctl
	if running "$pg_ctl"; then
		echo "PostgreSQL runs already."
		return
	fi
	stop >/dev/null 2>&1 || true # what a stopped machine has left
	mkdir -p "$(dirname "$link")"
	dir=$(mktemp -d /tmp/cidrplan-postgresql.XXXXXX) # not TMPDIR: the path of a socket has at most 107 bytes
	if [ "$(id -u)" = 0 ]; then
		chown "$(as_user id -u):$(as_user id -g)" "$dir"
	fi
	(cd "$dir" && as_user "$initdb" -A trust -U cidrplan -E UTF8 --no-locale -D "$dir/data") >/dev/null
	(cd "$dir" && as_user "$pg_ctl" start -w -s -D "$dir/data" -l "$dir/log" \
		-o "-c listen_addresses= -c unix_socket_directories=$dir -c unix_socket_permissions=0700") </dev/null >/dev/null
	ln -sfn "$dir" "$link"
	echo "PostgreSQL runs."
}

stop() {
	local pg_ctl dir
	[ -L "$link" ] || {
		echo "PostgreSQL does not run."
		return
	}
	dir=$(readlink "$link")
	pg_ctl=$(dirname "$(readlink -f "$(program initdb)")")/pg_ctl
	if [ -d "$dir/data" ]; then
		(cd "$dir" && as_user "$pg_ctl" stop -s -m fast -D "$dir/data") || true # it may have ended by itself
	fi
	rm -rf "$dir" "$link"
	echo "PostgreSQL is stopped, and its data is removed."
}

case ${1:-start} in
start)
	start
	echo "Connect with: $(environment)"
	;;
stop) stop ;;
env)
	[ -L "$link" ] || {
		echo "PostgreSQL does not run. Start it with: make postgresql" >&2
		exit 1
	}
	environment
	;;
*)
	echo "postgresql.sh [start|stop|env]" >&2
	exit 2
	;;
esac
