#!/bin/sh
# Judges the files of one version of the secret before they are used. Prints what is wrong and exits with 1.
#
#   $1                               the folder of that version
#   HIPAA_REDIS_SECRET_FILES         a table, a row a file: field file owner group mode user line
#   HIPAA_REDIS_CERTIFICATE_NAME     the DNS name that the certificate must have
#   HIPAA_REDIS_CERTIFICATE_PURPOSE  what it must be good for: sslserver or sslclient
set -eu
umask 077

folder=$1
certificate=$folder/certificate.pem
key=$certificate.key

refuse() {
  printf '%s\n' "$1"
  exit 1
}

while read -r field file _ _ _ _ line; do
  # 1 is what it says when there is no other line; anything beyond is no judgement.
  status=0
  grep -qvxE -e "$line" "$folder/$file" || status=$?
  [ "$status" -eq 1 ] || refuse "its field '$field' is not in the form that is meant."
done <"$HIPAA_REDIS_SECRET_FILES"

public=$(openssl x509 -noout -pubkey -in "$certificate" 2>/dev/null) || refuse 'its certificate cannot be read.'
own=$(openssl pkey -pubout -in "$key" 2>/dev/null) || refuse 'its private key cannot be read.'
[ "$public" = "$own" ] || refuse 'its private key does not fit its certificate.'

if ! judged=$(openssl verify -no-CApath -no-CAstore -CAfile "$folder/trusted.pem" \
  -purpose "$HIPAA_REDIS_CERTIFICATE_PURPOSE" -verify_hostname "$HIPAA_REDIS_CERTIFICATE_NAME" "$certificate" 2>&1); then
  why=$(printf '%s\n' "$judged" | sed -n 's/^error [0-9]* at [0-9]* depth lookup: *//p' | head -n 1)
  dates=$(openssl x509 -noout -dates -dateopt iso_8601 -in "$certificate" | tr '\n' ' ')
  refuse "its certificate is not good for $HIPAA_REDIS_CERTIFICATE_NAME: ${why:-its authority cannot be read} (${dates}and this host's clock says $(date -u '+%F %TZ'))."
fi

# Only where the tunnel's program can judge files without using them.
judge=$(dirname "$0")/check-tunnel
[ ! -x "$judge" ] || "$judge" "$folder" >&2 || refuse "the tunnel's program cannot use it: see the lines above."
