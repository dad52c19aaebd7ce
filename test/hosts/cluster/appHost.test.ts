import assert from "node:assert/strict";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { settled } from "../../../lab/cluster/nodes.js";
import { appUser, client } from "../../../lab/replicas/program.js";
import type { Connection } from "../../../src/arguments/connection.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { describeOver } from "../../support/dimensions.js";
import { holdsOn, shell, startAnew } from "../cache/onHost.js";
import { startTimers, stopTimers } from "../rotation/onHosts.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";

const folder = hostPaths.clientNodesFolder;
const names = ["0-0", "0-1", "1-0", "1-1", "2-0", "2-1"].map((place) => `sessions-${place}`);
const addresses = ["127.82.0.1", "127.82.0.2", "127.82.0.7", "127.82.0.8", "127.82.0.13", "127.82.0.14"];

/** What a user of the host is answered by a socket, or why it isn't. */
const ask = (user: string, socket: string): string => {
  const text = `import socket; s = socket.socket(socket.AF_UNIX); s.connect("${socket}"); s.sendall(b"PING\\r\\n"); print(s.makefile().readline(), end="")`;
  return `setpriv --reuid=${user} --regid=${user} --init-groups python3 -c '${text}' 2>&1 | tail -n 1`;
};

describeOver([], "an app host of a cluster", (choice) => {
  const { account } = tunnelProgram(choice.tunnel);
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await clusterFixture(choice);
    await settled(fixture);
  });
  const onApp = (text: string): Promise<string> => shell(fixture.app, text);
  const nodesInFile = async (): Promise<string[]> =>
    (await onApp(`jq -r '.nodes[].name' ${hostPaths.connection}`)).split("\n");

  it("has a socket to each node that its tunnel makes, in a folder that the application's group enters, and an address beside it", async () => {
    assert.deepEqual((await onApp(`stat --format='%A %U %G %n' ${folder} ${folder}/*`)).split("\n"), [
      `drwxr-s--- ${account} ${appUser} ${folder}`,
      ...names.map((name) => `srw-rw---- ${account} ${appUser} ${folder}/${name}.sock`),
    ]);
    const listening = await onApp(`ss -Htln | awk '$4 ~ /^127\\.82\\./ { print $4 }' | sort -V`);
    assert.deepEqual(
      listening.split("\n"),
      addresses.map((address) => `${address}:6379`),
    );
    assert.deepEqual(await nodesInFile(), names);
  });

  it("lets the application through to a node, and nobody else; the tunnel itself is not let in to the application's folder", async () => {
    const socket = `${folder}/sessions-1-1.sock`;
    assert.equal(await onApp(ask(appUser, socket)), "-NOAUTH Authentication required.");
    for (const user of ["daemon", account]) assert.match(await onApp(ask(user, socket)), /^PermissionError/);
    const own = await onApp(
      `setpriv --reuid=${account} --regid=${account} --init-groups ls ${hostPaths.clientFolder} 2>&1 || true`,
    );
    assert.match(own, /Permission denied/);
  });

  it("has the sockets again when the tunnel was killed", async () => {
    await onApp(`systemctl kill --signal=KILL ${unitNames.tunnel}`);
    for (const name of names) {
      const answered = `[ "$(${ask(appUser, `${folder}/${name}.sock`)})" = "-NOAUTH Authentication required." ]`;
      await holdsOn(fixture.app, answered);
    }
  });

  describe("whose secret has another list of nodes", () => {
    const arn = async (): Promise<string> => {
      const outputs = await fixture.stack.outputs();
      return (outputs.connections?.value as Record<string, Connection>)[client]?.secretArn ?? assert.fail();
    };
    const secret = async (): Promise<Record<string, string>> => {
      const { SecretString = "" } = await fixture.secrets.send(new GetSecretValueCommand({ SecretId: await arn() }));
      return JSON.parse(SecretString) as Record<string, string>;
    };
    const put = async (fields: Record<string, string>): Promise<void> => {
      const SecretString = JSON.stringify(fields);
      await fixture.secrets.send(new PutSecretValueCommand({ SecretId: await arn(), SecretString }));
    };
    let sound: Record<string, string>;
    before(async () => {
      sound = await secret();
      await startTimers([fixture.app]);
    });
    after(async () => {
      await put(sound);
      // As at the host's next start, nothing is left of what has left.
      const { refresh } = unitNames;
      await onApp(
        `${startAnew(refresh)}; : >${hostPaths.secretFolder}/leaving; rm ${hostPaths.secretFolder}/taken; ${startAnew(refresh)}`,
      );
      assert.deepEqual(await nodesInFile(), names);
      await stopTimers([fixture.app]);
    });

    it("makes a way to one that comes, without a new tunnel, and keeps the way to one that has left", async () => {
      const tunnel = `systemctl show --property=MainPID --value ${unitNames.tunnel}`;
      const before = await onApp(tunnel);
      const [, ...others] = (sound.members ?? "").split(/(?<=\n)/);
      await put({ ...sound, members: `${others.join("")}3-0 ${fixture.nodes[0]?.privateIp}\n` });
      const socket = `${folder}/sessions-3-0.sock`;
      await holdsOn(fixture.app, `[ -S ${socket} ]`);
      assert.deepEqual(await nodesInFile(), [...names.slice(1), "sessions-3-0", "sessions-0-0"]);
      assert.equal(await onApp(tunnel), before);
      // Another node has another name in its certificate.
      assert.doesNotMatch(await onApp(ask(appUser, socket)), /NOAUTH/);
      assert.equal(await onApp(ask(appUser, `${folder}/sessions-0-0.sock`)), "-NOAUTH Authentication required.");
    });

    it("takes no list that is in another form, and says so", async () => {
      const inUse = await nodesInFile();
      await put({ ...sound, members: `${sound.members}3-0 10.0.0.999\n` });
      await holdsOn(
        fixture.app,
        `jq -e '.alarm != null and (.alarm | contains("members"))' ${hostPaths.status} >/dev/null`,
      );
      assert.deepEqual(await nodesInFile(), inUse);
    });
  });
});
