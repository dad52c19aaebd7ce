import assert from "node:assert/strict";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { sampleArguments, sshPublicKey } from "../../support/sample.js";
import { lines } from "./lines.js";

const told = (change: object, name = "sessions"): string[] =>
  lines(cacheProblems(name, { ...sampleArguments, ...change }));
const pathsOf = (change: object, name?: string): (string | undefined)[] =>
  told(change, name).map((line) => line.split(": ")[0]);

const group = 'Give an id such as "sg-0123456789abcdef0".';
const administrator =
  'Give the ARN of an IAM role or user, such as "arn:aws:iam::123456789012:role/deployer". Its name may have * and ? after the first character.';
const ownImage = "Give imageId, your own image with the packages in it, or leave imageHasPackages out.";
const groups = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`g${index}`, `sg-${index.toString(16)}`]));
const [subnet] = sampleArguments.subnets;
const [ada] = sampleArguments.operators;

describe("what is wrong with the arguments of a cache", () => {
  for (const [change, line] of [
    [{ vpcId: "vpc" }, 'vpcId: got "vpc". Give an id such as "vpc-0123456789abcdef0".'],
    [{ imageId: "debian" }, 'imageId: got "debian". Give an id such as "ami-0123456789abcdef0".'],
    [
      { subnets: [{ ...subnet, natGatewayId: "nat" }] },
      'subnets[0].natGatewayId: got "nat". Give an id such as "nat-0123456789abcdef0".',
    ],
    [{ appSecurityGroupIds: { web: "sg-1", jobs: "web" } }, `appSecurityGroupIds.jobs: got "web". ${group}`],
    [{ bastionSecurityGroupIds: { a: "sg-1", b: "web" } }, `bastionSecurityGroupIds.b: got "web". ${group}`],
    [
      { secretAdministratorArns: ["arn:aws:iam::123456789012:role/ci", "arn:aws:iam::123456789012:role/*"] },
      `secretAdministratorArns[1]: got "arn:aws:iam::123456789012:role/*". ${administrator}`,
    ],
    ...["*", "deployer", "arn:aws:iam::1:role/ci", "arn:aws:iam::*:role/ci", "arn:aws:sts::123456789012:role/ci"].map(
      (arn) =>
        [{ secretAdministratorArns: [arn] }, `secretAdministratorArns[0]: got "${arn}". ${administrator}`] as const,
    ),
    [
      { secretAdministratorArns: Array(2).fill("arn:aws:iam::123456789012:user/ada") },
      'secretAdministratorArns[1]: got "arn:aws:iam::123456789012:user/ada". It is already at secretAdministratorArns[0]: give each only once.',
    ],
    [
      {
        secretAdministratorArns: [
          { apply: () => undefined },
          ...Array<string>(2).fill("arn:aws:iam::123456789012:user/ada"),
        ],
      },
      'secretAdministratorArns[2]: got "arn:aws:iam::123456789012:user/ada". It is already at secretAdministratorArns[1]: give each only once.',
    ],
    [
      {
        secretAdministratorArns: Array.from(
          { length: 21 },
          (_, index) => `arn:aws-cn:iam::123456789012:role/a/ci-${index}-*`,
        ),
      },
      "secretAdministratorArns: got 21 ARNs. Give at most 20: use patterns, or one role for all of them.",
    ],
    [{ secretAdministratorArns: [] }, "secretAdministratorArns: got an empty list. Give at least one."],
    [{ instanceType: "m6i" }, 'instanceType: got "m6i". Give an EC2 instance type, such as "m6i.large".'],
    [{ allowSharedTenancy: "yes" }, 'allowSharedTenancy: got "yes". Give true or false.'],
    [{ clientSecurityGroups: "yes" }, 'clientSecurityGroups: got "yes". Give true or false.'],
    [
      { clientSecurityGroups: true, clients: ["jobs", "web"], appSecurityGroupIds: { web: "sg-1", hosts: "sg-2" } },
      "appSecurityGroupIds.web: got the name of a client. clientSecurityGroups makes a group for it, after which a rule is named: give " +
        "yours another name.",
    ],
    [
      { clientSecurityGroups: true, clients: Array.from({ length: 60 }, (_, index) => `c${index}`) },
      "clientSecurityGroups: got true, with 61 rules that let somebody in. AWS allows 60 in a security group: name fewer clients and " +
        "groups, or make a second cache.",
    ],
    [
      { appSecurityGroupIds: groups(61) },
      "appSecurityGroupIds: got groups that make 62 rules that let somebody in. AWS allows 60 in a security group: name fewer clients and " +
        "groups, or make a second cache.",
    ],
    [
      { bastionSecurityGroupIds: groups(60) },
      "bastionSecurityGroupIds: got groups that make 61 rules that let somebody in. AWS allows 60 in a security group: name fewer clients and " +
        "groups, or make a second cache.",
    ],
    [{ allowScripting: 1 }, "allowScripting: got 1. Give true or false."],
    [{ imageHasPackages: "yes" }, 'imageHasPackages: got "yes". Give true or false.'],
    [{ imageHasPackages: true }, `imageHasPackages: got true without imageId. ${ownImage}`],
    [
      { imageGeneration: 2, imageId: "ami-1" },
      "imageGeneration: got 2 with imageId. The node boots the image that imageId names: leave imageGeneration out, or imageId.",
    ],
    [
      { instanceType: "t4g.large" },
      'instanceType: got "t4g.large". AWS offers no Dedicated Instances of T1, T2, T3a and T4g: give another type, such as "m6i.large" or "m7g.large", or set allowSharedTenancy.',
    ],
    [{ rotation: { passwords: 0 } }, "rotation.passwords: got 0. Give a whole number from 1 to 9999."],
    [{ certificates: 90 }, "certificates: got 90. Give an object."],
    [
      { evictionPolicy: "lru" },
      'evictionPolicy: got "lru". Give "allkeys-lru" or "allkeys-lfu" or "allkeys-random" or "volatile-lru" or "volatile-lfu" or ' +
        '"volatile-random" or "volatile-ttl" or "noeviction".',
    ],
    [
      { keyspaceEvents: "expired" },
      'keyspaceEvents: got "expired". Give letters of Redis\'s notify-keyspace-events, each once, such as "Ex" for keys that expire: ' +
        "K or E, or both, with A, or some of g $ l s h z x e t d, and n and m if you like. For no events leave it out.",
    ],
    [{ tunnel: "ssh" }, 'tunnel: got "ssh". Give "stunnel" or "haproxy".'],
    [
      { operatingSystem: "ubuntu-24.04" },
      'operatingSystem: got "ubuntu-24.04". Give "debian-13" or "debian-12": nobody has booted and tested hosts of Ubuntu or Amazon Linux ' +
        "with this library yet.",
    ],
    [{ requireHybridKeyExchange: "yes" }, 'requireHybridKeyExchange: got "yes". Give true or false.'],
    [
      { requireHybridKeyExchange: true, operatingSystem: "debian-12" },
      'requireHybridKeyExchange: got true with operatingSystem "debian-12". Debian 12 has no hybrid key exchange: set operatingSystem to ' +
        '"debian-13", or leave requireHybridKeyExchange out.',
    ],
    [{ engine: "keydb" }, 'engine: got "keydb". Give "redis" or "valkey".'],
    [
      { engine: "valkey", operatingSystem: "debian-12" },
      'engine: got "valkey". Debian 12 has no package of Valkey: set operatingSystem to "debian-13", or leave engine out.',
    ],
    [
      { bastionCidrBlocks: undefined },
      "bastionCidrBlocks: got nothing. Operators sign in from bastion hosts: name their networks, or give no operators.",
    ],
    [{ clients: ["web", "web"] }, 'clients[1]: got "web". It is already at clients[0]: give each only once.'],
    [
      { clients: Array.from({ length: 61 }, (_, index) => `c${index}`) },
      "clients: got 61 clients. Give at most 60, or make a second cache.",
    ],
    [
      { operators: [ada, { name: "ada", sshPublicKey: sshPublicKey() }] },
      'operators[1].name: got "ada". It is already at operators[0].name: give each only once.',
    ],
    [
      { subnets: [{ ...subnet, cidrBlock: "10.1.0.0/28" }] },
      `subnets[0].cidrBlock: got "10.1.0.0/28". It must lie inside the VPC's network 10.0.0.0/16.`,
    ],
    [
      { appCidrBlocks: ["10.0.0.64/26"] },
      'appCidrBlocks[0]: got "10.0.0.64/26". It overlaps subnets[0].cidrBlock (10.0.0.96/28): give networks that share no address.',
    ],
    [
      { bastionCidrBlocks: ["10.0.16.0/28"] },
      'bastionCidrBlocks[0]: got "10.0.16.0/28". It overlaps appCidrBlocks[0] (10.0.16.0/20): give networks that share no address.',
    ],
  ] as [object, string][]) {
    it(`is told so: ${line}`, () => {
      assert.deepEqual(told(change), [line]);
    });
  }

  it("is nothing with sixty clients, with ids that are only known later, or with all that may be left out left out", () => {
    const clients = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const output = { apply: () => undefined };
    assert.deepEqual(told({ clients, vpcId: output, imageId: output, imageHasPackages: true }), []);
    assert.deepEqual(told({ bastionCidrBlocks: undefined, operators: [] }), []);
    assert.deepEqual(told({ clients, clientSecurityGroups: true, operators: [] }), []);
    assert.deepEqual(told({ clientSecurityGroups: true, appSecurityGroupIds: { hosts: "sg-1" } }), []);
    assert.deepEqual(told({ clientSecurityGroups: false, appSecurityGroupIds: { web: "sg-1" } }), []);
    assert.deepEqual(told({ appSecurityGroupIds: { web: "sg-1" }, bastionSecurityGroupIds: { bastions: output } }), []);
  });

  const lists = ["subnets", "appCidrBlocks", "bastionCidrBlocks", "operators", "clients"];
  for (const list of lists) {
    it(`is that ${list} is no list`, () => {
      for (const bad of ["a", null, 5]) {
        const line = `${list}: got ${JSON.stringify(bad)}. Give a list of plain values.`;
        assert.deepEqual(told({ [list]: bad }), [line]);
      }
      const missing = ["subnets", "appCidrBlocks", "operators", "clients"].includes(list);
      assert.equal(told({ operators: [], [list]: undefined }).length, missing ? 1 : 0);
    });

    it(`is that ${list} is empty, unless nobody signs in`, () => {
      const mayBeEmpty = ["bastionCidrBlocks", "operators"].includes(list);
      const expected = mayBeEmpty ? [] : [`${list}: got an empty list. Give at least one.`];
      assert.deepEqual(told({ operators: [], [list]: [] }), expected);
    });
  }

  for (const [list, needed] of [
    ["subnets", "availabilityZone, cidrBlock"],
    ["operators", "name, sshPublicKey"],
  ] as const) {
    it(`is that ${list} has something else than objects`, () => {
      const [sound] = sampleArguments[list];
      for (const bad of [null, "a", 5, ["a"]]) {
        const line = `${list}[1]: got ${JSON.stringify(bad)}. Give an object with ${needed}.`;
        assert.deepEqual(told({ [list]: [sound, bad] }), [line]);
      }
    });
  }

  it("is told together, in the order of the arguments", () => {
    const change = {
      vpcCidrBlock: "10.0.0.0/8",
      instanceType: "x",
      vpcId: "x",
      imageId: "x",
      rotation: 1,
      certificates: 1,
      operatorIdleLogoffMinutes: 0,
      securityUpdateWindow: "",
      refreshIntervalSeconds: 0,
      tunnel: "x",
      operatingSystem: "x",
      requireHybridKeyExchange: 1,
      engine: "x",
      imageGeneration: 0,
      imageHasPackages: 1,
      evictionPolicy: "x",
      keyspaceEvents: "x",
      maxMemoryPercent: 5,
      maxValueBytes: 5,
      allowSharedTenancy: 1,
      allowScripting: 1,
      httpsEgressCidrBlocks: [],
      timeServers: ["x"],
      dnsServers: ["x"],
      vpcSecondaryCidrBlocks: ["x"],
      subnets: [{ availabilityZone: "x", cidrBlock: "x", natGatewayId: "x" }],
      appCidrBlocks: ["x"],
      bastionCidrBlocks: ["x"],
      clients: ["default"],
      operators: [{ name: "root", sshPublicKey: "x" }],
      appSecurityGroupIds: { web: "x" },
      bastionSecurityGroupIds: { bastions: "x" },
    };
    assert.deepEqual(pathsOf(change, "X"), [
      "name",
      "vpcId",
      "vpcCidrBlock",
      "vpcSecondaryCidrBlocks[0]",
      ...["availabilityZone", "cidrBlock", "natGatewayId"].map((key) => `subnets[0].${key}`),
      "appCidrBlocks[0]",
      "appSecurityGroupIds.web",
      "bastionCidrBlocks[0]",
      "bastionSecurityGroupIds.bastions",
      "httpsEgressCidrBlocks",
      "dnsServers[0]",
      "timeServers[0]",
      "operators[0].name",
      "operators[0].sshPublicKey",
      "operatorIdleLogoffMinutes",
      "securityUpdateWindow",
      "clients[0]",
      "rotation",
      "certificates",
      "refreshIntervalSeconds",
      "tunnel",
      "operatingSystem",
      "requireHybridKeyExchange",
      "engine",
      "instanceType",
      "imageId",
      "imageGeneration",
      "imageHasPackages",
      "evictionPolicy",
      "keyspaceEvents",
      "maxMemoryPercent",
      "maxValueBytes",
      "allowSharedTenancy",
      "allowScripting",
    ]);
  });

  it("says nothing about a list as a whole while one of its entries is wrong", () => {
    const overlapping = { appCidrBlocks: ["10.0.0.0/16"] };
    assert.deepEqual(pathsOf(overlapping), ["appCidrBlocks[0]", "bastionCidrBlocks[0]"]);
    assert.deepEqual(pathsOf({ ...overlapping, clients: ["X"] }), ["clients[0]"]);
  });
});

