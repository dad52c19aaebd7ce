import assert from "node:assert/strict";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { healthParameterName, readReport, unhealthyBecause } from "../../../../src/plan/health.js";
import { ScriptHost } from "../../../support/scriptHost.js";

const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-0-server-0a1b2c3-AbCdEf";
const now = new Date("2026-11-29T16:30:00Z");

const replica = (offset: number, link = "up"): string =>
  `role:slave\r\nmaster_host:127.82.0.1\r\nmaster_link_status:${link}\r\nmaster_last_io_seconds_ago:${offset % 7}\r\n` +
  `master_sync_in_progress:0\r\nslave_repl_offset:${offset}\r\nslave_priority:100\r\nconnected_slaves:0\r\nmaster_repl_offset:${offset}\r\n`;
const primary = (offset: number): string =>
  "role:master\r\nconnected_slaves:1\r\nmin_slaves_good_slaves:1\r\n" +
  `slave0:ip=127.82.0.2,port=6379,state=online,offset=${offset},lag=0\r\nmaster_repl_offset:${offset}\r\n`;

describe("report-health", () => {
  let host: ScriptHost;
  beforeEach(() => {
    host = new ScriptHost();
    host.install("report-health");
    host.setClock(now);
    host.standIn(
      "curl",
      `case $* in *token) echo t0ken ;; *) echo '{"instanceId":"i-0a","instanceType":"m6i.large","region":"x"}' ;; esac`,
    );
  });

  afterEach(() => {
    host.remove();
  });

  /** Looks as often as there are answers of Redis's, each a look's; returns what it has reported. */
  function reports(answers: readonly (string | undefined)[], aws = ":"): unknown[] {
    for (const [index, answer] of answers.entries()) host.write(`/answers/${index}`, answer ?? "");
    host.write("/looks", "");
    const looks = host.path("/looks");
    host.standIn("sleep", `echo >>${looks}; [ "$(wc -l <${looks})" -le ${answers.length} ]`);
    host.standInScript(
      "ask-redis",
      `cat >/dev/null; echo OK; cat ${host.path("/answers")}/$(($(wc -l <${looks}) - 1))`,
    );
    host.standIn(
      "aws",
      `${aws}\nwhile [ $# -gt 0 ]; do [ "$1" != --value ] || printf '%s\\n' "$2" >>${host.path("/reported")}; shift; done`,
    );
    host.write("/reported", "");
    const env = { HIPAA_REDIS_SECRET_ARN: secretArn, AWS_REGION: "us-east-1" };
    const { status, stdout, stderr } = host.run("report-health", ["20", "120"], env);
    assert.deepEqual([stdout, stderr], ["", ""]);
    if (aws === ":") assert.equal(status, 0);
    return host
      .read("/reported")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => readReport(line));
  }

  const healthy = (reported: unknown): string | undefined =>
    unhealthyBecause(reported as Parameters<typeof unhealthyBecause>[0], new Date());

  it("reports what the library reads, in the parameter that the library makes", () => {
    const [reported, ...others] = reports([replica(17)]);
    const { time, ...rest } = reported as { time: string };
    assert.deepEqual(rest, {
      schemaVersion: 1,
      instanceId: "i-0a",
      instanceType: "m6i.large",
      replication: "role:slave\nmaster_link_status:up\nmaster_sync_in_progress:0",
    });
    assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000, time);
    assert.deepEqual([others, healthy(reported)], [[], undefined]);
    const put = host.calls().find((call) => call.startsWith("aws "));
    const name = healthParameterName(secretArn);
    assert.ok(put?.startsWith(`aws ssm put-parameter --region us-east-1 --name ${name} --overwrite --value {`), put);
  });

  it("looks every so many seconds, and asks the metadata service with a token when it reports, and no sooner", () => {
    reports([replica(1), replica(2)]);
    // A line break in a report is one in the list of calls as well.
    const calls = host.calls().filter((call) => !call.startsWith("master_"));
    assert.deepEqual(
      calls.map((call) => call.split(" ")[0]),
      ["sleep", "ask-redis", "curl", "curl", "aws", "sleep", "ask-redis", "sleep"],
    );
    assert.equal(calls[0], "sleep 20");
    assert.match(calls[3] ?? "", /-H X-aws-ec2-metadata-token: t0ken http:\/\/169\.254\.169\.254\/latest\/dynamic\//);
  });

  it("reports again what has changed: the role, the link, who follows, and that Redis does not answer", () => {
    const looks = [replica(1), replica(2, "down"), replica(3), primary(4), primary(5), undefined, primary(6)];
    assert.deepEqual(reports(looks).map(healthy), [
      undefined,
      "it has no link to a primary",
      undefined,
      undefined,
      "its Redis does not answer",
      undefined,
    ]);
  });

  it("reports that its server is too old to be started, beside what else there is to report", () => {
    host.write(`${hostPaths.redisStartFolder}/too-old`, "too_old:redis-tools 1~a is older than 2+b\n");
    assert.deepEqual(reports([undefined, replica(1)]).map(healthy), [
      'redis-tools 1~a is older than 2+b and not started (docs/operating.md, "A server that is too old")',
      undefined,
    ]);
  });

  it("reports again what has not changed, when that is old", () => {
    assert.equal(reports([primary(1), primary(2), primary(3)]).length, 1);
    // A clock that goes on by a minute at each look.
    const looks = host.path("/looks");
    host.write("/bin/date", `#!/bin/sh\necho $((1764433740 + 60 * $(wc -l <${looks})))\n`);
    host.makeExecutable("/bin/date");
    assert.equal(reports(Array.from({ length: 6 }, (_, index) => primary(index))).length, 3);
  });

  it("ends where it can't report, so that it is started again and reports then", () => {
    assert.deepEqual(reports([primary(1), primary(2)], "exit 254"), []);
    assert.equal(host.calls().filter((call) => call.startsWith("aws ")).length, 1);
  });
});
