#!/usr/bin/env bash
# Installs the provider where terraform init and tofu init find it without any configuration of the
# command line, or removes it again: install.sh [--remove]
#
# Both read ~/.terraform.d/plugins as an implied local mirror, laid out as
# HOST/NAMESPACE/TYPE/VERSION/OS_ARCH:
#   https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
#   https://opentofu.org/docs/cli/config/config-file/#implied-local-mirror-directories
#
# CIDRPLAN_PLUGIN_DIR chooses another folder, CIDRPLAN_VERSION another version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

plugins=${CIDRPLAN_PLUGIN_DIR:-$HOME/.terraform.d/plugins}
# The source cidrplan/cidrplan means the one host to Terraform and the other to OpenTofu.
hosts=(registry.terraform.io registry.opentofu.org)

if [ "${1:-}" = --remove ]; then
	for host in "${hosts[@]}"; do
		rm -rf "$plugins/$host/cidrplan/cidrplan"
		rmdir -p "$plugins/$host/cidrplan" 2>/dev/null || true
	done
	echo "Removed cidrplan from $plugins"
	exit
fi

# A lock file records a checksum for each version, so two builds need two versions: the time of the
# commit, or the time of the build where something is not committed.
version_of_build() {
	if [ -z "$(git status --porcelain 2>/dev/null || echo no git)" ]; then
		echo "0.0.$(TZ=UTC git log -1 --format=%cd --date=format-local:%Y%m%d%H%M%S)"
	else
		echo "0.0.$(date -u +%Y%m%d%H%M%S)"
	fi
}
version=${CIDRPLAN_VERSION:-$(version_of_build)}
platform=$(go env GOOS)_$(go env GOARCH)

built=bin/install/terraform-provider-cidrplan
go build -trimpath -buildvcs=false -ldflags "-X main.version=$version" -o "$built" .
for host in "${hosts[@]}"; do
	folder=$plugins/$host/cidrplan/cidrplan/$version/$platform
	mkdir -p "$folder"
	cp "$built" "$folder/terraform-provider-cidrplan_v$version"
done
rm -r bin/install

cat <<EOS
Installed cidrplan $version in $plugins

Write this into a configuration, beside the other providers, and run terraform init or tofu init:

  terraform {
    required_providers {
      cidrplan = { source = "cidrplan/cidrplan" }
    }
  }

A configuration that was initialized before changes to this version with init -upgrade.
EOS

# A provider_installation block turns the implied mirror off.
for config in "${TF_CLI_CONFIG_FILE:-}" ~/.terraformrc ~/.tofurc "${XDG_CONFIG_HOME:-$HOME/.config}/opentofu/tofurc"; do
	if [ -f "$config" ] && grep -q '^[[:space:]]*provider_installation' "$config"; then
		cat <<EOS

$config has a provider_installation block, so $plugins is not searched.
Remove the block; or remove dev_overrides of cidrplan from it, and add these lines, with one direct in all:

  filesystem_mirror {
    path    = "$plugins"
    include = ["registry.terraform.io/cidrplan/*", "registry.opentofu.org/cidrplan/*"]
  }
  direct {
    exclude = ["registry.terraform.io/cidrplan/*", "registry.opentofu.org/cidrplan/*"]
  }
EOS
	fi
done
