#!/usr/bin/env bash
# Prints the path of an OpenTofu binary of the version that tofu.mod pins,
# building it when it is not there yet.
set -euo pipefail

tools=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$tools/../.."

version=$(go list -m -modfile=internal/tools/tofu.mod -f '{{.Version}}' github.com/opentofu/opentofu)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/terraform-provider-cidrplan
tofu=$cache/tofu-$version

if [ ! -x "$tofu" ]; then
	echo "Building OpenTofu $version into $cache: this takes some minutes and happens once." >&2
	mkdir -p "$cache"
	# A temporary name until it is whole: an interrupted build must not look like a binary.
	partial=$(mktemp "$cache/.tofu-$version.XXXXXX")
	trap 'rm -f "$partial"' EXIT
	# Without dev=no it calls itself a -dev version, which version constraints refuse.
	CGO_ENABLED=0 go build -modfile=internal/tools/tofu.mod -trimpath \
		-ldflags '-s -w -X github.com/opentofu/opentofu/version.dev=no' \
		-o "$partial" github.com/opentofu/opentofu/cmd/tofu >&2
	mv "$partial" "$tofu"
fi

echo "$tofu"
