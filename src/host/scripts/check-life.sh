#!/bin/sh
# Whether a certificate is valid now and for a good while yet. Prints what is wrong and exits with 1.
#
#   $1  the certificate (PEM)
set -eu

date_of() {
  openssl x509 -noout "-$1" -in "$2" | cut -d= -f2
}
begin=$(date -d "$(date_of startdate "$1")" +%s)
end=$(date -d "$(date_of enddate "$1")" +%s)
now=$(date +%s)

wrong() {
  printf "The certificate in use is valid from %s to %s, and this host's clock says %s: %s\n" \
    "$(date -u -d "@$begin" '+%F %TZ')" "$(date -u -d "@$end" '+%F %TZ')" "$(date -u '+%F %TZ')" "$1"
  exit 1
}
[ "$now" -ge "$begin" ] || wrong 'it is not valid yet. Is the clock right?'
[ "$now" -lt "$end" ] || wrong 'it has ended. Run pulumi up, which renews it, or set the clock right.'
# The last sixth of its life: pulumi up should have renewed it long ago.
[ $(((end - now) * 6)) -ge $((end - begin)) ] || wrong 'it ends soon. Run pulumi up, which renews it.'
