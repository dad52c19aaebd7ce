#!/bin/sh
# Has HAProxy judge the files of one version of the secret, by its own configuration, before they are used.
#
#   $1  the folder of that version
set -eu
umask 077

judged=$(mktemp -d)
trap 'rm -rf "$judged"' EXIT
# The ways to a cluster's nodes are a file of that version.
for part in /etc/hipaa-redis/haproxy.cfg "$1/ways/nodes.cfg"; do
  [ ! -e "$part" ] || sed "s#/run/hipaa-redis/secret/#$1/#g" "$part" >"$judged/$(basename "$part")"
done
/usr/sbin/haproxy -c -q -f "$judged"
