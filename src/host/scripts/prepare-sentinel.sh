#!/bin/sh
# Runs as root before Sentinel starts. Writes its configuration, which has the peers' password in it, in memory: Sentinel itself
# writes to this file. One that begins anew takes the primary from the others, where a majority of them names one.
set -eu
umask 077

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
folder=/run/hipaa-redis/sentinel
secret=/run/hipaa-redis/secret

# Whom each node's Redis follows, or itself where it leads and has had values; most of them decide.
primary_by_redis() {
  for node in $(echo "$HIPAA_REDIS_NODES" | tr , ' '); do
    echo 'INFO replication' | "$scripts/ask-peer" "$node" 6379 _sentinel |
      awk -F: -v node="$node" '/^master_host:/ { print $2 } /^role:master/ { leads = 1 } leads && /^master_repl_offset:[1-9]/ { print node }'
  done | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }'
}

primary=$("$scripts/find-primary") || primary=$(primary_by_redis)
primary=${primary:-${HIPAA_REDIS_NODES%%,*}}
read -r password <"$secret/peer-password"
read -r config <"$secret/config-command"
{
  sed "s/@primary@/$primary/" /etc/hipaa-redis/sentinel.conf
  # By itself it learns of those alone that follow the primary just now, and would leave one that follows another node where it is.
  for node in $(echo "$HIPAA_REDIS_NODES" | tr , ' '); do
    [ "$node" = "$primary" ] || printf 'sentinel known-replica main %s 6379\n' "$node"
  done
  printf 'sentinel auth-pass main %s\n' "$password"
  printf 'sentinel sentinel-pass %s\n' "$password"
  printf 'sentinel rename-command main CONFIG %s\n' "$config"
  "$scripts/sentinel-users"
} >"$folder/sentinel.conf"
chown redis:redis "$folder/sentinel.conf"
chmod 0600 "$folder/sentinel.conf"
