#!/bin/sh
# Raises an alarm in the journal, which docs/rotation.md tells how to find: journalctl MESSAGE_ID=…
#
#   $1  what is wrong, and what comes of it, in one line; never a secret
set -eu

logger --journald <<END
MESSAGE_ID=6f1f0b5c4a3c4d0f9d1c2a7b58e3a9d4
PRIORITY=2
SYSLOG_IDENTIFIER=hipaa-redis
MESSAGE=hipaa-redis: alarm: $1
END
