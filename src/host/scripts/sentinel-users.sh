#!/bin/sh
# Prints the users of this node's Sentinel: its peers', and of each client of Redis what it may ask Sentinel.
set -eu

secret=/run/hipaa-redis/secret
cat "$secret/sentinel-users.conf"
sed -En -f /etc/hipaa-redis/sentinel-users.sed "$secret/users.conf"
