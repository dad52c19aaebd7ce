#!/bin/sh
# Has Redis begin anew when it takes no writes any more and nothing else helps: a script that loops after it has written
# can't be ended (BUSY, UNKILLABLE), what no client's account has and nothing evicts may take all of its memory (OOM), and a
# single command may take minutes, in which it answers nobody. The tunnel leaves the agent a place; where it has none, who
# holds the places could hide all of that.
set -eu

scripts=$(dirname "$0")
tries=4
while :; do
  # One that is stopped meanwhile, as for an update, may wait for other nodes when it starts.
  systemctl is-active --quiet hipaa-redis-server.service || exit 0
  # It changes nothing, and is refused when what changes something is.
  answer=$(echo 'SETRANGE hipaa-redis:agent 0 ""' | "$scripts/ask-redis" | tr -d '\r')
  # Where the key's slot is another node's, what Redis tells of itself says the same: memory that is full without a key is not to be evicted.
  case $answer in # cluster
  *'MOVED '*) # cluster
    answer=$(echo INFO | "$scripts/ask-redis" | tr -d '\r' | awk -F: ' # cluster
      /BUSY |max number of clients/ { print } # cluster
      { is[$1] = $2 } # cluster
      END { # cluster
        if (!("role" in is)) exit # cluster
        used = is["used_memory"] - is["mem_not_counted_for_evict"] # cluster
        isFull = is["role"] == "master" && used > is["maxmemory"] + 0 && !("db0" in is) # cluster
        print isFull ? "OOM " : "well" # cluster
      }') # cluster
    ;; # cluster
  esac # cluster
  case $answer in
  *'BUSY '*) why='a script does not end' ;;
  *'OOM '*)
    # Keys that are never evicted may fill it, where that is what was asked for.
    echo 'CONFIG GET maxmemory-policy' | "$scripts/ask-redis" | grep -q '^allkeys-' || exit 0
    why='its memory is full of what it cannot evict'
    ;;
  *'max number of clients'*) why='clients hold all of its places' ;;
  '' | OK) why='it does not answer' ;;
  *) exit 0 ;;
  esac
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || break
  [ "$why" != 'a script does not end' ] || echo 'SCRIPT KILL' | "$scripts/ask-redis" >/dev/null
  sleep 5
done
"$scripts/begin-anew" "Redis took no writes, because $why."
