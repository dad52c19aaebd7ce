import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import {
  edited,
  runningWithoutFilters,
  withMode,
  withoutSandbox,
  type HostMutation,
} from "./hostMutation.js";

const { certificate, kernelSettings, privateKey, secretFolder, status } = hostPaths;
const dropIn = `/run/systemd/system/${unitNames.tunnel}.d`;

/** What both kinds of host have: a certificate and its key, an agent that looks after them, a tunnel, files. */
export function commonMutations(on: HostMutation["on"], dnsName: string): readonly HostMutation[] {
  const mutations: readonly Omit<HostMutation, "on">[] = [
    {
      control: "mutual-authentication",
      what: "give the host a certificate with another name",
      ...edited(certificate, selfSigned(dnsName.replace(/^[^.]+/, "eve"), 90)),
    },
    {
      control: "certificate-life",
      what: "leave the host with a certificate that ends in two days",
      ...edited(certificate, selfSigned(dnsName, 2)),
    },
    {
      control: "certificate-life",
      what: "leave the host with a certificate that has ended",
      ...edited(certificate, selfSigned(dnsName, -1)),
    },
    {
      control: "certificate-life",
      what: "overlook an alarm",
      ...edited(
        status,
        `jq '.alarm = "Cannot read the secret"' ${status} >/run/mutated && cat /run/mutated >${status}`,
      ),
    },
    {
      control: "certificate-life",
      what: "look for no new certificates",
      does: `systemctl stop ${unitNames.refreshTimer}`,
      mends: `systemctl start ${unitNames.refreshTimer}`,
    },
    { control: "wall", what: "let everybody read the private key", ...withMode(privateKey, "o+r", "o-r") },
    {
      control: "wall",
      what: "keep the secrets on the disk",
      does: `readlink ${secretFolder} >/run/mutation && cp --archive "$(realpath ${secretFolder})" /var/tmp/mutation && ln -sfn /var/tmp/mutation ${secretFolder}`,
      mends: `ln -sfn "$(cat /run/mutation)" ${secretFolder} && rm -r /var/tmp/mutation /run/mutation`,
    },
    {
      control: "sandbox",
      what: "run the tunnel without a filter of system calls",
      ...runningWithoutFilters("tunnel"),
    },
    {
      control: "sandbox",
      what: "take the tunnel out of its sandbox at its next start",
      also: ["configuration-drift"],
      ...withoutSandbox("tunnel"),
    },
    {
      control: "nothing-on-disk",
      what: "let core dumps be written",
      also: ["configuration-drift"],
      ...edited(kernelSettings, `sed -i '/core_pattern/d' ${kernelSettings}`),
    },
    {
      control: "configuration-drift",
      what: "override a unit",
      does: `mkdir ${dropIn} && printf '[Service]\\nNice=1\\n' >${dropIn}/mutation.conf && systemctl daemon-reload`,
      mends: `rm -r ${dropIn} && systemctl daemon-reload`,
    },
  ];
  return mutations.map((mutation) => ({ on, ...mutation }));
}

/** Negative days: it has ended. */
function selfSigned(dnsName: string, days: number): string {
  const sign = `openssl x509 -req -signkey ${privateKey} -days ${days} -extfile /run/mutated.conf`;
  return [
    `echo 'subjectAltName = DNS:${dnsName}' >/run/mutated.conf`,
    `openssl req -new -key ${privateKey} -subj /CN=x | ${sign} >/run/mutated`,
    `cat /run/mutated >${certificate}`,
  ].join(" && ");
}
