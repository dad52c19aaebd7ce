import { accountMutations } from "./mutations/account.js";
import { cacheMutations } from "./mutations/cache.js";
import type { Mutation } from "./mutations/forms.js";
import { grantMutations } from "./mutations/grant.js";
import { hostMutations } from "./mutations/host.js";
import { networkMutations } from "./mutations/network.js";

/** Whatever a user may put beside a cache that breaks a rule. */
export const mutations: readonly Mutation[] = [
  ...cacheMutations,
  ...grantMutations,
  ...hostMutations,
  ...networkMutations,
  ...accountMutations,
];
