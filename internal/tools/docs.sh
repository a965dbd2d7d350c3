#!/usr/bin/env bash
# Generates the Registry's pages from the provider's own schema. Arguments go to tfplugindocs.
#
# Left alone, tfplugindocs accepts Terraform only and downloads it when it is not on
# PATH. Handed a schema it needs neither, and OpenTofu prints the same schema.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cli=$(internal/tools/terraform.sh)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go build -o bin/terraform-provider-cidrplan .
internal/tools/dev-overrides.sh bin >"$work/cli.tfrc"
cat >"$work/main.tf" <<'EOF'
terraform {
  required_providers {
    cidrplan = { source = "cidrplan/cidrplan" }
  }
}
EOF

# tfplugindocs looks for the short name or the hashicorp namespace, whatever the provider's own.
TF_CLI_CONFIG_FILE=$work/cli.tfrc "$cli" -chdir="$work" providers schema -json |
	sed 's#"registry[.][a-z]*[.][a-z]*/cidrplan/cidrplan":#"cidrplan":#' >"$work/schema.json"

# The guides of the platforms are templates that the platforms' data writes.
go run ./internal/guides

go tool -modfile=internal/tools/go.mod tfplugindocs generate \
	--provider-name cidrplan --providers-schema "$work/schema.json" "$@"
