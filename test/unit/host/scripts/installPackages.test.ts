import assert from "node:assert/strict";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const update = "apt-get update --quiet --option APT::Update::Error-Mode=any";
const configure = "dpkg --configure --pending";
const startRest = "systemctl start --no-block hipaa-redis-secrets.service";

describe("install-packages", () => {
  let host: ScriptHost;
  let install: string;

  beforeEach(() => {
    host = new ScriptHost();
    host.install("install-packages");
    const stay = host.path("/run/hipaa-redis-stay.cfg");
    install = `cloud-init single --file ${stay} --name package_update_upgrade_install --frequency always`;
    for (const command of ["apt-get", "cloud-init", "dpkg", "sleep", "systemctl"]) host.standIn(command);
    host.write("/installed", "awscli\n");
    host.standIn(
      "dpkg-query",
      `for name; do :; done
if grep -qx "$name" ${host.path("/installed")}; then printf installed
elif grep -qx "$name (broken)" ${host.path("/installed")}; then printf half-configured; fi`,
    );
  });

  afterEach(() => {
    host.remove();
  });

  const run = (): Ended => host.run("install-packages", ["awscli", "jq"]);
  /** What it did beside looking. */
  const did = (): string[] => host.calls().filter((call) => !call.startsWith("dpkg-query "));
  /** A mirror that is away for so many tries, which then fail at `command`. */
  const awayFor = (tries: number, command: "apt-get" | "cloud-init"): void => {
    const [away, installed] = [host.path("/away"), host.path("/installed")];
    host.write("/away", "x".repeat(tries));
    const installs = `echo jq >>${installed}`;
    const fails = `left=$(cat ${away}); [ -z "$left" ] || { printf '%s' "\${left#x}" >${away}; exit 100; }`;
    host.standIn("cloud-init", installs);
    host.standIn(command, command === "apt-get" ? fails : `${fails}\n${installs}`);
  };

  it("asks nobody for packages that are there", () => {
    host.write("/installed", "awscli\njq\n");
    assert.deepEqual(run(), { status: 0, stdout: "", stderr: "" });
    assert.deepEqual(did(), []);
  });

  it("tries again with new lists until the mirror is back, and waits longer each time, up to a minute", () => {
    awayFor(6, "apt-get");
    const { status, stderr } = run();
    assert.deepEqual([status, stderr], [0, "hipaa-redis: not installed: jq. Trying again.\n".repeat(7)]);
    const waits = [5, 10, 20, 40, 60, 60].flatMap((seconds) => [`sleep ${seconds}`, configure, update]);
    assert.deepEqual(did(), [configure, update, ...waits, install, startRest]);
    // The host restarts for a new kernel by cloud-init's first try alone.
    assert.equal(
      host.read("/run/hipaa-redis-stay.cfg"),
      "package_reboot_if_required: false\napt_reboot_if_required: false\n",
    );
  });

  it("tries again where the lists are there and a package is not to be had", () => {
    awayFor(1, "cloud-init");
    assert.equal(run().status, 0);
    assert.deepEqual(did(), [configure, update, install, "sleep 5", configure, update, install, startRest]);
  });

  it("takes no package for installed whose installation was cut off, and waits where one is missing all the same", () => {
    host.write("/installed", "awscli\njq (broken)\n");
    host.standIn("sleep", `echo jq >>${host.path("/installed")}`);
    assert.equal(run().status, 0);
    assert.deepEqual(did(), [configure, update, install, "sleep 5", configure, update, install, startRest]);
  });

  it("says what is missing when systemd ends it, fails, and starts nothing", () => {
    host.standIn("apt-get", "exit 100");
    host.standIn("sleep", 'kill -TERM "$PPID"');
    const { status, stderr } = run();
    assert.equal(status, 1);
    assert.match(
      stderr,
      /\nhipaa-redis: gave up, not installed: jq\. Nothing is started: .* reboot or replace this host\.\n$/,
    );
    assert.ok(!did().includes(startRest));
  });
});
