import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider.js";
import { ComponentResource, runtime, type ComponentResourceOptions } from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { sampleArguments } from "../support/sample.js";
import { laterRefusals } from "./laterRefusals.js";
import { register, type Registered } from "./mocks.js";

const makers = {
  HipaaNetwork: (zone: string, opts?: ComponentResourceOptions): unknown =>
    new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: [zone] }, opts),
  HipaaRedisCache: (zone: string, opts?: ComponentResourceOptions): unknown => {
    const subnets = [{ availabilityZone: zone, cidrBlock: "10.0.0.96/28", natGatewayId: "nat-1" }];
    return new HipaaRedisCache("sessions", { ...sampleArguments, subnets }, opts);
  },
};

for (const [name, make] of Object.entries(makers)) {
  describe(`zones of another region than the provider's, given to ${name}`, () => {
    afterEach(() => {
      runtime.setAllConfig({});
      delete process.env.AWS_REGION;
      delete process.env.AWS_DEFAULT_REGION;
    });

    /** What was registered, and whether it was refused at once. */
    const atOnce = async (program: () => unknown): Promise<{ refused: boolean; made: readonly Registered[] }> => {
      let refused = false;
      const made = await register(() => {
        try {
          program();
        } catch (error) {
          assert.ok(error instanceof InvalidArgumentsError);
          assert.match(error.message, /The provider's region is /);
          refused = true;
        }
      });
      return { refused, made };
    };

    for (const [how, set] of [
      [
        "aws:region",
        (region: string) => {
          runtime.setConfig("aws:region", region);
        },
      ],
      [
        "AWS_REGION",
        (region: string) => {
          process.env.AWS_REGION = region;
        },
      ],
      [
        "AWS_DEFAULT_REGION",
        (region: string) => {
          process.env.AWS_DEFAULT_REGION = region;
        },
      ],
    ] as const) {
      it(`are refused before anything is registered, by ${how}`, async () => {
        set("eu-west-1");
        assert.deepEqual(await atOnce(() => make("us-east-1a")), { refused: true, made: [] });
        // The control cases: the right region, and one that is set to nothing.
        set("us-east-1");
        assert.equal((await atOnce(() => make("us-east-1a"))).refused, false);
        set("");
        assert.equal((await atOnce(() => make("us-east-1a"))).refused, false);
      });
    }

    it("are judged by the configuration before the environment", async () => {
      runtime.setConfig("aws:region", "us-east-1");
      process.env.AWS_REGION = "eu-west-1";
      assert.equal((await atOnce(() => make("us-east-1a"))).refused, false);
    });

    /** The mocks' provider is in us-east-1, whatever it is given. */
    const later = async (zone: string): Promise<unknown[]> => {
      runtime.setConfig("aws:region", "eu-west-1");
      return laterRefusals(() =>
        register(() => {
          const provider = new Provider("own", { region: "us-east-1" });
          make(zone, { provider });
        }),
      );
    };

    it("are refused once the region of the component's own provider is known", async () => {
      const [error, ...more] = await later("eu-west-1a");
      assert.ok(error instanceof InvalidArgumentsError && more.length === 0, String(error));
      assert.match(error.message, /got "eu-west-1a"\. The provider's region is us-east-1: /);
      assert.deepEqual(await later("us-east-1a"), []);
    });

    it("are not judged by the default provider's where a parent has one of its own", async () => {
      runtime.setConfig("aws:region", "eu-west-1");
      const { refused, made } = await atOnce(() => {
        const providers = [new Provider("own", { region: "us-east-1" })];
        const parent = new ComponentResource("test:index:Parent", "parent", {}, { providers });
        make("us-east-1a", { parent });
      });
      assert.equal(refused, false);
      assert.ok(made.some(({ type }) => type.endsWith(":Subnet")));
    });
  });
}
