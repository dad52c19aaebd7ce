import { key, otherKey } from "../../unit/verify/answers/answer.js";
import { policyOfAnother } from "../../unit/verify/answers/keys.js";
import type { Statements } from "./statement.js";

const underItsKey = (name: string): string =>
  `the secret of ${name} is encrypted under the cache's key, and has no copy in another region`;
const itsPolicy = "the role of sessions-0 has its one policy, as it was planned, and no other";
const deployer = { secretAdministratorArns: ["arn:aws:iam::000000000000:role/deployer"] };

/** What src/evidence/controls/keys.ts says. */
export const keysStatements: Statements = {
  "least-privilege": [
    {
      claim: "Each host's role reads the host's own credentials, and no others.",
      found: {
        aws: ["make the node an administrator of the account", "rewrite the one policy of the node's role"],
        program: ["cache-role-alone"],
      },
      swapped: { answers: [[itsPolicy, `attached: none; inside: ${policyOfAnother}`]] },
    },
    {
      claim: "of arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-0-server-AbCdEf, and nothing else.",
      found: { aws: ["put another policy into the node's role", "let another account take the node's role"] },
      swapped: { aws: ["rewrite the one policy of the node's role"] },
    },
    {
      claim: "What the policies of other resources let it do besides, no check looks at.",
      unseen: "no check looks at",
    },
    {
      claim: "The secrets have no policy of their own: the account's IAM decides who else reads them",
      found: { aws: ["let another account read the node's secret by a policy of its own"] },
      unseen: "the account's IAM decides who else reads them, and no check looks at that",
    },
    {
      claim: "Each secret's own policy denies reading it to everybody except that role",
      of: deployer,
      found: {
        aws: [
          "take the policy of the node's secret away",
          "let another account read a client's secret by a policy of its own",
        ],
        program: ["cache-secret-readers"],
      },
    },
    {
      claim: "The roles of web may do the same, each with its own secret (`application-credentials`).",
      found: {
        aws: ["put another policy into an app host's role", "make an app host an administrator of the account"],
      },
    },
    {
      claim:
        "All secrets are encrypted under arn:aws:kms:us-east-1:000000000000:key/1, with no copy in another region.",
      found: { answers: [[underItsKey("sessions-0"), `${key} us-west-2`]] },
      swapped: {
        aws: ["encrypt the node's secret under another key", "encrypt a client's secret under another key"],
        answers: [[underItsKey("web"), otherKey]],
      },
    },
    {
      claim:
        "The key's policy lets in this account's IAM alone, and its grants the volumes of the cache's nodes alone.",
      found: {
        aws: ["let another account use the key by its policy", "let somebody use the key by a grant"],
        program: ["cache-key-users"],
      },
      swapped: { aws: ["let somebody use the key by a grant for a volume, which is not EC2"] },
    },
    {
      claim: "Nodes' user data holds no secret (`configuration-drift`).",
      found: {
        answers: [["AWS has the planned user data of sessions-0", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4  -"]],
      },
    },
  ],
  "instance-metadata": [
    {
      claim: "Nobody but root on the host can get at the role that reads the keys.",
      found: {
        node: ["let every user ask for the node's role"],
        appHost: [
          "let everybody ask for the role that reads the key",
          "let one more user ask for the host's role, whom no check tries",
        ],
      },
      swapped: {
        answers: [
          [
            "the firewall refuses others",
            'table inet hipaa_redis {\n\tchain some {\n\t\tip daddr 169.254.169.254 meta skuid != "web" reject\n\t}\n}',
          ],
        ],
      },
    },
    {
      claim: "On the node IMDSv2 is required, with a hop limit of 1;",
      found: { aws: ["let the node's metadata be asked without a token"], program: ["ec2-instance-metadata-v2"] },
    },
    {
      claim:
        "on both hosts the firewall refuses every user but root, and all forwarded traffic, such as that of containers",
      found: {
        node: ["let every user ask for the node's role", "forward packets of others"],
        appHost: ["let everybody ask for the role that reads the key"],
      },
    },
    {
      claim: "The owner of an app host has to require IMDSv2 there",
      unseen: "which no check looks at",
    },
  ],
  wall: [
    {
      claim:
        "The application can use the tunnel but can't read its certificate and key; nobody else on its host can use it.",
      found: {
        appHost: [
          "let everybody read the private key",
          "put the application's user into the tunnel's group",
          "open the tunnel to every user",
          "open the tunnel to one more user, whom no check tries",
        ],
      },
      swapped: { appHost: ["open the tunnel to another user in the place of the application's"] },
    },
    {
      claim: "The certificate and its key are 0640 in memory, for root and the tunnel's account (stunnel4 or haproxy).",
      found: {
        node: ["let everybody read the private key", "keep the secrets on the disk"],
        appHost: ["keep the secrets on the disk", "put the application's user into the tunnel's group"],
      },
      swapped: { answers: [["root and the tunnel alone can read the key", "640 root web"]] },
    },
    {
      claim:
        "the application reaches the tunnel by a Unix socket, in a folder that root and the application's group enter, with the connection file and the password and nothing else in it;",
      found: {
        appHost: [
          "open the application's folder and the tunnel's socket to every user",
          "let one more user into the application's folder by an access control list",
          "give the application's folder to root",
          "lead out of the application's folder by a link",
        ],
      },
      swapped: { appHost: ["give the tunnel's socket to another group"] },
    },
    {
      claim: "the firewall leaves the tunnel's port to the application's Unix user and root",
      found: { appHost: ["put a rule before the wall", "have the wall stand before another port"] },
    },
    {
      claim: "and lets no container through to it or to the cache (`host-firewall`);",
      found: { appHost: ["open the tunnel to every user"] },
    },
    {
      claim: "systemd holds socket and port while the tunnel is away, so that nobody else can take them",
      found: {
        appHost: ["have systemd hold another port than the tunnel's", "let every user answer in the tunnel's place"],
      },
      swapped: { appHost: ["put a socket of one's own in the tunnel's place"] },
    },
  ],
  "application-credentials": [
    {
      claim:
        "An application that calls AWS does so with a role of its own, never with its host's, which can read the key.",
      found: {
        aws: ["let an app host take any role", "let another account take the role of an app host"],
        appHost: ["let everybody ask for the role that reads the key"],
      },
    },
    {
      claim: "may do nothing but read one secret and, with `appRoleArn` or `appPolicies`, take one role.",
      found: {
        aws: [
          "make an app host an administrator of the account",
          "put another policy into an app host's role",
          "let an app host take any role",
        ],
      },
      swapped: {
        answers: [
          ["the hosts of web may read its secret and take one role, and nothing else, by roles for EC2 alone", "1"],
        ],
      },
    },
    {
      claim: "That it is the application's is for who writes the program to see to",
      unseen: "any role fits the check that is no host's of a cache",
    },
    {
      claim: "root takes it every 15 minutes, and leaves its credentials, which last an hour, in memory",
      found: {
        appHost: [
          "renew the application's AWS credentials no more",
          "leave AWS credentials that have ended",
          "keep the application's AWS credentials on the disk",
        ],
      },
    },
    {
      claim: "in memory for the application's user alone",
      found: { appHost: ["let everybody read the application's AWS credentials"] },
      swapped: {
        answers: [
          [
            "the application's user alone reads its credentials, where it has any, in memory",
            "750 root its user 440 root other. tmpfs",
          ],
        ],
      },
    },
    {
      claim: "Without these arguments an application has no AWS credentials (`instance-metadata`).",
      found: { appHost: ["let everybody ask for the role that reads the key"] },
    },
  ],
};
