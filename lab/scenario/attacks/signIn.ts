import { engineProgram } from "../../../src/plan/engine.js";
import type { ExecResult } from "../../hosts/index.js";
import { said, type Attack, type ControlCase, type AttackSuite } from "../attack.js";
import { newSshKey } from "../sshKey.js";
import { oncePerScene, type Scene } from "../scene.js";
import { ssh, type SshCall } from "../ssh.js";

/** What every operator of a node can do; and with it, one thing right. */
const asOperator: ControlCase = {
  what: "the operator with their own key",
  success: /^ada$/m,
  attempt: async (scene) => said(await signIn(scene, {})),
};

const publicKeyOnly = /Permission denied \(publickey\)/;

const weakAlgorithms = [
  ["Ciphers", "aes128-cbc"],
  ["Ciphers", "3des-cbc"],
  ["KexAlgorithms", "diffie-hellman-group14-sha1"],
  ["KexAlgorithms", "diffie-hellman-group1-sha1"],
  ["MACs", "hmac-md5"],
  ["HostKeyAlgorithms", "ssh-rsa"],
] as const;

const manyKeys = oncePerScene(async ({ folder }) => {
  const names = ["first", "second", "third", "fourth"];
  const keys = await Promise.all(names.map((name) => newSshKey(folder, `${name}-of-many`)));
  return keys.map(({ privateKeyFile }) => privateKeyFile);
});

/** Who signs in on a node, and who has signed in and wants more. */
export const signIns: AttackSuite = {
  title: "SSH",
  dependsOn: [],
  attacks: [
    refused("sign in as the operator with another key", publicKeyOnly, ({ strangersKeyFile }) => ({
      keyFile: strangersKeyFile,
    })),
    refused("sign in as root with the operator's key", publicKeyOnly, () => ({ user: "root" })),
    ...["admin", "web", "stunnel4"].map((user) =>
      refused(`sign in as ${user} with the operator's key`, publicKeyOnly, () => ({ user })),
    ),
    refused("sign in as whom Redis runs as, with the operator's key", publicKeyOnly, ({ choice }) => ({
      user: engineProgram(choice.engine).account,
    })),
    ...["none", "password", "keyboard-interactive", "hostbased", "gssapi-with-mic"].map((method) =>
      refused(`sign in by the method ${method}`, publicKeyOnly, () => ({
        options: ["-o", `PreferredAuthentications=${method}`],
      })),
    ),
    refused("try key after key", /Too many authentication failures/, async (scene) => ({
      keyFile: scene.strangersKeyFile,
      options: (await manyKeys(scene)).flatMap((file) => ["-i", file]),
    })),
    ...weakAlgorithms.map(([option, value]) =>
      refused(`agree on ${value}`, /no matching [a-zA-Z ]+ found/, () => ({
        // Other ciphers bring an authentication of their own, and no MAC is agreed on.
        options: [...(option === "MACs" ? ["-c", "aes256-ctr"] : []), "-o", `${option}=${value}`],
      })),
    ),
  ],
};

type Change = Partial<Omit<SshCall, "address">>;

/** The operator signs in from the bastion subnet, with whatever is changed. */
export async function signIn(scene: Scene, change: Change): Promise<ExecResult> {
  const { bastion, node, operator } = scene;
  return ssh((command, options) => bastion.exec(command, options), {
    address: node.privateIp,
    user: operator.name,
    keyFile: operator.privateKeyFile,
    command: ["id", "-un"],
    ...change,
  });
}

function refused(what: string, refusal: RegExp, change: (scene: Scene) => Change | Promise<Change>): Attack {
  return {
    who: "a stranger",
    from: "the bastion subnet",
    what,
    refusal,
    controlCase: asOperator,
    attempt: async (scene) => said(await signIn(scene, await change(scene))),
  };
}
