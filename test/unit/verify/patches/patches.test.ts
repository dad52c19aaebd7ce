import assert from "node:assert/strict";
import { execaSync } from "execa";
import type { CommandResult } from "../../../../src/evidence/check.js";
import type { HostKind } from "../../../../src/plan/hostKinds.js";
import { lastSecurityFix, type SecurityFix } from "../../../../src/plan/serverVersions.js";
import { packageCommands, watchedPackages } from "../../../../src/evidence/packageCommands.js";
import { engines } from "../../../../src/plan/engine.js";
import { patchCommands, patchesOf, patchesText, type Patches } from "../../../../src/verify/patches/patches.js";

const about = {
  cache: "sessions",
  date: new Date("2026-11-29T00:00:00Z"),
  place: "here",
  host: "i-0a host",
  nonce: "0",
  evidenceSha256: "e",
};

const fix = lastSecurityFix();
const lists = "/var/lib/apt/lists/deb.debian.org_debian";

/** As Debian 12 has answered; the kernels are those of an instance. */
const debian: Readonly<Record<keyof typeof packageCommands, string>> = {
  installed: "libssl3 3.0.19-1~deb12u2 installed\nopenssl 3.0.19-1~deb12u2 installed\nold 1 config-files\n",
  policy: `openssl:
  Installed: 3.0.19-1~deb12u2
  Candidate: 3.0.22-1~deb12u2
  Version table:
     3.0.22-1~deb12u2 500
        500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
     3.0.20-1~deb12u2 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
 *** 3.0.19-1~deb12u2 100
        100 /var/lib/dpkg/status
libssl3:
  Installed: 3.0.19-1~deb12u2
  Candidate: 3.0.20-1~deb12u2
  Version table:
     3.0.20-1~deb12u2 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
 *** 3.0.19-1~deb12u2 500
        500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
        100 /var/lib/dpkg/status
sudo:
  Installed: (none)
  Candidate: 1.9.13p3-1+deb12u4
  Version table:
     1.9.13p3-1+deb12u4 500
        500 http://deb.debian.org/debian bookworm/main amd64 Packages
`,
  upgrade: `NOTE: This is only a simulation!
Inst openssl [3.0.19-1~deb12u2] (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64])
Inst python3-jwt [2.6.0-1] (2.6.0-1+deb12u1 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64])
Inst python3-xmltodict [0.13.0-1] (0.13.0-1.1~deb12u1 Debian:12.15/oldstable [all])
Inst linux-image-6.1.0-50-cloud-amd64 (6.1.170-1 Debian-Security:12/oldstable-security [amd64])
Conf openssl (3.0.22-1~deb12u2 Debian-Security:12/oldstable-security [amd64])
`,
  archives: `${lists}-security_dists_bookworm-security_InRelease:Label: Debian-Security
${lists}-security_dists_bookworm-security_InRelease:Codename: bookworm-security
${lists}-security_dists_bookworm-security_InRelease:Date: Thu, 26 Nov 2026 21:03:35 UTC
${lists}-security_dists_bookworm-security_InRelease:Valid-Until: Thu, 03 Dec 2026 21:03:35 UTC
${lists}_dists_bookworm_InRelease:Label: Debian
${lists}_dists_bookworm_InRelease:Codename: bookworm
${lists}_dists_bookworm_InRelease:Date: Sat, 11 Jul 2026 10:16:37 UTC
`,
  changelogs: "openssl Fri, 03 Apr 2026 14:29:32 +0200\nlibssl3 \n",
  lastRun: '{"UNIT":"hipaa-redis-updates.service","__REALTIME_TIMESTAMP":"1795910400000000","_BOOT_ID":"x"}\n',
  reboot: "6.1.0-49-cloud-amd64\n6.1.0-49-cloud-amd64\n",
  server: `redis-tools ${fix.version} is at least ${fix.version}, which fixes CVE-2026-81934\n`,
};

function found(
  change: Partial<Record<keyof typeof debian, string | CommandResult | undefined>> = {},
  target: HostKind = "cache",
): Patches {
  const results = Object.entries({ ...debian, ...change }).map(([, answer]) =>
    typeof answer === "string" ? { exitCode: 0, stdout: answer } : answer,
  );
  return patchesOf(target, results, about, fix);
}

