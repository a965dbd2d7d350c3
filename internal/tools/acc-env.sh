#!/usr/bin/env bash
# Runs a command with the environment that acceptance tests need for a given
# Terraform or OpenTofu binary: acc-env.sh BINARY COMMAND...
set -euo pipefail

binary=$1
shift

# A dev_overrides in the developer's own CLI configuration must not decide what is tested.
export TF_CLI_CONFIG_FILE=/dev/null
export CHECKPOINT_DISABLE=1

# `source = "cidrplan/cidrplan"` means another registry to each of the two, and
# terraform-plugin-testing offers the provider under one address only.
case $("$binary" version) in
*OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
*) export TF_ACC_PROVIDER_HOST=registry.terraform.io ;;
esac
export TF_ACC_PROVIDER_NAMESPACE=cidrplan

# The many short processes of an acceptance test collect garbage that nobody needs collected: a fifth of their time.
export GOGC=${GOGC:-off} GOMEMLIMIT=${GOMEMLIMIT:-1GiB}

export TF_ACC=1
export TF_ACC_TERRAFORM_PATH=$binary

exec "$@"
