#!/bin/sh
# Runs a command in the tool root. To be called in a mount namespace of its own, so that nothing stays mounted.
#   inToolRoot.sh ROOT PATH... -- COMMAND...
# Each PATH of the machine is there at the same place inside, and so is the working folder if it lies in one of them.
set -eu

root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
while [ "$1" != -- ]; do
  if [ -d "$1" ]; then
    mkdir -p "$root$1"
  else
    [ -e "$root$1" ] || : >"$root$1"
  fi
  mount --rbind "$1" "$root$1"
  shift
done
shift
# shellcheck disable=SC2016 # The inner shell expands these.
exec chroot "$root" /usr/bin/env PATH=/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"