describe("the patch state of a host", () => {
  it("asks in the order in which answers are taken, of what the host has", () => {
    assert.equal(patchCommands("cache", "haproxy", "redis", fix).length, Object.keys(debian).length);
    assert.deepEqual(Object.keys(packageCommands), Object.keys(debian));
    for (const engine of engines) {
      const node = watchedPackages("cache", "stunnel", engine);
      for (const name of ["stunnel4", `${engine}-server`, "unattended-upgrades", "openssl"])
        assert.ok(node.includes(name), name);
      assert.ok(!watchedPackages("client", "haproxy", engine).includes(`${engine}-server`));
    }
  });

  it("has of each package what is installed, of when, and what waits", () => {
    assert.deepEqual(found().packages, [
      {
        name: "libssl3",
        installed: "3.0.19-1~deb12u2",
        installedMade: null,
        installedAgeDays: null,
        candidate: "3.0.20-1~deb12u2",
        securityUpdatePending: false,
      },
      {
        name: "openssl",
        installed: "3.0.19-1~deb12u2",
        installedMade: "2026-04-03T12:29:32.000Z",
        installedAgeDays: 239,
        candidate: "3.0.22-1~deb12u2",
        securityUpdatePending: true,
      },
    ]);
  });

  it("has every security update that waits, and since when at the latest it is known", () => {
    const known = { knownSince: "2026-11-26T21:03:35.000Z", atLeastDays: 2 };
    assert.deepEqual(found().pendingSecurityUpdates, [
      { name: "openssl", installed: "3.0.19-1~deb12u2", candidate: "3.0.22-1~deb12u2", ...known },
      { name: "python3-jwt", installed: "2.6.0-1", candidate: "2.6.0-1+deb12u1", ...known },
      { name: "linux-image-6.1.0-50-cloud-amd64", installed: null, candidate: "6.1.170-1", ...known },
    ]);
    assert.deepEqual(found().gaps, []);
    assert.match(
      patchesText(found()),
      /^openssl 3\.0\.19-1~deb12u2, made 239 days ago; security update pending: 3\.0\.22/m,
    );
  });

  it("says when updates last ran, and whether a restart is due", () => {
    assert.deepEqual(found().lastUpdateRun, { date: "2026-11-29T00:00:00.000Z", unit: "hipaa-redis-updates.service" });
    assert.equal(found({ lastRun: "" }).lastUpdateRun, null);
    const [running, newest] = ["6.1.0-49-cloud-amd64", "6.1.0-50-cloud-amd64"];
    for (const [answer, due] of [
      [debian.reboot, false],
      [`required\n${debian.reboot}`, true],
      [`${running}\n${newest}\n`, true],
      [`${running}\n`, false],
    ] as const)
      assert.equal(found({ reboot: answer }).restart.due, due, answer);
    assert.equal(found({ reboot: { exitCode: 127, stdout: "" } }).restart.due, null);
  });

  it("says whether a node's server has its last security fix, and of an app host nothing", () => {
    const { version, date, cves, source } = fix;
    const known = { version, date, cves, source };
    assert.deepEqual(found().server, { ...known, isTooOld: false });
    const told = (patches: Patches): string => /^The server's .*$/m.exec(patchesText(patches))?.[0] ?? "";
    const of = `The server's last security fix that is known, ${version} of ${date} (${cves.join(", ")}): `;
    assert.equal(told(found()), `${of}there.`);
    const old = found({ server: debian.server.replace("at least", "older than") });
    assert.deepEqual(old.server, { ...known, isTooOld: true });
    assert.equal(told(old), `${of}not there: the node does not start its server.`);
    const unknown = found({ server: undefined });
    assert.deepEqual([unknown.server?.isTooOld, told(unknown)], [null, `${of}not known.`]);
    assert.equal(found({ server: "" }, "client").server, null);
    assert.equal(patchCommands("client", "haproxy", "redis", fix).at(-1), "true");
  });

  it("asks dpkg itself whether a server is older", () => {
    const ask = (change: Partial<SecurityFix>): Patches["server"] => {
      const asked = { ...fix, packageName: "dpkg", ...change };
      const { exitCode = -1, stdout } = execaSync("sh", ["-c", packageCommands.server([], asked)], { reject: false });
      const results = Object.keys(debian).map((name) => (name === "server" ? { exitCode, stdout } : undefined));
      return patchesOf("cache", results, about, asked).server;
    };
    assert.equal(ask({ version: "1.0" })?.isTooOld, false);
    assert.equal(ask({ version: "99:1" })?.isTooOld, true);
    assert.equal(ask({ version: "1.0", packageName: "no-such-package" })?.isTooOld, true);
  });

  it("claims nothing about updates without lists of the security archive, or with lists that are too old", () => {
    const without = found({ archives: debian.archives.replaceAll("Debian-Security", "Debian") });
    assert.deepEqual(without.pendingSecurityUpdates, []);
    assert.ok(without.packages.every(({ securityUpdatePending }) => securityUpdatePending === null));
    assert.match(without.gaps.join(), /has no lists of Debian's security archive/);
    const old = found({ archives: debian.archives.replace("03 Dec 2026", "28 Nov 2026") });
    assert.match(old.gaps.join(), /no longer valid/);
    assert.equal(old.archives[0]?.ageDays, 2);
  });

  for (const name of Object.keys(debian) as (keyof typeof debian)[]) {
    it(`says that it could not read ${name}`, () => {
      for (const answer of [
        undefined,
        { exitCode: 124, stdout: debian[name] },
        { exitCode: 1, stdout: debian[name] },
      ]) {
        const { gaps } = found({ [name]: answer });
        assert.match(gaps[0] ?? "", /could not be read$/);
      }
    });
  }

  it("has nothing in it that a terminal obeys", () => {
    const bad = found({
      upgrade: "Inst a\u001b[2J [1] (2 Debian-Security:12/x [amd64])\n",
      installed: "openssl 1\u001b[2J installed\n",
      archives: debian.archives.replace("bookworm-security\n", "book\u001b[2J\n"),
    });
    assert.ok(!JSON.stringify(bad).includes("\\u001b"));
    assert.match(JSON.stringify(bad), /\{1b\}/);
  });

  it("asks in a way that Debian's own programs answer, and writes nothing", () => {
    const ask = (command: string): CommandResult => {
      const { exitCode = -1, stdout } = execaSync("sh", ["-c", command], { env: { LC_ALL: "C" }, reject: false });
      return { exitCode, stdout };
    };
    const packages = ["dpkg", "no-such-package"];
    assert.match(ask(packageCommands.installed(packages)).stdout, /^dpkg \S+ installed$/m);
    const policy = ask(packageCommands.policy(packages)).stdout;
    assert.match(policy, /^dpkg:\n {2}Installed: \S+\n {2}Candidate: \S+\n {2}Version table:$/m);
    assert.equal(ask(packageCommands.reboot()).exitCode, 0);
  });
});
