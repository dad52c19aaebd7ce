#!/bin/sh
# Runs as root before a version of the secret is judged. Makes of its list of a cluster's nodes what this host needs of each: the tunnel's ways
# there, on a node whom it admits and what its scripts know, on an app host the connection file. Nodes that are on the list in use and not on
# this one have slots for a while: they keep their ways. Prints what is wrong with the list and exits with 1.
#
#   $1  the folder of that version
set -eu
umask 077

# The files are on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/ways.env
texts=/etc/hipaa-redis/ways
in_use=/run/hipaa-redis/secret
folder=$1
members=$folder/members
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

refuse() {
  printf '%s\n' "$1"
  exit 1
}

octet='(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
# 1 is what it says when there is no other line; anything beyond is no judgement.
status=0
grep -qvxE "([1-9]?[0-9])-[0-5] ($octet\.){3}$octet" "$members" || status=$?
[ "$status" -eq 1 ] || refuse "its field 'members' is not in the form that is meant."
awk 'seen[$1]++ || seen[$2]++ { exit 1 }' "$members" || refuse "its field 'members' has a node twice."

# What the addresses on the loopback are, and where scripts ask Redis, the ids: sha1 of who a node is, of all at once.
#   stdin  as the secret's list; stdout  place, address in the network, address on the loopback, id
known() {
  if [ -n "${HIPAA_REDIS_IDENTITY:-}" ]; then
    mkdir "$made/ids"
    awk -v identity="$HIPAA_REDIS_IDENTITY" -v folder="$made/ids" '{ file = folder "/" $1; printf "%s/%s", identity, $1 >file; close(file); print }' >"$made/lines"
    (cd "$made/ids" && sha1sum -- *) >"$made/sums"
  else
    cat >"$made/lines"
    awk '{ print "-", $1 }' "$made/lines" >"$made/sums"
  fi
  awk -v loopback="$HIPAA_REDIS_LOOPBACK" '
    FNR == NR { id[$2] = $1; next }
    {
      split($1, place, "-")
      split(loopback, part, ".")
      number = ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4] + place[1] * 6 + place[2] + 1
      address = ""
      for (octet = 0; octet < 4; octet++) {
        address = "." number % 256 address
        number = int(number / 256)
      }
      print $1, $2, substr(address, 2), id[$1]
    }' "$made/sums" "$made/lines"
  rm -rf "$made/ids"
}

# Of nodes that have left, those that this node's own Redis still knows; all of them where it does not say.
still_known() {
  if [ -s "$made/left" ] && [ -n "${HIPAA_REDIS_SELF:-}" ] &&
    nodes=$(echo 'CLUSTER NODES' | "$(dirname "$0")/ask-peer" "$HIPAA_REDIS_SELF" 6379 _node) &&
    printf '%s\n' "$nodes" | grep -q ' myself,'; then
    printf '%s\n' "$nodes" | awk 'FNR == NR { known[$1]; next } $4 in known' - "$made/left"
  else
    cat "$made/left"
  fi
}

# $1: a text with the place of what is told of a node; stdin: nodes
fill() {
  text=$(cat "$texts/$1") awk '{
    text = ENVIRON["text"]
    gsub(/@PLACE@/, $1, text)
    gsub(/@ADDRESS@/, $2, text)
    gsub(/@LOOPBACK@/, $3, text)
    print text
  }'
}

# $1: a file; $2: one that has the same readers
for_readers_of() {
  chown --reference="$folder/$2" "$folder/$1"
  chmod --reference="$folder/$2" "$folder/$1"
}

known <"$members" >"$made/nodes"
: >"$made/left"
if [ -e "$in_use/members" ]; then
  awk 'FNR == NR { stays[$1]; next } !($1 in stays) && !seen[$1]++' "$members" "$in_use/members" "$in_use/leaving" >"$made/gone"
  [ ! -s "$made/gone" ] || known <"$made/gone" >"$made/left"
fi
still_known >"$made/leaving"
cut -d ' ' -f 1,2 "$made/leaving" >"$folder/leaving"
cat "$made/nodes" "$made/leaving" | awk -v self="${HIPAA_REDIS_SELF:-}" '$3 != self' >"$made/others"

install -d -m 0755 "$folder/ways"
fill way <"$made/others" >"$folder/ways/nodes.cfg"
for_readers_of ways/nodes.cfg members
if [ -e "$texts/admitted" ]; then
  install -d -m 0755 "$folder/admitted-peers"
  fill admitted <"$made/others" >"$folder/admitted-peers/nodes.conf"
  for_readers_of admitted-peers/nodes.conf members
  cut -d ' ' -f 1,3,4 "$made/nodes" >"$folder/cluster-members"
  # It is as old as the list.
  ! cmp -s "$in_use/cluster-members" "$folder/cluster-members" || cp -p "$in_use/cluster-members" "$folder/cluster-members"
fi
if [ -e "$texts/connection" ]; then
  fill node <"$made/others" >"$made/connection"
  jq --slurpfile nodes "$made/connection" '.nodes = $nodes' "$texts/connection" >"$folder/connection.json"
  for_readers_of connection.json password
fi
