#!/bin/sh
# Runs as root now and then. Where the slots are not spread as the plan has them, this node takes what it lacks when its turn comes: Redis's
# own commands move the keys, so that clients go on meanwhile. One that was interrupted goes on where it was. Prints no key.
#
#   $1  by this script alone: once, which moves a few slots, and ends with 3 where there is nothing to do, and with 4 where it can do nothing
set -eu

if [ "${1:-}" != once ]; then
  # Where a node fails over, its successor knows nothing of what was on its way: it is told again as soon as it is there.
  tries=20
  while [ "$tries" -gt 0 ]; do
    status=0
    "$0" once || status=$?
    case $status in
    0) tries=20 ;;
    3) exit 0 ;;
    4) exit 1 ;;
    *) tries=$((tries - 1)) && sleep 0.5 ;;
    esac
  done
  exit 1
fi

# The file is on the host alone.
# shellcheck source=/dev/null
. /etc/hipaa-redis/replication.env
scripts=$(dirname "$0")
members=/run/hipaa-redis/secret/cluster-members

ask() {
  "$scripts/ask-peer" "$1" 6379 _node | tail -n +2
}
# $1: why; $2: 4 where another try would find the same
fail() {
  printf 'hipaa-redis: slots stay where they are for now: %s\n' "$1" >&2
  exit "${2:-1}"
}

# $1: slots; $2: what to do with each
setting() {
  for slot in $1; do echo "CLUSTER SETSLOT $slot $2"; done
}
# $1: slots
counting() {
  for slot in $1; do echo "CLUSTER COUNTKEYSINSLOT $slot"; done
}

# $1: a node's address; $2: slots; $3: what to do with each; $4: what it has answered. All have to be taken.
are_taken() {
  [ "$(printf '%s\n' "$4" | grep -cx OK)" -lt "$(echo "$2" | wc -w)" ] || return 0
  refusal=$(printf '%s\n' "$4" | grep -vxE 'OK|[0-9]+' | head -n 1)
  fail "$1 does not take \"$3\": ${refusal:-no answer}"
}
# $1: a node's address; $2: slots; $3: what to do with each
set_slots() {
  answers=$(setting "$2" "$3" | ask "$1")
  are_taken "$@" "$answers"
}

# Prints how many keys slots have. $1: slots; stdin: answers, those to `counting` among them
sum_keys() {
  awk -v slots="$(echo "$1" | wc -w)" '
    { sub(/^\(integer\) /, "") }
    /^[0-9]+$/ { told++; keys += $1 }
    END { if (told == slots) print keys + 0; else exit 1 }'
}
# $1: a node's address; $2: slots
keys_left() {
  counting "$2" | ask "$1" | sum_keys "$2"
}

# Keys may be any bytes: they go from one redis-cli to the next as it quotes them, through pipes alone.
#   $1: a node's address; stdin: commands
ask_quoted() {
  {
    printf 'AUTH _node %s\n' "$password"
    cat
  } | timeout 120 redis-cli --no-raw -h "$1" -p 6379 2>/dev/null | tr -d '\r'
}

# Redis answers nobody while it moves keys, and who is silent for two seconds is taken for away.
bytes_at_once=1048576

# Which keys go together, a line each: ten at most, never of two slots, and no more than so many bytes. Of a value that is larger than the
# taker takes, however its memory is rounded up, `- ` and the slot.
#   stdin: for Redis what each key takes, and then the keys, each behind its slot
together() {
  awk -v at_once="$bytes_at_once" -v most="$HIPAA_REDIS_LARGEST_VALUE_BYTES" '
    function flush() { if (count > 0) print keys; keys = ""; count = 0; sum = 0 }
    /^\(/ { size[++told] = substr($0, 11) + 0; next }
    {
      place = index($0, " ")
      slot = substr($0, 1, place - 1)
      bytes = size[++line]
      if (bytes > 1.25 * (most + at_once)) { print "- " slot; next }
      if (slot != of || count == 10 || sum + bytes > at_once) flush()
      of = slot
      keys = keys substr($0, place)
      count++
      sum += bytes
    }
    END { flush() }'
}

# $1: the giver's address; $2: the taker's; $3: slots. Moves up to a hundred keys of each, and tells in `left` how many are left; fails where one
# is not taken, or there are none.
move_keys() {
  listed=$(for slot in $3; do echo "CLUSTER GETKEYSINSLOT $slot 100"; done | ask_quoted "$1" |
    awk -v slots="$3" '
      BEGIN { split(slots, slot, " ") }
      NR == 1 { next }
      /^\(empty / { asked++; next }
      !/^ *[0-9]+\) / { exit }
      /^ *1\) / { asked++ }
      { sub(/^ *[0-9]+\) /, ""); print slot[asked] " " $0 }')
  [ -n "$listed" ] || return 1
  batches=$({
    # By itself Redis looks at five elements, and takes the others for as large.
    printf '%s\n' "$listed" | sed 's/^[0-9]* \(.*\)/MEMORY USAGE \1 SAMPLES 0/' | ask_quoted "$1" | tail -n +2
    printf '%s\n' "$listed"
  } | together)
  case $batches in
  ' '* | *"
 "*) ;;
  *) fail "$1 has values that are too large to move, in slots$(printf '%s\n' "$batches" | sed 's/^-//' | uniq | tr -d '\n')." 4 ;;
  esac
  # Where the taker has one already, an earlier move did not come to its end, and the giver has it as it is now.
  answers=$({
    printf '%s\n' "$batches" | grep -v '^-' | while read -r keys; do
      printf 'MIGRATE %s 6379 "" 0 5000 REPLACE AUTH2 _node %s KEYS %s\n' "$2" "$password" "$keys"
    done
    counting "$3"
  } | ask_quoted "$1" | tail -n +2)
  printf '%s\n' "$answers" | awk '
    !/^\(integer\) / { count++; if ($0 != "OK" && $0 != "NOKEY") failed = 1 }
    END { exit failed || count == 0 }' || return 1
  left=$(printf '%s\n' "$answers" | sum_keys "$3")
}

