import assert from "node:assert/strict";
import { answerInPlace } from "../../../lab/scenario/attacks/impostor.js";
import { said } from "../../../lab/scenario/attack.js";
import { insideUnit } from "../../../lab/scenario/insideUnit.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { unitNames } from "../../../src/host/units.js";
import { redisPort, sentinelPort } from "../../../src/plan/ports.js";
import { shell } from "../cache/onHost.js";
import { loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";

const ports = [redisPort, sentinelPort];

describeOnReplicas(
  [],
  "the loopback of a node, where Redis, Sentinel and the ways to the other nodes are",
  (choice) => {
    let fixture: ReplicasFixture;
    let places: { primary: number; replicas: number[] };
    before(async () => {
      fixture = await replicasFixture(choice);
      places = await settled(fixture);
    });
    const services = (): string[] =>
      [...fixture.nodes.keys()].flatMap((index) => ports.map((port) => `${loopbackAddress(index)}/${port}`));

    /** As that Unix user, one after the other: `open`, or why not. */
    const opens = (user: string): Promise<string> =>
      shell(
        nodeAt(fixture, 1),
        `for to in ${services().join(" ")}; do
          text=$(setpriv --reuid=${user} --regid=$(id -g ${user}) --clear-groups timeout 10 bash -c "exec 3<>/dev/tcp/$to && echo open" 2>&1 || echo "ended with $?")
          case $text in open) echo open ;; *'Connection refused'*) echo refused ;; *) echo "$text" ;; esac
        done | sort | uniq -c`,
      );

    it("is shut for every Unix user who has no part in it, and open for those who have", async () => {
      const count = services().length;
      for (const user of ["nobody", "daemon", "systemd-resolve"]) assert.equal(await opens(user), `${count} refused`);
      for (const user of ["root", engineProgram(choice.engine).account, tunnelProgram(choice.tunnel).account])
        assert.equal(await opens(user), `${count} open`);
    });

    it("lets nobody answer in place of a tunnel that is away: Redis and Sentinel would tell them the password", async () => {
      const [index = 0] = places.replicas;
      const host = nodeAt(fixture, index);
      const other = loopbackAddress(places.primary);
      const answer = (user: string, port: number): Promise<string> =>
        answerInPlace(host, { address: other, port, units: [unitNames.tunnel], user, caller: "root" });
      for (const port of ports) {
        assert.match(await answer("nobody", port), /all that it sent was dropped/);
        assert.match(await answer(tunnelProgram(choice.tunnel).account, port), /it is me/);
      }
      await settled(fixture);
    });

    it("is all that Redis and Sentinel get to, were they taken over", async () => {
      const node = nodeAt(fixture, 1);
      const connect = (to: string): string =>
        `timeout 15 bash -c 'exec 3<>/dev/tcp/${to}' && echo connected || [ $? != 124 ] || echo no answer`;
      for (const unit of [unitNames.redis, unitNames.sentinel]) {
        for (const to of [`${nodeAt(fixture, 0).privateIp}/${redisPort}`, "169.254.169.254/80", "127.0.0.53/53"]) {
          const text = said(await insideUnit(node, unit, connect(to)));
          assert.match(text, /Connection refused|Operation not permitted|Network is unreachable/, to);
          assert.doesNotMatch(text, /connected/);
        }
        for (const to of services()) assert.match(said(await insideUnit(node, unit, connect(to))), /^connected$/m);
      }
    });
  },
);
