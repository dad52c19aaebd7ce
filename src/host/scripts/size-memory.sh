#!/bin/sh
# Writes the limit of Redis's memory from the machine's size: 60 % of it, so that client buffers, the tunnel and
# the system have room and no PHI is ever pushed out of memory.
#
#   $1  the file that redis.conf includes
set -eu

total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
printf 'maxmemory %dkb\n' "$((total * 60 / 100))" >"$1"
