#!/bin/sh
# Compares this host's clock with the instance metadata service's: certificates and signatures of requests to AWS are
# judged by it. Prints what is wrong and exits with 1.
set -eu

most_seconds=300
url=http://169.254.169.254/latest/api/token
header='X-aws-ec2-metadata-token-ttl-seconds: 60'
# Without an answer there is nothing to compare with; whoever then can't fetch the secret says so.
theirs=$(curl -sS --max-time 5 -o /dev/null -D - -X PUT -H "$header" "$url" 2>/dev/null | tr -d '\r' | sed -n 's/^[Dd]ate: //p') || exit 0
[ -n "$theirs" ] || exit 0

off=$(($(date +%s) - $(date -d "$theirs" +%s)))
[ "${off#-}" -gt "$most_seconds" ] || exit 0
side=ahead
[ "$off" -gt 0 ] || side=behind
printf "This host's clock says %s, the instance metadata service says %s: ours is %d seconds %s. See chronyc -n sources.\n" \
  "$(date -u '+%F %TZ')" "$(date -u -d "$theirs" '+%F %TZ')" "${off#-}" "$side"
exit 1
