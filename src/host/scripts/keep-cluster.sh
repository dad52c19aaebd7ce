#!/bin/sh
# Keeps this node's place in the cluster, and its slots, for as long as it runs: takes a step where either is not as the list of members has
# it. What fails is tried again.
#
#   $1  every how many seconds it looks
set -eu

scripts=$(dirname "$0")
while sleep "$1"; do
  [ -e /run/hipaa-redis/secret/cluster-members ] || continue
  systemctl is-active --quiet hipaa-redis-server.service || continue
  "$scripts/join-cluster" || :
  "$scripts/move-slots" || :
done
