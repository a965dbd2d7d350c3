#!/usr/bin/env bash
# Prints the path of the command line that the project's scripts run:
# $CIDRPLAN_TERRAFORM, else terraform or tofu on PATH, else an OpenTofu built here.
set -euo pipefail

if [ -n "${CIDRPLAN_TERRAFORM:-}" ]; then
	cli=$(command -v "$CIDRPLAN_TERRAFORM") || {
		echo "CIDRPLAN_TERRAFORM names no program: $CIDRPLAN_TERRAFORM" >&2
		exit 1
	}
else
	cli=$(command -v terraform || command -v tofu || "$(dirname "${BASH_SOURCE[0]}")/tofu.sh")
fi

# Callers run it from folders of their own.
case $cli in
/*) echo "$cli" ;;
*) echo "$PWD/$cli" ;;
esac
