#!/usr/bin/env bash
# Plans two configurations with the provider built from this clone: main must give
# its addresses in the plan, conflict must be refused. Nothing is applied, no account
# is needed, and nothing is written outside the clone but the caches of Go and OpenTofu.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

heading() { printf '\n=== %s\n\n' "$*"; }

heading "Building the provider"
go build -o bin/terraform-provider-cidrplan .
cli=$(internal/tools/terraform.sh)

# Work on a copy, so that no plan, lock or state file lands beside the examples.
demo=$PWD/.demo
rm -rf "$demo"
mkdir "$demo"
cp -R examples/scenarios/main examples/scenarios/conflict "$demo"
internal/tools/dev-overrides.sh bin >"$demo/cli.tfrc"

export TF_CLI_CONFIG_FILE=$demo/cli.tfrc
export TF_IN_AUTOMATION=1
export CHECKPOINT_DISABLE=1
unset TF_WORKSPACE TF_CLI_ARGS TF_CLI_ARGS_plan

plan() {
	TF_DATA_DIR=$demo/$1.data "$cli" -chdir="$demo/$1" plan -input=false -no-color -out="$demo/$1.tfplan" 2>&1
}

heading "1/2 examples/scenarios/main: a plan that succeeds ($("$cli" version | grep -E '^(Terraform|OpenTofu) '))"
echo "Every Pod and Service CIDR below is a literal value, though nothing exists yet."
echo "(The warning is about using a provider from a local build.)"
echo
plan main

heading "2/2 examples/scenarios/conflict: a plan that must be refused"
echo "Two ranges share addresses. The plan stops, names both and lists the options."
echo
if refusal=$(plan conflict); then
	echo "$refusal"
	heading "FAILED: the conflicting plan was accepted"
	exit 1
fi
echo "$refusal"
# Any other error, a typing mistake say, is a failed demo too.
if ! grep -Eq 'Error: .*([Cc]onflict|[Oo]verlap)' <<<"$refusal"; then
	heading "FAILED: the conflicting plan failed, but not because of the conflict"
	exit 1
fi

heading "Done: the first plan shows its addresses, the second is refused."
