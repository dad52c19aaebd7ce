import assert from "node:assert/strict";
import fc from "fast-check";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { nodeFirewall } from "../../../src/host/nftables.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { sshdConf } from "../../../src/host/sshdConf.js";
import { tunnelProgram } from "../../../src/host/tunnelProgram.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { callsRedis, servesRedis } from "../../../src/plan/tunnel.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { nameRules } from "../../../src/arguments/names.js";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { samplePlan, sampleConnection, sampleArguments, sshPublicKey } from "../../support/sample.js";
import { runsOf } from "../../support/dimensions.js";
import { configOf, redisPid } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

/** Operators whose names are anything that the rule for names lets through. */
const operators = fc
  .uniqueArray(fc.stringMatching(nameRules.user.pattern), { minLength: 1, maxLength: 4 })
  .map((names) => names.map((name) => ({ name, sshPublicKey: key })))
  .filter((list) => cacheProblems("sessions", { ...sampleArguments, operators: list }).length === 0);
const key = sshPublicKey();

/** Networks of apps, apart from each other and from the cache. */
const appNetworks = fc
  .uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 1, maxLength: 8 })
  .map((thirds) => thirds.map((third) => `10.0.${third}.0/24`));

describeOnHosts(
  ["tunnel"],
  "what is rendered is taken by the real tools of a booted host",
  (scene, tunnel, { operatingSystem, engine }) => {
    const { account } = engineProgram(engine);
    let here: TestScene;
    before(async () => {
      here = await scene();
    });
    const hosts = (): Host[] => [here.node, here.appHost];

    /** Hands a text to a tool as a file. */
    const judge = async (text: string, command: string): Promise<ExecResult> =>
      here.node.exec(["sh", "-c", `cat >/tmp/judged && ${command} /tmp/judged`], { input: text });

    it("cloud-init: the user data that the hosts were booted with is valid", async () => {
      for (const host of hosts()) {
        const { exitCode, stdout, stderr } = await host.exec(["cloud-init", "schema", "--system"]);
        assert.equal(exitCode, 0, `${host.name}: ${stdout}${stderr}`);
        assert.deepEqual(host.cloudInitErrors, []);
      }
    });

    it("cloud-init: user data for any operators, and for none, is valid", async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.constant([]), operators), async (list) => {
          const plan = samplePlan({ operators: list });
          const [node] = plan.nodes;
          assert.ok(node);
          const { region, secretArn } = sampleConnection;
          const text = nodeUserData(plan, node, { region, secretArn });
          const { exitCode, stdout, stderr } = await judge(text, "cloud-init schema --config-file");
          assert.equal(exitCode, 0, stdout + stderr);
        }),
        { numRuns: runsOf(8) },
      );
      assert.notEqual((await judge("#cloud-config\nusers: 5\n", "cloud-init schema --config-file")).exitCode, 0);
    });

    it("nft: the firewall that is loaded, and one for any networks, is valid", async () => {
      for (const host of hosts()) {
        assert.equal((await host.exec(["nft", "--check", "--file", "/etc/hipaa-redis/nftables.conf"])).exitCode, 0);
        assert.match((await host.exec(["nft", "list", "tables"])).stdout, /table inet hipaa_redis/);
      }
      await fc.assert(
        fc.asyncProperty(appNetworks, async (appCidrBlocks) => {
          const { flows } = samplePlan({ appCidrBlocks });
          const text = nodeFirewall({ flows, redisAccount: account, tunnelAccount: account });
          const { exitCode, stderr } = await judge(text, "nft --check --file");
          assert.equal(exitCode, 0, stderr);
        }),
        { numRuns: runsOf(8) },
      );
      assert.notEqual((await judge("table inet x { chain", "nft --check --file")).exitCode, 0);
    });

    it("sshd: the configuration in force admits the operators alone, and one for any operators is valid", async () => {
      const effective = (await here.node.exec(["sshd", "-T"])).stdout;
      for (const line of [
        "allowusers ada",
        "authenticationmethods publickey",
        "passwordauthentication no",
        "permitrootlogin no",
        "allowtcpforwarding no",
      ]) {
        assert.ok(effective.split("\n").includes(line), line);
      }
      await fc.assert(
        fc.asyncProperty(operators, async (list) => {
          const { exitCode, stderr } = await judge(
            sshdConf({ operators: list, operatorIdleLogoffMinutes: 15, operatingSystem }),
            "sshd -t -f",
          );
          assert.equal(exitCode, 0, stderr);
        }),
        { numRuns: runsOf(8) },
      );
      assert.notEqual((await judge("PermitRootLogin perhaps\n", "sshd -t -f")).exitCode, 0);
    });

    it("systemd: every unit of ours is valid, and nothing has failed", async () => {
      for (const host of hosts()) {
        const units = (await host.exec(["sh", "-c", "ls /etc/systemd/system/hipaa-redis-*.service"])).stdout;
        const verified = await host.exec(["systemd-analyze", "verify", ...units.trim().split("\n")]);
        assert.deepEqual([verified.exitCode, verified.stderr], [0, ""]);
        assert.equal((await host.exec(["systemctl", "--failed", "--no-legend", "--plain"])).stdout, "");
        assert.equal((await host.exec(["systemctl", "is-system-running"])).stdout.trim(), "running");
      }
      const broken = await here.node.exec([
        "sh",
        "-c",
        "printf '[Service]\\nExecStart=nothing\\n' >/tmp/x.service && systemd-analyze verify /tmp/x.service",
      ]);
      assert.notEqual(broken.exitCode, 0);
    });

    // stunnel can't judge a file without starting; that it has started is its judgement of the hosts' own.
    if (tunnel === "haproxy") {
      it("HAProxy: the tunnel's configuration, and one for any cache and port, is valid without a warning", async () => {
        const check = "haproxy -c -dW -f";
        for (const host of hosts()) {
          const { exitCode, stderr } = await host.exec(["sh", "-c", `${check} ${hostPaths.haproxyConfig}`]);
          assert.equal(exitCode, 0, stderr);
        }
        const { conf } = tunnelProgram(tunnel);
        const port = fc.integer({ min: 1024, max: 65535 });
        await fc.assert(
          fc.asyncProperty(fc.stringMatching(nameRules.component.pattern), port, async (cache, localPort) => {
            const [node] = planCache(cache, sampleArguments).nodes;
            assert.ok(node);
            const { privateIp: address, port, certificate } = node;
            const listens = [hostPaths.clientSocket, `127.0.0.1:${localPort}`];
            const client = callsRedis(listens, { address, port, serverName: certificate.dnsName });
            for (const text of [conf(servesRedis(node)), conf(client)]) {
              const { exitCode, stderr } = await judge(text, check);
              assert.equal(exitCode, 0, stderr);
            }
          }),
          { numRuns: runsOf(8) },
        );
        assert.notEqual((await judge("frontend redis\n  bind nowhere\n", check)).exitCode, 0);
      });
    }

    it("Redis: runs with the settings that are meant, and without a network", async () => {
      const wanted = {
        save: "",
        appendonly: "no",
        port: "0",
        dir: "/run/hipaa-redis/redis",
        "slowlog-max-len": "0",
        "acllog-max-len": "0",
      };
      for (const [setting, value] of Object.entries(wanted)) {
        assert.equal(await configOf(here.node, setting), value, setting);
      }
      const inside = await here.node.exec(["sh", "-c", `nsenter -t $(${redisPid}) -n ip -br address`]);
      assert.match(inside.stdout, /^lo +/);
      assert.equal(inside.stdout.trim().split("\n").length, 1);
    });
  },
);
