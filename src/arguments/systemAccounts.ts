/**
 * Accounts and groups that are somebody else's, by whose they are, as the packages' own scripts and sysusers.d files make them in Debian
 * 12, or the vendor's where Debian has none. Who is given one gives its programs the tunnel and the password; and an account that is made
 * in the name of a group has its rights (sysusers.d(5)), such as `disk`, which may read the whole disk. Accounts of applications that
 * use Redis themselves are not here: theirs may be what is meant.
 */
const owners: Readonly<Record<string, string>> = {
  // base-passwd's passwd.master and group.master.
  "Debian's own":
    "root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc nobody adm tty disk kmem dialout fax voice " +
    "cdrom floppy tape sudo audio dip operator src shadow utmp video sasl plugdev staff users nogroup",
  "of D-Bus, udev, cron or polkit": "messagebus input sgx kvm render netdev crontab polkitd rtkit",
  "of a way to sign in": "sshd ssl-cert tss ec2-instance-connect ssm-user",
  "of a cloud image": "admin debian ubuntu ec2-user wheel",
  "of this library, or of a package that it installs": "redis valkey stunnel4 haproxy hipaa-redis",
  "of a time server's package": "ntp ntpsec ntpd openntpd chrony",
  "of a package whose group hands out root":
    "docker podman lxd incus incus-admin libvirt libvirt-qemu wireshark containerd",
  "of a web server's or proxy's package":
    "nginx apache apache2 caddy lighttpd traefik envoy squid varnish vcache varnishlog hitch",
  "of a database's package":
    "postgres pgbouncer mysql mariadb mongodb mongod memcache memcached keydb couchdb cassandra clickhouse influxdb elasticsearch " +
    "opensearch neo4j",
  "of a queue's or coordinator's package": "rabbitmq kafka zookeeper activemq mosquitto etcd consul nomad vault",
  "of a monitoring agent's package":
    "cwagent aoc xray awslogs prometheus node_exporter alertmanager promtail collectd statsd munin nagios icinga zabbix dd-agent newrelic " +
    "td-agent fluentd syslog",
  "of a mail server's package": "postfix postdrop exim dovecot dovenull vmail opendkim opendmarc clamav amavis",
  "of a name server's or network service's package":
    "bind unbound nsd dnsmasq avahi dhcpd tftp ftp proftpd vsftpd statd openvpn strongswan tinyproxy privoxy openldap nslcd sssd",
  "of another package of Debian's": "tcpdump lpadmin uuidd colord pulse saned lightdm landscape fwupd-refresh",
};

const ownerOf = new Map(
  Object.entries(owners).flatMap(([owner, names]) => names.split(" ").map((name) => [name, owner])),
);

/** Whose account or group a name is, in words; nothing of a name that is nobody's here. */
export function systemAccountOf(name: string): string | undefined {
  return name.startsWith("systemd-") ? "of systemd" : ownerOf.get(name);
}
