#!/usr/bin/env bash
# Runs the tests of the ledger on versions of PostgreSQL, one after another: test-postgresql.sh [--short] VERSION...
# --short leaves out those that need Terraform, and draws less. A version that the ledger does not support is to be refused.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

oldest=$(sed -n 's/^const OldestServer = //p' internal/ledger/old_server.go)

flags=()
if [[ ${1:-} == --short ]]; then
	flags=(-short)
	shift
else
	terraform=$(internal/tools/terraform.sh)
fi
[[ $# -gt 0 ]] || {
	echo "test-postgresql.sh [--short] VERSION..." >&2
	exit 2
}

# on runs a command with the programs of a version.
on() {
	local bin
	bin=$(internal/tools/postgresql-binaries.sh "$1")
	env "PATH=$bin:$PATH" "CIDRPLAN_POSTGRESQL_VERSION=$1" "${@:2}"
}

for version in "$@"; do
	echo "PostgreSQL $version"
	if ((version < oldest)); then
		on "$version" go test -count=1 -run '^TestAServerIsRefusedIfItIsTooOld$' ./internal/ledger
		continue
	fi
	on "$version" go test -count=1 "${flags[@]}" ./internal/ledger/... ./internal/cli
	[[ -z ${terraform:-} ]] ||
		on "$version" internal/tools/acc-env.sh "$terraform" go test -count=1 -timeout 60m -run Ledger ./internal/provider
done
