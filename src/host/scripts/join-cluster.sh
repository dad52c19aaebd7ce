#!/bin/sh
# Runs as root now and then while Redis runs. Takes one step towards the cluster of the list of members: has others meet this node where they
# don't know it, has it follow the primary of its shard, and forgets nodes that the list has no more.
set -eu

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
members=/run/hipaa-redis/secret/cluster-members
looked=/run/hipaa-redis/start/looked
ask() {
  "$scripts/ask-peer" "$HIPAA_REDIS_SELF" 6379 _node
}
nodes=$(echo 'CLUSTER NODES' | ask | awk 'length($1) == 40')
[ -n "$nodes" ] || exit 0

agreed=1
printf '%s\n' "$nodes" | "$scripts/agree-on-members" || agreed=0

# Each look at others takes both sides some handshakes: there is little to see while the list is an old one.
is_to_look() {
  [ -n "$(find "$members" -mmin -10)" ] || [ -z "$(find "$looked" -mmin -1 2>/dev/null)" ] || return 1
  : >"$looked"
}
# One that is in touch tells the others whom it knows: only where it doesn't know this node there is more to see.
is_known() {
  "$scripts/find-view" 1 | awk -v self="$HIPAA_REDIS_NODE_ID" '
    NR == 1 { ok = $1 == "ok" }
    $1 == self { known = 1 }
    END { exit !(ok && known) }'
}
# Whom others don't know they don't hear. Those that go by another list have no way to it yet, or no more.
name="members-$(sha256sum <"$members" | cut -c 1-16)"
if is_to_look && ! is_known && view=$("$scripts/find-view") && ! printf '%s\n' "$view" | grep -q "^$HIPAA_REDIS_NODE_ID " &&
  printf '%s\n' "$view" | grep -q "^[^ ]* [^ ]*,$name myself,"; then
  printf '%s\n' "$view" | {
    read -r _ _ address _
    echo "CLUSTER MEET $address 6379 16379" | ask >/dev/null
  }
fi

role=$(printf '%s\n' "$nodes" | "$scripts/cluster-role" | head -n 1)
case $role in
follow*)
  printf '%s\n' "$nodes" | grep -q " myself,slave ${role#* } " || echo "CLUSTER REPLICATE ${role#* }" | ask >/dev/null
  ;;
esac

# Of those that follow one that is to go, while its shard stays, the first takes over.
lead=$(printf '%s\n' "$nodes" | awk -v self="$HIPAA_REDIS_NODE_ID" '
  FNR == NR { place[$3] = $1; next }
  $9 != "" { has[$1] = 1 }
  ($1 in place) && $3 ~ /slave/ && $3 !~ /fail/ && (!($4 in first) || place[$1] < place[first[$4]]) { first[$4] = $1 }
  $1 == self { follows = $4 }
  END { if (!(follows in place) && (follows in has) && first[follows] == self) print "CLUSTER FAILOVER" }' "$members" -)
[ -z "$lead" ] || echo "$lead" | ask >/dev/null

[ "$agreed" -eq 1 ] || exit 0
# A replica may still have to take over from one that has slots.
forget=$(printf '%s\n' "$nodes" | awk '
  FNR == NR { member[$3] = 1; next }
  $9 != "" { has[$1] = 1; next }
  !($1 in member) && $3 !~ /myself|handshake/ { left[++count] = $1; follows[$1] = $4 }
  END { for (one = 1; one <= count; one++) if (!(follows[left[one]] in has)) print "CLUSTER FORGET", left[one] }' "$members" -)
[ -n "$forget" ] || exit 0
printf '%s\n' "$forget" | ask >/dev/null
# The next refresh lays the same version of the secret out anew, without the ways to them.
rm -f /run/hipaa-redis/secret/taken
