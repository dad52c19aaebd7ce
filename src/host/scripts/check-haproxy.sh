#!/bin/sh
# Has HAProxy judge the files of one version of the secret, by its own configuration, before they are used.
#
#   $1  the folder of that version
set -eu
umask 077

judged=$(mktemp)
trap 'rm -f "$judged"' EXIT
sed "s#/run/hipaa-redis/secret/#$1/#g" /etc/hipaa-redis/haproxy.cfg >"$judged"
[ ! -e "$1/ways/nodes.cfg" ] || sed "s#/run/hipaa-redis/secret/#$1/#g" "$1/ways/nodes.cfg" >>"$judged" # cluster
/usr/sbin/haproxy -c -q -f "$judged"
