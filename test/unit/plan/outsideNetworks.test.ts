import assert from "node:assert/strict";
import fc from "fast-check";
import { contains } from "../../../src/plan/cidr.js";
import { outsideNetworks, outsideNetworksWarning } from "../../../src/plan/outsideNetworks.js";
import { samplePlan } from "../../support/sample.js";

const network = (prefix: string) => fc.integer({ min: 1, max: 255 }).map((third) => `${prefix}.${third}.0/24`);

describe("networks outside of the VPC", () => {
  it("are those of callers that are in no part of it, each once, whichever argument names them", () => {
    const lists = fc.uniqueArray(fc.oneof(network("10.0"), network("10.20"), network("192.168")), { minLength: 1 });
    fc.assert(
      fc.property(lists, fc.nat(), (all, at) => {
        const cut = 1 + (at % all.length);
        const plan = samplePlan({ appCidrBlocks: all.slice(0, cut), bastionCidrBlocks: all.slice(cut) });
        assert.deepEqual(
          outsideNetworks(plan),
          all.filter((one) => !contains("10.0.0.0/16", one)),
        );
      }),
    );
  });

  it("are none of a secondary network of the VPC", () => {
    const given = { appCidrBlocks: ["172.16.0.0/20", "172.17.0.0/20"], dnsServers: ["172.16.0.10", "172.17.16.10"] };
    assert.deepEqual(outsideNetworks(samplePlan({ ...given, vpcSecondaryCidrBlocks: ["172.16.0.0/16"] })), [
      "172.17.0.0/20",
      "172.17.16.10/32",
    ]);
  });

  it("are none that several networks of the VPC cover together, and all that one address of is outside", () => {
    const vpcSecondaryCidrBlocks = ["10.1.0.0/16", "10.2.0.0/17", "10.2.128.0/17"];
    const outside = (cidr: string, secondary = vpcSecondaryCidrBlocks): readonly string[] =>
      outsideNetworks(samplePlan({ appCidrBlocks: [cidr], vpcSecondaryCidrBlocks: secondary }));
    for (const cidr of ["10.0.0.0/15", "10.2.0.0/16"]) {
      assert.deepEqual(outside(cidr), []);
      assert.equal(
        samplePlan({ appCidrBlocks: [cidr], vpcSecondaryCidrBlocks }).flows.some(
          ({ name }) => name === "routers-to-node",
        ),
        false,
      );
    }
    for (const cidr of ["10.0.0.0/14", "10.2.0.0/15"]) assert.deepEqual(outside(cidr), [cidr]);
    assert.deepEqual(outside("10.0.0.0/15", ["10.1.0.0/17", "10.1.128.0/18", "10.1.192.0/19"]), ["10.0.0.0/15"]);
  });

  it("are those of resolvers and time servers as well, but for what the NAT gateway or another of these routes leads to", () => {
    const given = {
      appCidrBlocks: ["10.20.0.0/16"],
      dnsServers: ["169.254.169.253", "10.0.64.10", "10.20.0.10", "10.30.0.10"],
      timeServers: ["169.254.169.123", "10.30.0.10", "100.64.0.10", "192.0.2.10"],
    };
    assert.deepEqual(outsideNetworks(samplePlan(given)), ["10.20.0.0/16", "10.30.0.10/32", "100.64.0.10/32"]);
  });

  it("are there wherever path MTU discovery is for somebody's sake, unless the NAT gateway leads to them", () => {
    const network = fc.constantFrom("10.0.16.0/20", "10.0.32.0/20", "10.20.0.0/16", "172.16.0.0/16", "192.168.0.0/24");
    const secondary = fc.constantFrom([], ["172.16.0.0/16"], ["192.168.0.0/24", "172.16.0.0/16"]);
    fc.assert(
      fc.property(fc.uniqueArray(network, { minLength: 1 }), secondary, (appCidrBlocks, vpcSecondaryCidrBlocks) => {
        const plan = samplePlan({ appCidrBlocks, vpcSecondaryCidrBlocks });
        const hears = plan.flows.some(({ name }) => name === "routers-to-node");
        assert.equal(outsideNetworks(plan).length > 0, hears);
      }),
    );
  });

  it("are not those that the node calls by HTTPS, nor those of bastions where nobody signs in", () => {
    const others = { httpsEgressCidrBlocks: ["10.20.0.0/16"], bastionCidrBlocks: ["10.30.0.0/28"] };
    assert.deepEqual(outsideNetworks(samplePlan({ ...others, operators: [] })), []);
    assert.deepEqual(outsideNetworks(samplePlan(others)), ["10.30.0.0/28"]);
  });

  it("are warned of, with what has to be added on either side, and only where there are any", () => {
    assert.equal(outsideNetworksWarning(samplePlan()), undefined);
    assert.equal(
      outsideNetworksWarning(samplePlan({ appCidrBlocks: ["10.0.16.0/20", "10.20.0.0/16"] })),
      "10.20.0.0/16 of appCidrBlocks, bastionCidrBlocks, dnsServers or timeServers: outside of the VPC (10.0.0.0/16). The firewalls let " +
        "this traffic pass, but the cache has no route there. Add one for each of these networks to each table of routeTableIds " +
        "(aws.ec2.Route), to a peering connection, a transit gateway or a VPN gateway. The other side needs a route back to 10.0.0.96/28. " +
        "docs/operating.md has an example.",
    );
  });

  it("are warned of where groups of this VPC alone are let in, which hosts there can't have", () => {
    const told = (change: object): boolean =>
      outsideNetworksWarning(samplePlan({ clientSecurityGroups: true, ...change }))?.endsWith(
        "Application hosts there are in none of the clients' groups, which alone are let in (clientSecurityGroups).",
      ) ?? false;
    assert.deepEqual([{ appCidrBlocks: ["10.20.0.0/16"] }, { bastionCidrBlocks: ["10.20.0.0/28"] }, {}].map(told), [
      true,
      false,
      false,
    ]);
  });
});
