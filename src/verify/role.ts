import { hostRoles } from "../plan/hostRoles";

/** From where a cache is looked at: as root on a node or on an app host, or in AWS by its command line. */
export const roles = [...hostRoles, "aws"] as const;

export type Role = (typeof roles)[number];
