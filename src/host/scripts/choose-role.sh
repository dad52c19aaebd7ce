#!/bin/sh
# Runs as root before Redis starts, and decides what it starts as. What is empty never leads where another node has values: a Redis that comes
# back while Sentinel still takes it for the primary would empty its replicas. It waits, and Sentinel has another node take over, since
# this Redis is away.
set -eu
umask 077

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
start=/run/hipaa-redis/start
secret=/run/hipaa-redis/secret

# What the other nodes' Redis say, a word each: that they have values, or are about to, as what they have told of replication so far is
# not nothing; none, as one has that is not there; or nothing, as they do not answer or have no place for who asks.
values_of_others() {
  for node in $(echo "$HIPAA_REDIS_NODES" | tr , ' '); do
    [ "$node" != "$HIPAA_REDIS_SELF" ] || continue
    answer=$(echo 'INFO' | "$scripts/ask-peer" "$node" 6379 _sentinel) || answer=late
    case $answer in
    '') echo none ;;
    OK*) printf '%s\n' "$answer" | grep -oE '^(db[0-9]+:keys=[1-9]|master_repl_offset:[1-9])' || echo none ;;
    *) echo unknown ;;
    esac
  done
}

said=''
say() {
  [ "$said" = "$1" ] || printf 'hipaa-redis: %s\n' "$1" >&2
  said=$1
}

# One that stands still for a moment goes on, and is named then. A host that is gone never answers.
patience_seconds=60
last=''

may_lead() {
  case $(values_of_others) in
  *:*)
    say 'waiting for Sentinel to have another node take over: this one is empty, and others have values.'
    return 1
    ;;
  *unknown*)
    last=${last:-$(($(date +%s) + patience_seconds))}
    if [ "$(date +%s)" -lt "$last" ]; then
      say 'waiting for another node to say whether it has values.'
      return 1
    fi
    say 'starting as the primary: no other node says that it has a value.'
    ;;
  *) say 'starting as the primary: no other node has a value.' ;;
  esac
}

while :; do
  if ! primary=$("$scripts/find-primary"); then
    say 'waiting for a majority of the Sentinels to name a primary.'
  elif [ "$primary" != "$HIPAA_REDIS_SELF" ]; then
    say "starting as a replica of $primary."
    break
  elif may_lead; then
    break
  fi
  sleep 0.5
done

read -r password <"$secret/peer-password"
{
  printf 'masteruser _replica\nmasterauth %s\n' "$password"
  [ "$primary" = "$HIPAA_REDIS_SELF" ] || printf 'replicaof %s 6379\n' "$primary"
} >"$start/role.conf"

# Sentinel calls CONFIG by one name on every node. The agent hands over, and tells Redis the password of its peers.
read -r config <"$secret/config-command"
printf 'rename-command CONFIG %s\n' "$config" >>"$start/commands.conf"
sed -i '/^user _agent /s/$/ +client|pause +client|unpause +replicaof +config|set/' "$start/commands.conf"
chown redis:redis "$start/role.conf" "$start/commands.conf"
chmod 0400 "$start/role.conf" "$start/commands.conf"
