import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { layDownConnection } from "../../../lab/load/applicationLoad.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { tunnelConfig } from "../../../lab/routes/openTunnel.js";
import type { TunnelRoute } from "../../../lab/routes/route.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisLimits } from "../../../src/plan/limits.js";
import { openRoute } from "./openRoute.js";

const queueOfCache = {
  allowScripting: true,
  settings: { evictionPolicy: "noeviction", keyspaceEvents: "", maxValueBytes: redisLimits.largestValueBytes },
} as const;

/** The programs of examples/queue, which import the package as it has been built. */
describe("BullMQ by examples/queue, through stunnel at both ends, with the shipped Redis", () => {
  let fixture: Fixture;
  let route: TunnelRoute;
  let worker: ChildProcess;
  const done: string[] = [];
  const complaints: string[] = [];

  const start = (program: string, ...args: string[]): ChildProcess => {
    const file = join(repositoryRoot, "examples/queue/app", `${program}.ts`);
    const node = [process.execPath, "--import", import.meta.resolve("tsx"), file, ...args];
    const env = { ...process.env, HIPAA_REDIS_CONNECTION: layDownConnection(fixture, route) };
    return spawn("nsenter", [`--target=${fixture.app.pid}`, "--mount", "--net", "--", ...node], {
      stdio: ["ignore", "pipe", "pipe"],
      env,
    });
  };
  const linesOf = (stream: ChildProcess["stdout"], lines: string[]): void => {
    assert.ok(stream);
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  };
  const hasDone = (visitId: string): Promise<void> =>
    waitFor(`the worker does job ${visitId}`, () => done.includes(`reminded of visit ${visitId}`), {
      hopeless: () => (worker.exitCode === null ? undefined : "the worker has ended"),
      shown: () => complaints.join("\n"),
    });
  /** On a busy machine a command of it may get no answer in time: then it is added again, as the example says. */
  const add = (...args: string[]): Promise<void> => {
    const errors: string[] = [];
    const added = async (): Promise<boolean> => {
      const adding = start("add", ...args);
      linesOf(adding.stderr, errors);
      const [code] = (await once(adding, "close")) as [number | null];
      return code === 0;
    };
    return waitFor(`job ${args.join()} is added`, added, { shown: () => errors.join("\n") });
  };
  const redis = async (...command: string[]): Promise<string[]> => {
    const env = { REDISCLI_AUTH: fixture.password };
    const answer = await fixture.node.run(["redis-cli", "-s", hostPaths.redisSocket, ...command], { env });
    return answer.split("\n");
  };

  before(async () => {
    ({ fixture, route } = await openRoute(queueOfCache));
    worker = start("worker");
    linesOf(worker.stdout, done);
    linesOf(worker.stderr, complaints);
    await waitFor("the worker waits for jobs", () => done.includes("ready"), { shown: () => complaints.join("\n") });
  });
  after(async () => {
    worker.kill("SIGKILL");
    await fixture.stop();
  });

  it("does a job", async () => {
    await add("1");
    await hasDone("1");
  });

  it("does a job that has to wait, once it has waited", async () => {
    await add("2", "500");
    await hasDone("2");
    const ofEvents = await redis("XRANGE", "bull:reminders:events", "-", "+");
    const events = ofEvents.flatMap((word, index) => (word === "visit-2" ? [ofEvents[index - 2] ?? ""] : []));
    assert.deepEqual(
      ["delayed", "waiting", "active"].map((event) => events.indexOf(event)).filter((index) => index < 0),
      [],
      events.join(),
    );
    assert.ok(events.indexOf("delayed") < events.indexOf("waiting"), events.join());
    assert.ok(events.indexOf("waiting") < events.indexOf("active"), events.join());
  });

  it("has a worker that waits through a restart of the tunnel, and does what is added meanwhile", async () => {
    complaints.length = 0;
    process.kill(route.tunnel.server.pid, "SIGKILL");
    await waitFor("the worker has lost its connections", () => complaints.length > 0);
    const adding = add("3");
    // Should what comes before fail, that is what is told.
    adding.catch(() => undefined);
    await fixture.node.start(
      "stunnel on the node, again",
      ["stunnel4", tunnelConfig("stunnel")],
      route.handshake.address,
    );
    await adding;
    await hasDone("3");
    await add("4");
    await hasDone("4");
  });

  it("has done every job and no other, and nothing of a job stays in the cache", async () => {
    // More than once where the machine has been so busy that the connection was given up in the midst of a job.
    assert.deepEqual(
      [...new Set(done)],
      ["ready", ...["1", "2", "3", "4"].map((visitId) => `reminded of visit ${visitId}`)],
    );
    await waitFor("no job is left", async () => {
      const [, ...keys] = await redis("SCAN", "0", "COUNT", "1000");
      return keys.length > 0 && keys.every((key) => /^bull:reminders:(meta|id|events|stalled-check)$/.test(key));
    });
  });

  it("ends when it is told to", async () => {
    worker.kill("SIGTERM");
    const [code] = (await once(worker, "close")) as [number | null];
    assert.equal(code, 0, complaints.join("\n"));
  });
});
