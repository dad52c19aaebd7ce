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

  it("are not those that the node calls, nor those of bastions where nobody signs in", () => {
    const others = { httpsEgressCidrBlocks: ["10.20.0.0/16"], bastionCidrBlocks: ["10.30.0.0/28"] };
    assert.deepEqual(outsideNetworks(samplePlan({ ...others, operators: [] })), []);
    assert.deepEqual(outsideNetworks(samplePlan(others)), ["10.30.0.0/28"]);
  });

  it("are warned of, with what has to be added on either side, and only where there are any", () => {
    assert.equal(outsideNetworksWarning(samplePlan()), undefined);
    assert.equal(
      outsideNetworksWarning(samplePlan({ appCidrBlocks: ["10.0.16.0/20", "10.20.0.0/16"] })),
      "10.20.0.0/16 of appCidrBlocks or bastionCidrBlocks: outside of vpcCidrBlock (10.0.0.0/16). The cache lets them in, and has no " +
        "route to them. Add one for each of these networks to each table of routeTableIds (aws.ec2.Route), to a peering connection, a " +
        "transit gateway or a VPN gateway. The other side needs a route back to 10.0.0.96/28. docs/operating.md has an example.",
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
