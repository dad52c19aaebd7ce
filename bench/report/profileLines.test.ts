import assert from "node:assert/strict";
import type { Profile } from "../profile/profile.js";
import { profileLines } from "./profileLines.js";

const ofTls: Profile = {
  application: { client: "plain", contender: "redisTls", inFlight: 1, workers: false },
  usage: { application: { wakeUps: 1, cpuMicroseconds: 20 }, Redis: { wakeUps: 0.5, cpuMicroseconds: 10 } },
  calls: { application: { all: 3 }, Redis: { all: 4 } },
  traced: { application: { read: 1, write: 2, open: 0.01 }, Redis: { read: 2.5 } },
};

describe("where the time goes", () => {
  it("has a row for each process with its calls, wake-ups and processor time, and all of them together", () => {
    const text = profileLines([ofTls], true).join("\n");
    assert.ok(text.includes("#### One request in flight\n\n| process | ioredis, its own TLS |\n"));
    assert.ok(
      text.includes("| application | 3, 1, 20 |\n| client tunnel | – |\n| server tunnel | – |\n| Redis | 4, 0.5, 10 |"),
    );
    assert.ok(text.includes("| **all** | 7, 1.5, 30 |"));
    assert.ok(text.includes("- ioredis, its own TLS: application `write` 2, `read` 1; Redis `read` 2.5."));
    assert.deepEqual(profileLines([], true), []);
  });

  it("takes strace's counts where perf counts none, and says so", () => {
    const { application, usage, traced } = ofTls;
    const text = profileLines([{ application, usage, traced }], true).join("\n");
    assert.match(text, /`perf stat` counts no system calls on this machine/);
    assert.ok(text.includes("| **all** | 5.51, 1.5, 30 |"));
    assert.doesNotMatch(profileLines([ofTls], true).join("\n"), /counts no system calls/);
  });

  it("says where perf has no hardware counters, and only there", () => {
    assert.match(profileLines([ofTls], false).join("\n"), /`perf stat` has no hardware counters on this machine/);
    assert.doesNotMatch(profileLines([ofTls], true).join("\n"), /hardware counters/);
  });

  it("has a section for each load, and a column for each way", () => {
    const workers = { ...ofTls, application: { ...ofTls.application, inFlight: 50, workers: true } };
    const ours = { ...workers, application: { ...workers.application, contender: "haproxySocket" as const } };
    const text = profileLines([ofTls, workers, ours], true).join("\n");
    assert.ok(
      text.includes(
        "#### 50 workers of one process, a connection each\n\n| process | ioredis, its own TLS | ioredis, our HAProxy, by socket |",
      ),
    );
  });
});
