import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { applicationDoesNot } from "./appHostMutations.js";
import { edited, runningWith, runningWithoutFilters, told, unitPath, withMode, withoutSandbox } from "./hostChange.js";
import { appHost, node, type HostMutation, type MutationThere } from "./hostMutation.js";

const { certificate, kernelSettings, privateKey, secretFolder, status, trusted } = hostPaths;
const dropIn = `/run/systemd/system/${unitNames.tunnel}.d`;

/** What both kinds of host have: a certificate and its key, an agent that looks after them, a tunnel, files. */
export function commonMutations(on: HostMutation["on"], dnsName: string): readonly HostMutation[] {
  const { check, confined, exposure, files } = on === "node" ? node : appHost;
  const life = (shows: string) => check("certificate-life", shows);
  const ofAuthority = check(
    "mutual-authentication",
    "the host's certificate is of the authority in use, and the planned authorities alone are trusted",
  );
  const sessions0 = (control: string, shows: string) => (on === "node" ? [] : [check(control, `sessions-0 ${shows}`)]);
  /** The app host's own certificate is shown to the node. */
  const shownToNode = [
    ...sessions0("mutual-authentication", "shows a certificate of its own name, and admits this host's"),
  ];
  const lastSixth = life("the certificate in use is not in the last sixth of its life");
  const hoursLeft = life("the certificate in use has so many hours left");
  const mutations: readonly MutationThere[] = [
    {
      what: "give the host a certificate with another name",
      breaks: [
        on === "node"
          ? check("mutual-authentication", "the node's certificate has its name")
          : check("mutual-authentication", "the host's certificate has the name of a client"),
        ofAuthority,
        ...shownToNode,
      ],
      change: edited(certificate, selfSigned(dnsName.replace(/^[^.]+/, "eve"), 90)),
    },
    {
      what: "leave the host with a certificate that ends in two days",
      breaks: [lastSixth, ofAuthority, ...shownToNode],
      change: edited(certificate, selfSigned(dnsName, 2)),
    },
    {
      what: "leave the host with a certificate that has ended",
      breaks: [lastSixth, hoursLeft, ofAuthority, ...shownToNode],
      change: edited(certificate, selfSigned(dnsName, -1)),
    },
    {
      what: "leave the host with a certificate that lasts for ten years",
      breaks: [hoursLeft, ofAuthority, ...shownToNode],
      change: edited(certificate, selfSigned(dnsName, 3650)),
    },
    {
      what: "have the host trust another authority as well",
      breaks: [ofAuthority],
      change: edited(trusted, `openssl req -new -x509 -key ${privateKey} -subj '/CN=Somebody' -days 2 >>${trusted}`),
    },
    {
      what: "have the host trust another authority of the same name in the place of its own",
      breaks: [
        ofAuthority,
        ...sessions0("mutual-authentication", "shows a certificate of its own name, and admits this host's"),
      ],
      change: edited(
        trusted,
        `openssl req -new -x509 -key ${privateKey} -subj "/$(openssl x509 -noout -issuer -nameopt multiline,-esc_msb -in ${certificate} | sed --quiet 's/^ *commonName *= /CN=/p')" -days 2 >/run/mutated && cat /run/mutated >${trusted}`,
      ),
    },
    {
      what: "overlook an alarm",
      breaks: [life("the host raises no alarm")],
      change: edited(
        status,
        `jq '.alarm = "Cannot read the secret"' ${status} >/run/mutated && cat /run/mutated >${status}`,
      ),
    },
    {
      what: "leave what the host's agent has found long ago",
      breaks: [life("what the host says of that is of its last looks")],
      change: edited(
        status,
        `jq '.checked = "2020-01-01 00:00:00Z"' ${status} >/run/mutated && cat /run/mutated >${status}`,
      ),
    },
    {
      what: "look for no new certificates",
      breaks: [life("the host looks for new certificates")],
      change: told(
        unitNames.refreshTimer,
        `systemctl stop ${unitNames.refreshTimer}`,
        `systemctl start ${unitNames.refreshTimer}`,
      ),
    },
    {
      what: "let everybody read the private key",
      breaks: [
        check("wall", "root and the tunnel alone can read the key"),
        ...(on === "node" ? [] : [applicationDoesNot]),
      ],
      change: withMode(privateKey, "o+r", "o-r"),
    },
    {
      what: "keep the secrets on the disk",
      breaks: [check("wall", "the key is in memory only")],
      change: {
        changes: secretFolder,
        does: `readlink ${secretFolder} >"$kept" && cp --archive "$(realpath ${secretFolder})" /var/tmp/mutation && ln -sfn /var/tmp/mutation ${secretFolder}`,
        mends: `ln -sfn "$(cat "$kept")" ${secretFolder} && rm -r /var/tmp/mutation "$kept"`,
      },
    },
    {
      what: "run the tunnel without a filter of system calls",
      breaks: [confined("the tunnel")],
      change: runningWithoutFilters("tunnel"),
    },
    {
      what: "run the tunnel on a file system that it could write",
      breaks: [confined("the tunnel")],
      change: runningWith("tunnel", unitPath("tunnel"), `sed -i '/^ProtectSystem=/d' ${unitPath("tunnel")}`),
    },
    {
      what: "run the tunnel with its log in the host's own journal",
      breaks: [check("connection-log", "the tunnel that runs writes to its journal")],
      change: runningWith("tunnel", unitPath("tunnel"), `sed -i '/^LogNamespace=/d' ${unitPath("tunnel")}`),
    },
    {
      what: "take the tunnel out of its sandbox at its next start",
      breaks: [exposure("the tunnel"), files],
      change: withoutSandbox("tunnel"),
    },
    {
      what: "let core dumps be written",
      breaks: [check("nothing-on-disk", "a core dump of any process is thrown away"), files],
      change: edited(kernelSettings, `sed -i '/core_pattern/d' ${kernelSettings}`),
    },
    {
      what: "override a unit",
      breaks: [check("configuration-drift", "nothing overrides a unit of this library")],
      change: {
        changes: dropIn,
        does: `mkdir ${dropIn} && printf '[Service]\\nNice=1\\n' >${dropIn}/mutation.conf && systemctl daemon-reload`,
        mends: `rm -r ${dropIn} && systemctl daemon-reload`,
      },
    },
  ];
  return mutations.map((mutation) => ({ on, ...mutation }));
}

/** Negative days: it has ended. */
export function selfSigned(dnsName: string, days: number): string {
  const sign = `openssl x509 -req -signkey ${privateKey} ${lasting(days)} -extfile /run/mutated.conf`;
  return [
    // With the addresses that the one before has.
    `openssl x509 -noout -ext subjectAltName -in ${certificate} | sed --quiet 's/^ *DNS:[^,]*/subjectAltName = DNS:${dnsName}/; s/IP Address:/IP:/g; /^subjectAltName/p' >/run/mutated.conf`,
    `openssl req -new -key ${privateKey} -subj /CN=x | ${sign} >/run/mutated`,
    `cat /run/mutated >${certificate}`,
  ].join(" && ");
}

/** Debian 13's OpenSSL takes no number of days that have been, but the dates themselves, which Debian 12's does not take. */
function lasting(days: number): string {
  if (days > 0) return `-days ${days}`;
  const date = (ago: number): string => `$(date --utc --date '${ago} days ago' +%Y%m%d%H%M%SZ)`;
  const dates = `-not_before ${date(1 - days)} -not_after ${date(-days)}`;
  return `$(if openssl x509 -help 2>&1 | grep --quiet not_after; then echo ${dates}; else echo -days ${days}; fi)`;
}
