import type { Statements } from "./statement.js";

const kept = "the organisation has decided how long these logs are kept, with the reason, and they are kept so long";
const otherVpc = "have a flow log of another VPC in the place of the cache's";
const oneDay = "keep the VPC's flow log for a day";
const ownJournal = "run the tunnel with its log in the host's own journal";
const discreet = "each application uses connect(), or a client that was found to do the same, and logs no value itself";
const reviewed = "the application has been reviewed for its own security";
const alike = "test and production are stacks of the same program";
const signed =
  "the report is read, signed and kept for six years (45 CFR 164.316(b)(2)(i)), and again after each change";

/** What src/evidence/controls/application.ts says. */
export const applicationStatements: Statements = {
  "connection-log": [
    {
      claim: "Connections to the cache, and those that were refused, can be examined later.",
      found: { node: [ownJournal], appHost: [ownJournal], aws: ["delete the VPC's flow log"] },
    },
    {
      claim: "haproxy on the node writes to a journal of its own, of 256 MiB",
      found: { node: [ownJournal] },
    },
    {
      claim:
        "the address, the name in the certificate and the number of bytes of each connection, and who was refused and why;",
      unseen: "that each connection has its line is its configuration",
    },
    {
      claim: "never data.",
      unseen: "its configuration, which is compared (`configuration-drift`), and is not counted",
    },
    { claim: "On an app host it has one of that size too.", found: { appHost: [ownJournal] } },
    {
      claim: "A check sees that the tunnel that runs writes there;",
      found: { node: [ownJournal], appHost: [ownJournal] },
    },
    {
      claim:
        "that each connection has its line is its configuration, which is compared (`configuration-drift`), and is not counted.",
      unseen: "is not counted",
    },
    {
      claim:
        "A flow log of vpc-0123456789abcdef0 has to record every connection, including those that AWS's firewalls refuse.",
      found: {
        aws: ["delete the VPC's flow log", "have the VPC's flow log deliver to a group that is not there"],
      },
      swapped: { aws: [otherVpc] },
    },
    { claim: "A `HipaaNetwork` has one.", found: { program: ["vpc-flow-logs-enabled"] } },
    {
      claim: "In another VPC this is not met until its owner has set one up for all traffic",
      found: { aws: ["delete the VPC's flow log"] },
    },
    { claim: "the check in AWS can.", found: { aws: ["delete the VPC's flow log"] } },
    {
      claim: "How long these logs are kept is for the organisation to decide, and to write down with the reason",
      found: { attested: [kept] },
    },
    {
      claim: "A `HipaaNetwork` keeps its flow log for `flowLogRetentionDays`, by default six years.",
      found: { aws: [oneDay] },
    },
    { claim: "The check in AWS asks for a month, so that a month can be reviewed;", found: { aws: [oneDay] } },
    {
      claim: "whether it is as long as was decided, a person says",
      found: { attested: [kept] },
    },
  ],
  "no-values-in-errors": [
    {
      claim: "What an application sends and stores does not get into a log through its client library.",
      found: { attested: [discreet] },
      unseen: "No command on a host can see which library an application uses",
    },
    {
      claim: "`connect()` puts no value, key or password into an error, a warning, its debug output or a trace.",
      noState: "It says what the library does, which its tests see.",
    },
    {
      claim: "Of a command it tells the name, the number of arguments and the length of each.",
      noState: "It says what the library does, which its tests see.",
    },
    {
      claim: "Of a message that may repeat something, it keeps only the code (docs/errors.md).",
      noState: "It says what the library does, which its tests see.",
    },
    {
      claim: "The library's tests send random commands, with ioredis 5 and 6",
      noState: "It says what the library's tests do.",
    },
  ],
  "secure-application": [
    {
      claim: "It only works with a responsible administrator and a secure application.",
      found: { attested: [reviewed] },
    },
    {
      claim: "web can read and write every value of this cache: the cache is only as secure as they are.",
      found: { attested: [reviewed] },
    },
  ],
  "test-as-production": [
    {
      claim: "The test environment and the production environment have matching configurations.",
      found: { attested: [alike] },
    },
    {
      claim:
        "A cache is one component with its arguments: two stacks of one program differ only in what their configuration says.",
      found: { attested: [alike] },
      unseen: "Changes that somebody makes by hand in one of them.",
    },
    {
      claim: "The library's tests boot hosts from the same user data that EC2 gets.",
      noState: "It says what the library's tests do.",
    },
  ],
  documentation: [
    {
      claim:
        "Decisions are documented, with anticipated risks and their mitigations, and an inventory of what there is.",
      found: { attested: [signed] },
    },
    {
      claim: "This report is made from what is deployed",
      found: { aws: ["stop the node that the report speaks of"] },
      swapped: {
        answers: [
          ["this is a node that the report speaks of", "i-0123456789abcdef1"],
          ["sessions-0 runs, and is where the report says", "running\t10.0.0.101"],
        ],
      },
      unseen: "An old report describes how things once were.",
    },
  ],
};
