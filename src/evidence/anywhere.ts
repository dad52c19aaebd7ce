import { prefixLength, type Cidr } from "../plan/cidr";
import type { Flow } from "../plan/flow";

/** The networks to which a node may open HTTPS connections that are so wide that they are taken for anywhere. */
export function anywhere(flows: readonly Flow[]): Cidr[] {
  return flows
    .filter(({ name }) => name === "node-to-https")
    .flatMap(({ cidrBlocks }) => cidrBlocks)
    .filter((block) => prefixLength(block) < fewestBits);
}

/** As few as the networks of applications must have at least. */
const fewestBits = 8;
