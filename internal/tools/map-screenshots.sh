#!/usr/bin/env bash
# Opens address maps in headless Chromium, checks labels, console and accessibility, and writes screenshots: map-screenshots.sh FOLDER
# Installs what is missing: Chromium and a Chinese font from Debian's packages, axe-core from npm. CIDRPLAN_CHROMIUM names another browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

axe=4.14.1 # the version of axe-core

mkdir -p "$1"
folder=$(cd "$1" && pwd)

if [[ -z ${CIDRPLAN_CHROMIUM:-} ]]; then
	CIDRPLAN_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
fi
if [[ -z $CIDRPLAN_CHROMIUM ]]; then
	apt-get update -q
	apt-get install -qy --no-install-recommends chromium fonts-dejavu-core fonts-wqy-zenhei
	CIDRPLAN_CHROMIUM=$(command -v chromium)
fi

if [[ ! -f bin/axe-$axe.js ]]; then
	if ! command -v npm >/dev/null; then
		apt-get update -q
		apt-get install -qy --no-install-recommends npm
	fi
	packed=$(mktemp -d)
	trap 'rm -rf "$packed"' EXIT
	npm pack --silent --pack-destination "$packed" "axe-core@$axe" >/dev/null
	tar -xzf "$packed/axe-core-$axe.tgz" -C "$packed" package/axe.min.js
	mkdir -p bin
	cp "$packed/package/axe.min.js" "bin/axe-$axe.js"
fi

export CIDRPLAN_CHROMIUM CIDRPLAN_AXE="$PWD/bin/axe-$axe.js" CIDRPLAN_SCREENSHOTS=$folder
go test -tags browser -count=1 -timeout 30m -run 'InABrowser$' ./internal/addressmap