# $1, $2: the giver's address and id; $3, $4: the taker's; $5: slots
move() {
  read -r password </run/hipaa-redis/secret/peer-password
  set_slots "$3" "$5" "IMPORTING $2"
  # Each look at another node takes both sides a handshake.
  answers=$({ setting "$5" "MIGRATING $4" && counting "$5"; } | ask "$1")
  are_taken "$1" "$5" "MIGRATING $4" "$answers"
  left=$(printf '%s\n' "$answers" | sum_keys "$5") || fail "$1 does not tell what it has."
  while [ "$left" -gt 0 ]; do
    move_keys "$1" "$3" "$5" || {
      left=$(keys_left "$1" "$5") || fail "$1 does not tell what it has."
      [ "$left" -eq 0 ] || fail "$3 does not take all that $1 has."
    }
  done
  # The taker claims them first: all others hear of it from there.
  set_slots "$3" "$5" "NODE $4"
  set_slots "$1" "$5" "NODE $4"
}

# $1: the taker's address; $2: slots. Those that it does not go on with.
left_to_giver() {
  there=$(echo 'CLUSTER NODES' | ask "$1")
  for slot in $2; do
    case $there in *"[$slot-<-$HIPAA_REDIS_NODE_ID]"*) ;; *) printf ' %s' "$slot" ;; esac
  done
}
# All that is to be done with one other node at once.
finish_open() {
  awk '
    $1 == "close" { $0 = "close - - " $2 }
    { key = $1 " " $2 " " $3; if (!(key in slots)) order[++count] = key; slots[key] = slots[key] " " $4 }
    END { for (one = 1; one <= count; one++) print order[one] slots[order[one]] }' |
    while read -r what address id slots; do
      case $what in
      close) set_slots "$HIPAA_REDIS_SELF" "$slots" STABLE ;;
      take) move "$address" "$id" "$HIPAA_REDIS_SELF" "$HIPAA_REDIS_NODE_ID" "$slots" ;;
      give)
        slots=$(left_to_giver "$address" "$slots")
        [ -z "$slots" ] || move "$HIPAA_REDIS_SELF" "$HIPAA_REDIS_NODE_ID" "$address" "$id" "$slots"
        ;;
      esac
    done
}

# A node with members of its shard is to have a replica, or what it takes would be there once.
is_copied() {
  echo 'INFO replication' | ask "$HIPAA_REDIS_SELF" | awk -F: -v self="$HIPAA_REDIS_NODE_ID" '
    FNR == NR { split($0, word, " "); split(word[1], place, "-"); count[place[1]]++; if (word[3] == self) own = place[1]; next }
    /^connected_slaves:/ { replicas = $2 }
    END { exit !(replicas > 0 || count[own] == 1) }' "$members" -
}
# Clients are to know the way to new nodes before these have slots.
is_settled() {
  [ $(($(date +%s) - $(stat -c %Y "$members"))) -ge "$HIPAA_REDIS_SETTLE_SECONDS" ]
}

own_nodes() {
  echo 'CLUSTER NODES' | ask "$HIPAA_REDIS_SELF"
}

nodes=$(own_nodes)
open=$(printf '%s\n' "$nodes" | "$scripts/open-slots")
# What the taker goes on with is to be given by it alone: it stays open for moments.
case $open in
*give*)
  sleep 2
  nodes=$(own_nodes)
  open=$({ printf '%s\n' "$open" && printf '%s\n' "$nodes" | "$scripts/open-slots"; } | sort | uniq -d)
  ;;
esac
if [ -n "$open" ]; then
  printf '%s\n' "$open" | finish_open
  nodes=$(own_nodes)
fi

next=$(printf '%s\n' "$nodes" | "$scripts/next-slots")
if [ -z "$next" ] || ! is_settled || ! is_copied || ! printf '%s\n' "$nodes" | "$scripts/agree-on-members"; then exit 3; fi
printf '%s\n' "$next" | {
  read -r address id slots
  move "$address" "$id" "$HIPAA_REDIS_SELF" "$HIPAA_REDIS_NODE_ID" "$slots"
}
