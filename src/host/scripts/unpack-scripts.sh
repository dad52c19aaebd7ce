#!/bin/sh
# Lays out the scripts that come with the secret, beside those of the host's user data, which knows them by their sum. A host keeps those that it
# has: another version of the library brings others for the host that comes after it.
#
#   $1  the SHA-256 of the file that has them
set -eu
umask 022

folder=$(dirname "$0")
archive=/run/hipaa-redis/secret/scripts
[ ! -e "$folder/unpacked" ] || exit 0
echo "$1  $archive" | sha256sum --check --status || {
  printf 'hipaa-redis: the scripts that came with the secret are not those that this host is to run.\n' >&2
  exit 1
}
# Behind the second stroke of each are the names of what runs on this host, as withPrograms() writes them.
base64 -d "$archive" | gunzip | sed 's/redis[-]cli/redis-cli/g; s/redis[:]redis/redis:redis/g' | awk -v folder="$folder" '/^=== / { file = folder "/" $2; next } { print >file }'
chmod 0755 "$folder"/*
: >"$folder/unpacked"
