import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { InvalidArgumentsError, throwIfAny } from "../../../src/arguments/problems.js";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { sampleArguments, sshPublicKey } from "../../support/sample.js";

const paths = (change: object, name = "sessions"): string[] =>
  cacheProblems(name, { ...sampleArguments, ...change }).map(({ path }) => path);

const subnet = (cidrBlock: unknown, availabilityZone: unknown = "us-east-1a"): object => ({
  subnets: [{ cidrBlock, availabilityZone, natGatewayId: "nat-1" }],
});
const operator = (sshKey: unknown, name: unknown = "ada"): object => ({
  operators: [{ name, sshPublicKey: sshKey }],
});

describe("the arguments of a cache", () => {
  it("are fine as the quickstart gives them", () => {
    assert.deepEqual(paths({}), []);
  });

  it("need a way to Debian's packages, or an image that brings them", () => {
    const subnets = [{ availabilityZone: "us-east-1a", cidrBlock: "10.0.0.96/28" }];
    assert.deepEqual(paths({ subnets }), ["subnets[0].natGatewayId"]);
    assert.deepEqual(paths({ subnets, imageId: "ami-1" }), []);
    // The node is in the first subnet.
    const second = { availabilityZone: "us-east-1b", cidrBlock: "10.0.0.112/28" };
    assert.deepEqual(paths({ subnets: [...sampleArguments.subnets, second] }), []);
  });

  for (const [zone, has] of Object.entries({
    "eu-central-1a": true,
    "us-gov-west-1a": false,
    "cn-north-1a": false,
    "us-iso-east-1a": false,
    "us-isob-east-1a": false,
    "eusc-de-east-1a": false,
  })) {
    it(`need an image of the caller's in ${zone}: ${has ? "no" : "yes"}`, () => {
      const subnets = [{ availabilityZone: zone, cidrBlock: "10.0.0.96/28", natGatewayId: "nat-1" }];
      assert.deepEqual(paths({ subnets }), has ? [] : ["imageId"]);
      assert.deepEqual(paths({ subnets, imageId: "ami-1" }), []);
    });
  }

  it("are refused where their zones are of two regions", () => {
    const [first] = sampleArguments.subnets;
    const second = (availabilityZone: string): object => ({ availabilityZone, cidrBlock: "10.0.0.112/28" });
    assert.deepEqual(paths({ subnets: [first, second("us-east-2a")] }), ["subnets[1].availabilityZone"]);
    assert.deepEqual(paths({ subnets: [first, second("us-east-1f")] }), []);
  });

  it("are fine with any window and logoff in the form that is asked for", () => {
    for (const securityUpdateWindow of ["00:00", "Sun 03:30", "Mon..Fri 23:59", "Sat,Sun 08:00"]) {
      assert.deepEqual(paths({ securityUpdateWindow, operatorIdleLogoffMinutes: 60 }), []);
    }
  });

  const refused: [string, object, string][] = [
    ["a CIDR that does not parse", subnet("10.0.0.300/28"), "subnets[0].cidrBlock"],
    ["a CIDR with host bits", subnet("10.0.0.97/28"), "subnets[0].cidrBlock"],
    ["an address without a prefix", subnet("10.0.0.96"), "subnets[0].cidrBlock"],
    ["a subnet that is too small", subnet("10.0.0.96/29"), "subnets[0].cidrBlock"],
    ["a subnet that is too large", subnet("10.0.0.0/15"), "subnets[0].cidrBlock"],
    ["a subnet outside the VPC", subnet("10.1.0.0/28"), "subnets[0].cidrBlock"],
    ["a subnet that is no text", subnet(5), "subnets[0].cidrBlock"],
    ["an availability zone with a quote", subnet("10.0.0.96/28", 'us-east-1a"'), "subnets[0].availabilityZone"],
    ["no subnet", { subnets: [] }, "subnets"],
    ["a VPC network that is too large", { vpcCidrBlock: "10.0.0.0/8" }, "vpcCidrBlock"],
    ["apps from everywhere (IPv4)", { appCidrBlocks: ["0.0.0.0/0"] }, "appCidrBlocks[0]"],
    ["apps from everywhere (IPv6)", { appCidrBlocks: ["::/0"] }, "appCidrBlocks[0]"],
    ["apps from half of everywhere", { appCidrBlocks: ["0.0.0.0/1"] }, "appCidrBlocks[0]"],
    ["no apps", { appCidrBlocks: [] }, "appCidrBlocks"],
    ["apps that overlap each other", { appCidrBlocks: ["10.0.16.0/20", "10.0.17.0/24"] }, "appCidrBlocks[1]"],
    ["apps in the cache's own subnet", { appCidrBlocks: ["10.0.0.64/26"] }, "appCidrBlocks[0]"],
    ["bastions from everywhere (IPv4)", { bastionCidrBlocks: ["0.0.0.0/0"] }, "bastionCidrBlocks[0]"],
    ["bastions from everywhere (IPv6)", { bastionCidrBlocks: ["::/0"] }, "bastionCidrBlocks[0]"],
    ["bastions among the apps", { bastionCidrBlocks: ["10.0.16.0/28"] }, "bastionCidrBlocks[0]"],
    ["operators without bastions", { bastionCidrBlocks: [] }, "bastionCidrBlocks"],
    [
      "an egress network named twice",
      { httpsEgressCidrBlocks: ["10.9.0.0/16", "10.9.0.0/16"] },
      "httpsEgressCidrBlocks[1]",
    ],
    ["a window without a time", { securityUpdateWindow: "Sun" }, "securityUpdateWindow"],
    ["a window that is no time of day", { securityUpdateWindow: "Sun 24:00" }, "securityUpdateWindow"],
    ["a window with a line break", { securityUpdateWindow: "08:00\nUnit=x" }, "securityUpdateWindow"],
    ["a logoff that never comes", { operatorIdleLogoffMinutes: 0 }, "operatorIdleLogoffMinutes"],
    ["a logoff after half a minute", { operatorIdleLogoffMinutes: 0.5 }, "operatorIdleLogoffMinutes"],
    ["a logoff after hours", { operatorIdleLogoffMinutes: 120 }, "operatorIdleLogoffMinutes"],
    ["an empty list of egress networks", { httpsEgressCidrBlocks: [] }, "httpsEgressCidrBlocks"],
    ["an operator with a non-Unix name", operator(sshPublicKey(), "Ada Lovelace"), "operators[0].name"],
    ["an operator called root", operator(sshPublicKey(), "root"), "operators[0].name"],
    ["an operator's name with a line break", operator(sshPublicKey(), "ada\nroot"), "operators[0].name"],
    ["an operator's name with a comment sign", operator(sshPublicKey(), "ada#"), "operators[0].name"],
    ["an SSH key of DSA", operator(sshPublicKey("dsa")), "operators[0].sshPublicKey"],
    ["an SSH key of RSA with 2048 bits", operator(sshPublicKey("rsa2048")), "operators[0].sshPublicKey"],
    ["an SSH key that is none", operator("hello"), "operators[0].sshPublicKey"],
    ["an SSH key with options before it", operator(`command="sh" ${sshPublicKey()}`), "operators[0].sshPublicKey"],
    ["an SSH key with a second line", operator(`${sshPublicKey()}\n${sshPublicKey()}`), "operators[0].sshPublicKey"],
    ["an SSH key whose body is cut", operator(sshPublicKey().slice(0, 40)), "operators[0].sshPublicKey"],
    ["a client with a quote", { clients: ['we"b'] }, "clients[0]"],
    ["a client named twice", { clients: ["web", "web"] }, "clients[1]"],
    ["no client", { clients: [] }, "clients"],
    ["more clients than a secret holds", { clients: Array.from({ length: 101 }, (_, i) => `c${i}`) }, "clients"],
    ["clients that are an object", { clients: { web: true } }, "clients"],
    ["an instance type with a blank", { instanceType: "m6i large" }, "instanceType"],
    ["a VPC id that is a name", { vpcId: "clinic" }, "vpcId"],
    ["an image id that is a name", { imageId: "debian-12" }, "imageId"],
    ["an image with the packages that isn't named", { imageHasPackages: true }, "imageHasPackages"],
    ["a flag for the image that is a text", { imageHasPackages: "yes", imageId: "ami-1" }, "imageHasPackages"],
    [
      "a generation of Debian's images with an image of one's own",
      { imageGeneration: 2, imageId: "ami-1" },
      "imageGeneration",
    ],
    ["a security group that is a name", { appSecurityGroupIds: { web: "web" } }, "appSecurityGroupIds.web"],
    ["a subnet that is nothing", { subnets: [null] }, "subnets[0]"],
    ["a program of the tunnel that there is none of", { tunnel: "ghostunnel" }, "tunnel"],
    ["a program of the tunnel that is no text", { tunnel: ["stunnel"] }, "tunnel"],
    ["an eviction policy with another line", { evictionPolicy: "noeviction\nsave 1 1" }, "evictionPolicy"],
    ["events of keys with another line", { keyspaceEvents: "Ex\nsave 1 1" }, "keyspaceEvents"],
    ["a flag that is a text", { allowSharedTenancy: "yes" }, "allowSharedTenancy"],
  ];
  for (const instanceType of ["t1.micro", "t2.large", "t3a.large", "t4g.large"]) {
    it(`refuse ${instanceType}, which is never dedicated, unless tenancy is shared`, () => {
      assert.deepEqual(paths({ instanceType }), ["instanceType"]);
      assert.deepEqual(paths({ instanceType, allowSharedTenancy: true }), []);
    });
  }

  for (const instanceType of ["t3.large", "m6i.large", "m7g.large", "trn1.2xlarge", "t5.large"]) {
    it(`accept ${instanceType} with dedicated tenancy`, () => {
      assert.deepEqual(paths({ instanceType }), []);
    });
  }

  for (const [what, change, path] of refused) {
    it(`refuse ${what}`, () => {
      assert.deepEqual(paths(change), [path]);
    });
  }

  const accepted: [string, object][] = [
    ["an operator with an RSA key of 3072 bits", operator(sshPublicKey("rsa3072"))],
    ["an operator with an ECDSA key", operator(sshPublicKey("ecdsa"))],
    ["an operator's key with a comment", operator(`${sshPublicKey()} ada@example.com`)],
    ["stunnel", { tunnel: "stunnel" }],
    ["Debian 13", { operatingSystem: "debian-13" }],
    ["Debian 12", { operatingSystem: "debian-12" }],
    ["the hybrid key exchange alone", { operatingSystem: "debian-13", requireHybridKeyExchange: true }],
    ["Debian 12 with what it has", { operatingSystem: "debian-12", requireHybridKeyExchange: false }],
    ["Redis", { engine: "redis" }],
    ["Valkey, on Debian 13", { engine: "valkey", operatingSystem: "debian-13" }],
    ["an image with the packages", { imageHasPackages: true, imageId: "ami-0123456789abcdef0" }],
    ["Debian's image, without the packages", { imageHasPackages: false }],
    ["a later generation of Debian's images", { imageGeneration: 2 }],
    ["HAProxy", { tunnel: "haproxy" }],
    ["a policy that evicts nothing", { evictionPolicy: "noeviction" }],
    ["events of keys that expire", { keyspaceEvents: "Ex" }],
    ["no operators, and then no bastions", { operators: [], bastionCidrBlocks: [] }],
    [
      "the widest private network of apps",
      {
        vpcCidrBlock: "172.16.0.0/16",
        ...subnet("172.16.0.0/28"),
        appCidrBlocks: ["10.0.0.0/8"],
        bastionCidrBlocks: ["172.16.1.0/28"],
      },
    ],
    ["a subnet of the largest size", { vpcCidrBlock: "172.16.0.0/16", ...subnet("172.16.0.0/16") }],
  ];
  for (const [what, change] of accepted) {
    it(`take ${what}`, () => {
      assert.deepEqual(paths(change), []);
    });
  }

  it("refuse a component name that is no DNS label", () => {
    for (const name of ["Sessions", "a_b", "-a", "a-", "", "a".repeat(31), "a\nb"]) {
      assert.deepEqual(paths({}, name), ["name"], name);
    }
  });

  it("refuse a second operator of the same name", () => {
    const operators = [1, 2].map(() => ({ name: "ada", sshPublicKey: sshPublicKey() }));
    assert.deepEqual(paths({ operators }), ["operators[1].name"]);
  });

  it("refuse more networks than a network ACL has rules for", () => {
    const appCidrBlocks = Array.from({ length: 18 }, (_, i) => `10.0.${100 + i}.0/24`);
    assert.deepEqual(paths({ appCidrBlocks }), [
      "appCidrBlocks, bastionCidrBlocks, httpsEgressCidrBlocks, dnsServers and timeServers",
    ]);
    assert.deepEqual(paths({ appCidrBlocks: appCidrBlocks.slice(1) }), []);
  });

  it("never show a private key that was pasted by mistake", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const [problem, ...more] = cacheProblems("sessions", { ...sampleArguments, ...operator(pem) });
    assert.equal(more.length, 0);
    assert.match(problem?.got ?? "", /private key/);
    const body = pem.split("\n")[1] ?? "";
    assert.ok(body.length > 20 && !JSON.stringify(problem).includes(body.slice(0, 12)));
  });

  it("are refused all together, in one error", () => {
    const problems = cacheProblems("Sessions", {
      ...sampleArguments,
      ...subnet("10.0.0.96/29"),
      appCidrBlocks: ["0.0.0.0/0"],
      clients: ["web", "web"],
    });
    assert.throws(
      () => {
        throwIfAny("HipaaRedisCache", problems);
      },
      (error: unknown) =>
        error instanceof InvalidArgumentsError &&
        error.problems.length === 4 &&
        ["name", "subnets[0].cidrBlock", "appCidrBlocks[0]", "clients[1]"].every((path) =>
          error.message.includes(path),
        ),
    );
    throwIfAny("HipaaRedisCache", []);
  });
});
