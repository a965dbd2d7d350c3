#!/usr/bin/env bash
# Prints a CLI configuration which makes Terraform and OpenTofu use the provider
# built into the given folder, without init: dev-overrides.sh FOLDER > FILE
set -euo pipefail

folder=$(cd "$1" && pwd)
cat <<EOF
provider_installation {
  dev_overrides {
    "registry.terraform.io/cidrplan/cidrplan" = "$folder"
    "registry.opentofu.org/cidrplan/cidrplan" = "$folder"
  }
  direct {}
}
EOF
