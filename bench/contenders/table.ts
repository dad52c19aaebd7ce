import { article } from "./article.js";
import { plaintext, redisTls } from "./direct.js";
import { ghostunnel } from "./ghostunnel.js";
import { shipped } from "./shipped.js";
import type { Contender } from "./contender.js";
import { spiped } from "./spiped.js";

/** Every way that is measured, in the order of the tables. */
export const contenders: readonly Contender[] = [plaintext, redisTls, article, ...shipped, ghostunnel, spiped];

/** What they need, by Debian's names. */
export const packages = ["iproute2", "openssl", "redis-server", "redis-tools", "stunnel4", "haproxy", "spiped"];
