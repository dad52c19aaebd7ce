import { hostPaths } from "../../host/hostPaths";
import { unitNames } from "../../host/units";
import { hostKinds } from "../../plan/hostKinds";
import { onHost, upTo } from "../check";
import type { Control } from "../control";

export const certificateLife: Control = {
  id: "certificate-life",
  title: "Certificates expire and are renewed",
  hipaa: ["164.312(d)"],
  article: ["certificates"],
  nist: ["SC-12", "SC-17", "IA-5"],
  demand: "Certificates have a duration, and a new one is in use before the old one expires.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `Certificates last ${plan.validity.validityHours} hours; \`pulumi up\` renews them in their last ${plan.validity.earlyRenewalHours}. The authority's last ${plan.validity.authorityValidityHours} hours. How long an authority's certificate lasts, the program says; checks look at the host's own.`,
    `Hosts look for a new one every ${plan.refreshIntervalSeconds} s and raise an alarm when theirs is in the last sixth of its life.`,
  ],
  checks: ({ plan }) => [
    onHost(
      hostKinds,
      "the certificate in use has so many hours left",
      `hours=$((($(date --date "$(openssl x509 -noout -enddate -in ${hostPaths.certificate} | cut --delimiter='=' --fields=2)" +%s) - $(date +%s)) / 3600)); [ "$hours" -le ${plan.validity.validityHours} ] && echo "$hours" || echo "$hours, more than ${plan.validity.validityHours}"`,
      "^[1-9][0-9]*$",
    ),
    {
      by: "host",
      hosts: hostKinds,
      shows: "the certificate in use is not in the last sixth of its life",
      command: `openssl x509 -noout -checkend ${plan.validity.validityHours * 600} -in ${hostPaths.certificate}`,
      expect: { prints: "will not expire" },
    },
    onHost(hostKinds, "the host raises no alarm", `jq --raw-output .alarm ${hostPaths.status}`, "^null$"),
    onHost(
      hostKinds,
      "what the host says of that is of its last looks",
      `echo "$(($(date +%s) - $(date --date "$(jq --raw-output .checked ${hostPaths.status})" +%s))) seconds ago"`,
      `^${upTo(3 * plan.refreshIntervalSeconds)} seconds ago$`,
    ),
    onHost(
      hostKinds,
      "the host looks for new certificates",
      `systemctl is-active ${unitNames.refreshTimer}`,
      "^active$",
    ),
  ],
  risk: {
    remains: "Only a deployment renews certificates: if nobody runs `pulumi up` for too long, clients are refused.",
    mitigation: "Schedule one a month, and watch the hosts' alarm (docs/rotation.md).",
  },
};
