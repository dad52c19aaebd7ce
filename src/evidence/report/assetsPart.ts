import type { Assessment } from "../assess";
import { heading, table, type Block } from "./blocks";

/** The inventory, and until when certificates are valid. */
export function assetsPart({ assets, evidence }: Assessment): Block[] {
  return [
    heading(2, "Assets"),
    table(
      [
        ["Kind", 18],
        ["Name", 16],
        ["Identifier", 50],
        ["Where", 16],
      ],
      assets.map(({ kind, name, identifier, where }) => [kind, name, [{ code: identifier }], where]),
    ),
    heading(2, "Certificates"),
    table(
      [
        ["Certificate", 40],
        ["Valid from", 30],
        ["Valid until", 30],
      ],
      evidence.deployed.certificates.map(({ name, validFrom, validUntil }) => [name, validFrom, validUntil]),
    ),
  ];
}