describe("the network ACL's rules", () => {
  const networks = (count: number, second: number): string[] =>
    Array.from({ length: count }, (_, third) => `10.${second}.${third}.0/24`);
  /** Where nobody is outside of the VPC. */
  const vpcSecondaryCidrBlocks = ["10.1.0.0/16", "10.2.0.0/16"];
  const refused = [
    "appCidrBlocks, bastionCidrBlocks, httpsEgressCidrBlocks, dnsServers and timeServers: got 20 network ACL rules in one direction. " +
      "AWS allows 19 in each direction besides its own: join neighbouring networks into larger ones.",
  ];

  it("are at most nineteen inwards: each app and bastion has one, and each answer to the node", () => {
    const given = { vpcSecondaryCidrBlocks, bastionCidrBlocks: networks(9, 2) };
    assert.deepEqual(told({ ...given, appCidrBlocks: networks(9, 1) }), []);
    assert.deepEqual(told({ ...given, appCidrBlocks: networks(10, 1) }), refused);
  });

  it("are at most nineteen outwards as well, where the node connects to many networks", () => {
    const given = { vpcSecondaryCidrBlocks, appCidrBlocks: networks(1, 1), bastionCidrBlocks: networks(1, 2) };
    assert.deepEqual(told({ ...given, httpsEgressCidrBlocks: networks(17, 3) }), []);
    assert.deepEqual(told({ ...given, httpsEgressCidrBlocks: networks(18, 3) }), refused);
  });

  it("count two for each resolver, one for each time server of one's own, and one for path MTU discovery", () => {
    const appCidrBlocks = networks(8, 1);
    const dnsServers = ["10.0.64.10", "10.0.64.11", "10.0.64.12", "10.0.64.13"];
    const most = { appCidrBlocks, bastionCidrBlocks: networks(1, 2), dnsServers };
    // Eight, one, one for HTTPS, eight, and one as the applications are outside of the VPC.
    assert.deepEqual(told(most), []);
    assert.deepEqual(told({ ...most, timeServers: ["169.254.169.123"] }), []);
    assert.deepEqual(told({ ...most, timeServers: ["10.0.64.10"] }), refused);
    assert.deepEqual(told({ ...most, timeServers: ["10.0.64.10"], dnsServers: dnsServers.slice(1) }), []);
  });

  it("count each subnet that a node with replicas is in: six are too many, and three leave room", () => {
    const subnets = ["a", "b", "c", "d", "e", "f"].map((zone, index) => ({
      availabilityZone: `us-east-1${zone}`,
      cidrBlock: `10.0.200.${16 * index}/28`,
      natGatewayId: `nat-${index}123456789abcdef0`,
    }));
    const given = { vpcCidrBlock: "10.0.0.0/16", appCidrBlocks: ["10.0.16.0/20"], replicas: 5 };
    assert.deepEqual(told({ ...given, subnets: subnets.slice(0, 3) }), []);
    const [problem = "", ...others] = told({ ...given, subnets });
    assert.deepEqual(others, []);
    assert.match(
      problem,
      /^appCidrBlocks, .*, timeServers and subnets: got \d\d network ACL rules in one direction\. /,
    );
    assert.match(
      problem,
      /join neighbouring networks into larger ones, or give subnets in three Availability Zones alone\.$/,
    );
  });
});

