#!/bin/sh
# Writes the limit of Redis's memory from the machine's size.
#
#   $1  the percentage of the machine's memory
#   $2  the file that redis.conf includes
set -eu

total=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
printf 'maxmemory %dkb\n' "$((total * $1 / 100))" >"$2"
