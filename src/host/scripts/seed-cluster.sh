#!/bin/sh
# Runs as root before Redis starts, and writes the cluster's nodes as Redis itself would have kept them, had it a disk: as another node
# sees them or, where none is there, as the plan has them. What is empty never leads slots while a node of its shard has values: that one
# takes over first.
set -eu
umask 077

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
members=/run/hipaa-redis/secret/cluster-members
start=/run/hipaa-redis/start
nodes=/run/hipaa-redis/redis/nodes.conf
rm -f "$start/leaves"

# The node of the shard that has the most of its values, or is about to; nothing where nobody has any, and a mark where one does not say.
fullest() {
  while read -r node where; do
    told=$(echo 'INFO' | "$scripts/ask-peer" "$node" 6379 _node) || told=''
    if [ -z "$told" ]; then
      [ "$where" = away ] || echo '? ?'
    else
      printf '%s\n' "$told" | awk -F: -v node="$node" '
        /^master_repl_offset:/ { offset = $2 }
        /^db[0-9]+:keys=[1-9]/ { keys = 1 }
        END { if (keys || offset > 0 || offset == "") print (offset == "" ? "?" : offset), node }'
    fi
  done | sort -k 1,1n | tail -n 1
}

said=''
say() {
  [ "$said" = "$1" ] || printf 'hipaa-redis: %s\n' "$1" >&2
  said=$1
}

# Every cluster has these shards, and begins with them. Nodes of later ones may be so many that they would be a cluster by themselves, while
# those that are there have not heard of them yet.
begins=$(awk -v self="$HIPAA_REDIS_NODE_ID" '$3 == self { print ($1 + 0 < 3) }' "$members")

last=$(($(date +%s) + HIPAA_REDIS_FORMS_AFTER_SECONDS))
tell=0
while :; do
  status=0
  view=$("$scripts/find-view") || status=$?
  now=$(date +%s)
  # shellcheck disable=SC2046
  set -- $(printf '%s\n' "$view" | head -n 1)
  if [ "$status" -ne 0 ] && { [ "$now" -lt "$last" ] || { [ "$status" -eq 1 ] && [ "$begins" = 0 ]; }; }; then
    say 'waiting for another node.'
  elif [ "$status" -eq 1 ]; then
    say 'starting as the plan has it: no other node is there.'
    break
  elif [ "$status" -ne 0 ]; then
    say 'waiting for another node to tell of the cluster: one is there, and does not.'
  elif [ "$1" != ok ] && [ "$now" -lt "$last" ]; then
    say 'waiting for a node that is in touch with most primaries.'
  else
    told=$(printf '%s\n' "$view" | "$scripts/cluster-role")
    role=$(printf '%s\n' "$told" | head -n 1)
    other=''
    case $role in lead | wait) other=$(printf '%s\n' "$told" | tail -n +2 | fullest) ;; esac
    # Of a shard without slots, whoever has values leads: keys of the first slot may be there already.
    leader=$(printf '%s\n' "$view" | awk -v at="${other#* }:" 'index($2, at) == 1 && $3 ~ /master/ { print $1 }')
    if [ "$role" = wait ] && [ -n "$other" ] && [ -n "$leader" ]; then
      role="follow $leader"
      other=''
    fi
    if [ -z "$other" ]; then
      say "starting as node $3 sees it: to $role."
      break
    fi
    say 'waiting for another node to take over: this one is empty, and others have values.'
    # This Redis is away for certain. Where a majority of the primaries is as well, there is nobody to vote, nor where there are no slots.
    force=FORCE
    if [ "$role" = wait ] || { [ "$1" != ok ] && [ $(($5 * 2)) -gt "$4" ]; }; then force=TAKEOVER; fi
    if [ "${other#\?}" = "$other" ] && [ "$now" -ge "$tell" ]; then
      echo "CLUSTER FAILOVER $force" | "$scripts/ask-peer" "${other#* }" 6379 _node >/dev/null || :
      tell=$((now + 5))
    fi
  fi
  sleep 0.5
done

as_seen() {
  printf '%s\n' "$view" | awk -v self="$HIPAA_REDIS_NODE_ID" -v address="$HIPAA_REDIS_SELF" -v role="$role" '
    NR == 1 { epoch = $2; own = "0"; next }
    $3 ~ /handshake|noaddr/ { next }
    {
      slots = ""
      for (field = 9; field <= NF; field++) if ($field !~ /^\[/) slots = slots " " $field
      if ($1 == self) { own = $7 slots; next }
      sub(/,.*/, "", $2)
      sub(/myself,/, "", $3)
      # Who is called and does not answer is away after a while, and this node is not in touch with a majority.
      print $1, $2, $3, $4, 1, 0, $7, "connected" slots
    }
    END {
      split(own, mine, " ")
      split(role, word, " ")
      follows = word[1] == "follow"
      slots = word[1] == "lead" ? substr(own, length(mine[1]) + 1) : ""
      print self, address ":6379@16379", "myself," (follows ? "slave " word[2] : "master -"), 0, 0, (follows ? 0 : mine[1]), "connected" slots
      # What this node has voted for before, it has forgotten.
      print "vars currentEpoch", epoch, "lastVoteEpoch", epoch
    }'
}
as_planned() {
  awk -v self="$HIPAA_REDIS_NODE_ID" '
    {
      split($1, place, "-")
      shard[NR] = place[1]; address[NR] = $2; id[NR] = $3
      if (place[2] == 0) first[place[1]] = $3
      if (place[1] + 1 > shards) shards = place[1] + 1
    }
    END {
      for (line = 1; line <= NR; line++) {
        its = shard[line]
        leads = first[its] == id[line]
        mine = id[line] == self
        # The first shards have the highest epochs: a node of a shard that comes later takes nothing from one that was there before.
        printf "%s %s:6379@16379 %s%s %d 0 %d connected", id[line], address[line], (mine ? "myself," : ""), (leads ? "master -" : "slave " first[its]), !mine, 100 - its
        if (leads) printf " %d-%d", int(16384 * its / shards), int(16384 * (its + 1) / shards) - 1
        print ""
      }
      print "vars currentEpoch 100 lastVoteEpoch 0"
    }' "$members"
}
if [ "$status" -eq 0 ]; then as_seen; else as_planned; fi >"$nodes"

read -r password </run/hipaa-redis/secret/peer-password
printf 'masteruser _replica\nmasterauth %s\n' "$password" >"$start/role.conf"
# The agent tells Redis the password of its peers, and what it is to tell the others.
sed -i '/^user _agent /s/$/ +config|set/' "$start/commands.conf"
chown redis:redis "$nodes" "$start/role.conf" "$start/commands.conf"
chmod 0600 "$nodes"
chmod 0400 "$start/role.conf" "$start/commands.conf"