describe("resolvers and time servers", () => {
  const address = 'Give the IPv4 address of a host, such as "10.0.64.10".';
  for (const list of ["dnsServers", "timeServers"]) {
    it(`are one to four addresses of hosts: ${list}`, () => {
      for (const sound of [["10.0.64.10"], ["10.0.64.10", "192.0.2.1", "8.8.8.8", "172.16.0.1"]]) {
        assert.deepEqual(told({ [list]: sound }), []);
      }
      assert.deepEqual(told({ [list]: [] }), [`${list}: got an empty list. Give at least one.`]);
      assert.deepEqual(told({ [list]: Array.from({ length: 5 }, (_, index) => `10.0.64.${index}`) }), [
        `${list}: got 5 addresses. Give at most 4.`,
      ]);
      assert.deepEqual(told({ [list]: ["10.0.64.10", "10.0.64.10"] }), [
        `${list}[1]: got "10.0.64.10". It is already at ${list}[0]: give each only once.`,
      ]);
    });

    for (const bad of [
      "10.0.64.10/32",
      "10.0.64",
      "10.0.64.256",
      "010.0.64.10",
      "10.0.64.10 ",
      "10.0.64.10\n",
      "fd00::1",
      "dns.example.com",
      "",
      5,
    ]) {
      it(`are not ${JSON.stringify(bad)}: ${list}`, () => {
        assert.deepEqual(told({ [list]: ["10.0.64.10", bad] }), [`${list}[1]: got ${JSON.stringify(bad)}. ${address}`]);
      });
    }

    it(`are none where no host is: ${list}`, () => {
      for (const [bad, what] of [
        ["0.0.0.0", '"this network"'],
        ["127.0.0.1", "the loopback"],
        ["224.0.0.1", "multicast"],
        ["240.0.0.1", "reserved"],
        ["255.255.255.255", "reserved"],
      ] as const) {
        const [line = "", ...more] = told({ [list]: ["10.0.64.10", bad] });
        assert.ok(line.startsWith(`${list}[1]: got "${bad}". It is ${what}`), line);
        assert.ok(line.endsWith(': give the IPv4 address of a host, such as "10.0.64.10".'), line);
        assert.deepEqual(more, []);
      }
      assert.deepEqual(told({ [list]: ["1.0.0.0", "126.255.255.255", "128.0.0.1", "223.255.255.255"] }), []);
    });

    it(`are at no address that AWS keeps for itself in a network of the VPC: ${list}`, () => {
      const here =
        list === "dnsServers" ? "resolver is at 169.254.169.253 and 10.0.0.2" : "time server is at 169.254.169.123";
      const given = { vpcSecondaryCidrBlocks: ["10.1.0.0/24"] };
      const kept = ["10.0.0.0", "10.0.0.1", "10.0.0.3", "10.0.255.255", "10.1.0.0", "10.1.0.2", "10.1.0.255"];
      for (const address of list === "dnsServers" ? kept : [...kept, "10.0.0.2"]) {
        const network = address.startsWith("10.0.") ? "10.0.0.0/16" : "10.1.0.0/24";
        assert.deepEqual(told({ ...given, [list]: ["10.0.64.10", address] }), [
          `${list}[1]: got "${address}". AWS keeps the first four addresses and the last one of ${network} for itself: no host can have ` +
            `them. Here, its ${here}.`,
        ]);
      }
      assert.deepEqual(told({ ...given, [list]: ["10.0.0.4", "10.0.255.254", "10.1.0.4", "10.1.1.0"] }), []);
    });

    it(`are not in a subnet of the cache: ${list}`, () => {
      assert.deepEqual(told({ [list]: ["10.0.0.95", "10.0.0.112"] }), []);
      assert.deepEqual(told({ [list]: ["10.0.0.97"] }), [
        `${list}[0]: got "10.0.0.97". It is in subnets[0].cidrBlock (10.0.0.96/28), which holds the cache alone.`,
      ]);
    });
  }

  it("are at a link-local address only where Amazon has them", () => {
    const dns = ["169.254.169.253", "10.0.0.2", "10.0.64.10"];
    assert.deepEqual(told({ dnsServers: dns, timeServers: ["169.254.169.123", "10.0.64.10"] }), []);
    assert.deepEqual(told({ dnsServers: ["169.254.169.123"], timeServers: ["169.254.169.253"] }), [
      'dnsServers[0]: got "169.254.169.123". Link-local addresses are Amazon\'s: its resolver is at 169.254.169.253 and 10.0.0.2.',
      'timeServers[0]: got "169.254.169.253". Link-local addresses are Amazon\'s: its time server is at 169.254.169.123.',
    ]);
  });
});

