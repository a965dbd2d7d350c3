#!/usr/bin/env bash
# Runs every fuzz target of the module so many times: fuzz.sh 50000x
# (A number of runs, since a time that ends can fail the run with "context deadline exceeded".)
# (go test -fuzz takes one target of one package at a time.)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

grep -roH --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' internal | while IFS=: read -r file target; do
	target=${target#func }
	echo "== ${file%/*} $target"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "./${file%/*}" </dev/null
done
