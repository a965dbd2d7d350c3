#!/usr/bin/env bash
# Two workspaces plan at the same time against one supernet, then both apply. With the ledger, their ranges differ.
#
# It uses the PostgreSQL server that make postgresql starts, or the one of PGHOST. Each run makes a new ledger, in a schema of its own.
# Nothing else is written outside the clone but the caches of Go and OpenTofu.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

heading() { printf '\n=== %s\n\n' "$*"; }

end="make postgresql-stop stops the server and removes its data."
if [ -n "${PGHOST:-}" ]; then
	end="The ledger is still in the database of $PGHOST: drop its schema, named above."
else
	server=$(internal/tools/postgresql.sh env)
	for variable in $server; do export "${variable?}"; done
fi

heading "Building the provider"
go build -o bin/terraform-provider-cidrplan .
cli=$(internal/tools/terraform.sh)

# Work on a copy, so that no plan, lock or state file lands beside the example.
demo=$PWD/.demo/shared-ledger
rm -rf "$demo"
mkdir -p "$demo"
cp examples/scenarios/shared-ledger/main.tf "$demo"
internal/tools/dev-overrides.sh bin >"$demo/cli.tfrc"

export TF_CLI_CONFIG_FILE=$demo/cli.tfrc
export TF_IN_AUTOMATION=1
export CHECKPOINT_DISABLE=1
unset TF_CLI_ARGS TF_CLI_ARGS_plan TF_CLI_ARGS_apply
export TF_VAR_ledger_schema=cidrplan_demo_$$_$RANDOM

ledger() { bin/terraform-provider-cidrplan ledger "$@" --schema "$TF_VAR_ledger_schema"; }

# in_workspace WORKSPACE ARGUMENTS... runs Terraform in a workspace.
in_workspace() { TF_WORKSPACE=$1 TF_DATA_DIR=$demo/$1.data "$cli" -chdir="$demo" "${@:2}"; }

plan() { in_workspace "$1" plan -no-color -input=false -out="$1.tfplan"; }

apply() { in_workspace "$1" apply -no-color -input=false "$1.tfplan"; }

plan_again() { in_workspace "$1" plan -no-color -input=false -detailed-exitcode; }

# both STEP runs a step in both workspaces at the same time, and shows their ranges.
both() {
	local failed=
	"$1" shop >"$demo/shop.log" 2>&1 &
	local shop=$!
	"$1" bank >"$demo/bank.log" 2>&1 || failed=yes
	wait "$shop" || failed=yes
	for workspace in shop bank; do
		echo "Workspace $workspace:"
		if [ "$failed" ]; then
			cat "$demo/$workspace.log"
		else
			grep -E '^(  \+ )?(pods|services) +=|^No changes' "$demo/$workspace.log"
		fi
	done
	[ ! "$failed" ]
}

heading "1/4 cidrplan ledger init: creates the ledger in the database"
ledger init

heading "2/4 Both workspaces plan at the same time, and hold what they choose ($("$cli" version | grep -E '^(Terraform|OpenTofu) '))"
both plan
ledger list --ranges

heading "3/4 Both workspaces apply at the same time, and their holds become claims"
both apply
ledger list --ranges

heading "4/4 Both workspaces plan again: nothing changes"
both plan_again

output() { in_workspace "$1" output -raw "$2"; }
if [ "$(output shop pods)" = "$(output bank pods)" ] || [ "$(output shop services)" = "$(output bank services)" ]; then
	heading "FAILED: both workspaces have the same range"
	exit 1
fi
heading "Done: the ranges of the two workspaces differ. $end"