describe("the addresses that AWS keeps for itself", () => {
  const kept = "AWS keeps the first four addresses and the last one of 10.0.0.0/16 for itself: no host can have them.";
  for (const list of ["appCidrBlocks", "bastionCidrBlocks"]) {
    it(`are no callers' alone: ${list}`, () => {
      for (const bad of ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.0/30", "10.0.255.255/32"]) {
        const change = { appCidrBlocks: ["10.0.16.0/20"], bastionCidrBlocks: ["10.0.0.64/28"], [list]: [bad] };
        assert.deepEqual(told(change), [`${list}[0]: got "${bad}". ${kept}`]);
      }
      for (const sound of ["10.0.0.0/28", "10.0.0.4/32", "10.0.255.254/32", "10.1.0.1/32"]) {
        const change = { appCidrBlocks: ["10.0.16.0/20"], bastionCidrBlocks: ["10.0.0.64/28"], [list]: [sound] };
        assert.deepEqual(told(change), []);
      }
    });
  }
});

describe("secondary networks of the VPC", () => {
  const inSecondary = { subnets: [{ ...subnet, cidrBlock: "100.64.0.0/28" }] };

  it("may hold the cache's subnets", () => {
    assert.deepEqual(told({ ...inSecondary, vpcSecondaryCidrBlocks: ["10.1.0.0/16", "100.64.0.0/16"] }), []);
    // No subnet is in two networks, though they are neighbours.
    const both = { vpcCidrBlock: "100.64.0.0/17", vpcSecondaryCidrBlocks: ["100.64.128.0/17"] };
    assert.deepEqual(told({ ...both, subnets: [{ ...subnet, cidrBlock: "100.64.0.0/16" }] }), [
      `subnets[0].cidrBlock: got "100.64.0.0/16". It must lie inside one of the VPC's networks 100.64.0.0/17, 100.64.128.0/17.`,
    ]);
    assert.deepEqual(told(inSecondary), [
      `subnets[0].cidrBlock: got "100.64.0.0/28". It must lie inside the VPC's network 10.0.0.0/16.`,
    ]);
    assert.deepEqual(told({ ...inSecondary, vpcSecondaryCidrBlocks: ["10.1.0.0/16"] }), [
      `subnets[0].cidrBlock: got "100.64.0.0/28". It must lie inside one of the VPC's networks 10.0.0.0/16, 10.1.0.0/16.`,
    ]);
  });

  it("share no address with each other or with the primary one", () => {
    assert.deepEqual(told({ vpcSecondaryCidrBlocks: ["10.1.0.0/16", "10.1.0.0/24"] }), [
      'vpcSecondaryCidrBlocks[1]: got "10.1.0.0/24". It overlaps vpcSecondaryCidrBlocks[0] (10.1.0.0/16): give networks that share no address.',
    ]);
    assert.deepEqual(told({ vpcSecondaryCidrBlocks: ["10.1.0.0/16", "10.0.128.0/17"] }), [
      'vpcSecondaryCidrBlocks[1]: got "10.0.128.0/17". It overlaps vpcCidrBlock (10.0.0.0/16): give networks that share no address.',
    ]);
  });

  it("are as large as AWS takes them", () => {
    assert.deepEqual(told({ vpcSecondaryCidrBlocks: ["10.2.0.0/15"] }), [
      'vpcSecondaryCidrBlocks[0]: got "10.2.0.0/15". It is too large: AWS takes /16 to /28.',
    ]);
    assert.deepEqual(told({ vpcSecondaryCidrBlocks: [] }), [
      "vpcSecondaryCidrBlocks: got an empty list. Give at least one.",
    ]);
  });
});
