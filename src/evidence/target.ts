import { hostKinds } from "../plan/hostKinds";

/** From where a cache is looked at: as root on a node or on an app host, or in AWS by its command line. */
export const targets = [...hostKinds, "aws"] as const;

export type Target = (typeof targets)[number];
