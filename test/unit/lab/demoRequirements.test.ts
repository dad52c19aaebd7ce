import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFacts, whatIsMissing } from "../../../lab/demo/facts.mjs";
import { durationText, problemsOf, type Facts } from "../../../lab/demo/requirements.mjs";
import { repositoryRoot } from "../../../lab/stateFolder.js";

const sound: Facts = {
  platform: "linux",
  uid: 0,
  osRelease: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
  nodeVersion: "v20.19.0",
  engines: ">=20.19",
  installed: true,
  repository: "/clone",
  cache: "/cache",
  disks: [
    { path: "/cache", freeGigabytes: 9 },
    { path: "/clone", freeGigabytes: 8 },
  ],
  missing: [],
};
const engine = { what: "the Pulumi engine", places: [{ address: "https://one" }, { address: "https://two" }] };

describe("what the demo needs", () => {
  const problems = (change: Partial<Facts>, down = false): string[] => problemsOf({ ...sound, ...change }, { down });

  it("is told in nothing where it is there", () => {
    for (const change of [
      {},
      { nodeVersion: "v24.0.0" },
      { osRelease: "ID=debian\nPRETTY_NAME=trixie/sid\n" },
      { osRelease: 'VERSION_ID="13"\nID=debian\n' },
      { disks: [{ path: "/cache", freeGigabytes: 2 }] },
      { missing: [{ what: "LocalStack", places: [] }] },
      {
        missing: [
          { ...engine, places: [{ address: "https://one", failure: "ENOTFOUND" }, { address: "https://two" }] },
        ],
      },
    ])
      assert.deepEqual(problems(change), []);
  });

  const refusals: readonly [string, Partial<Facts>, RegExp][] = [
    ["Linux", { platform: "darwin", uid: 501, osRelease: "" }, /^Linux: this is darwin\..* virtual machine/],
    ["root", { uid: 1000 }, /^Root: .*Run: sudo env "PATH=\$PATH" npm run demo$/],
    [
      "Debian 11",
      { osRelease: 'PRETTY_NAME="Debian 11"\nVERSION_ID="11"\nID=debian\n' },
      /^Debian 12 or newer: this is Debian 11\./,
    ],
    [
      "Ubuntu",
      { osRelease: 'PRETTY_NAME="Ubuntu 24"\nVERSION_ID="24.04"\nID=ubuntu\n' },
      /this is Ubuntu 24\..*--skip-checks/,
    ],
    ["Node.js 18", { nodeVersion: "v18.20.4" }, /^Node\.js 20\.19 or newer: this is v18\.20\.4\./],
    ["Node.js 20.18", { nodeVersion: "v20.18.9" }, /this is v20\.18\.9\./],
    ["npm's packages", { installed: false }, /Run: npm --prefix \/clone ci$/],
    [
      "disk",
      { disks: [{ path: "/clone", freeGigabytes: 1.96 }] },
      /^2 GB of disk: 2\.0 GB are free for \/clone\..*HIPAA_REDIS_LAB_CACHE/,
    ],
    [
      "disk for a first run",
      { missing: [engine], disks: [{ path: "/c", freeGigabytes: 7 }] },
      /^8 GB of disk: 7\.0 GB/,
    ],
    [
      "network",
      { missing: [{ what: "LocalStack", places: [{ address: "https://one", failure: "ENOTFOUND" }] }] },
      /^Network: LocalStack must be fetched, and https:\/\/one \(ENOTFOUND\) can't be reached\. /,
    ],
  ];
  for (const [what, change, words] of refusals) {
    it(`is told with the way out: ${what}`, () => {
      const [problem = "", ...more] = problems(change);
      assert.match(problem, words);
      assert.deepEqual(more, []);
    });
  }

  it("is told all at once, and for --down only what that needs", () => {
    const change = { uid: 1000, nodeVersion: "v18.0.0", osRelease: "", disks: [{ path: "/", freeGigabytes: 0 }] };
    const first = (list: string[]): string[] => list.map((text) => text.split(/[ :]/)[0] ?? "");
    assert.deepEqual(first(problems(change)), ["Root", "Node.js", "Debian", "2"]);
    assert.deepEqual(first(problems(change, true)), ["Root", "Node.js"]);
  });

  it("takes minutes, more where something has to be fetched", () => {
    assert.match(durationText(sound), /two to four minutes: what it needs is in \/cache/);
    assert.match(durationText({ ...sound, missing: [engine] }), /5 to 20 minutes[^]*the Pulumi engine/);
  });
});

describe("what the demo finds on a machine", () => {
  let cache: string;
  const there = (...names: string[]): string => join(cache, ...names);
  const env = {
    PATH: process.env.PATH,
    PIP_INDEX_URL: "https://name:secret@index.example/simple",
    GOPROXY: "https://go.example",
  };
  const missing = async (more: Readonly<Record<string, string>> = {}): Promise<Record<string, string[]>> => {
    const found = await whatIsMissing(cache, "3.1.0", { ...env, ...more }, () => Promise.resolve("ENOTFOUND"));
    return Object.fromEntries(found.map(({ what, places }) => [what, places.map(({ address }) => address)]));
  };
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "cache-"));
  });
  afterEach(() => {
    rmSync(cache, { recursive: true });
  });

  it("is missing with where it comes from, and no password of that", async () => {
    const found = await missing();
    assert.deepEqual(found["the Pulumi engine"], ["https://get.pulumi.com", "https://go.example"]);
    assert.deepEqual(found.LocalStack, ["https://index.example"]);
    assert.equal("the image of the test hosts" in found, true);
    assert.deepEqual((await missing({ PIP_FIND_LINKS: "/wheels" })).LocalStack, []);
    assert.deepEqual((await missing({ https_proxy: "me:secret@proxy.example:3128" })).LocalStack, [
      "http://proxy.example:3128",
    ]);
  });

  it("is not missing where the cache folder has it, whole; nor is a LocalStack that runs", async () => {
    for (const draft of ["image/0123456789abcdef.draft", "localstack/4.14.0-0123456789ab.draft"]) {
      mkdirSync(there(draft), { recursive: true });
    }
    assert.ok("LocalStack" in (await missing()));
    assert.ok(!("LocalStack" in (await missing({ AWS_ENDPOINT_URL: "http://127.0.0.1:4566" }))));
    for (const folder of [
      `engine/3.1.0-built-${process.arch}`,
      "localstack/4.14.0-0123456789ab",
      "image/0123456789abcdef",
      "mirror/0123456789abcdef",
    ])
      mkdirSync(there(folder), { recursive: true });
    const onMachine = "Debian packages for this machine";
    assert.deepEqual(
      Object.keys(await missing()).filter((what) => what !== onMachine),
      [],
    );
  });

  it("is read without a change", async () => {
    const AWS_ENDPOINT_URL = "http://127.0.0.1:4566";
    const facts = await readFacts(repositoryRoot, {
      ...env,
      PIP_NO_INDEX: "1",
      AWS_ENDPOINT_URL,
      HIPAA_REDIS_LAB_CACHE: there("none"),
    });
    const { platform, nodeVersion, engines, installed, cache: folder, disks } = facts;
    assert.deepEqual([platform, nodeVersion, installed], [process.platform, process.version, true]);
    assert.match(engines, /^>=\d+\.\d+$/);
    assert.equal(folder, there("none"));
    assert.ok(disks.every(({ freeGigabytes }) => freeGigabytes > 0));
  });
});
