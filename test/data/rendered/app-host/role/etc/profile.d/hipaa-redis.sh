[ "$(id -un)" != app ] || { set -a; . /etc/hipaa-redis/app.env; set +a; }
