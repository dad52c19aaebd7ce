import { openArticle } from "../../lab/routes/openArticle.js";
import type { Contender } from "./contender.js";

export const article: Contender = {
  name: "article",
  label: "the 2016 article",
  what: "stunnel at both ends as the article configures it: one RSA-4096 key on both, nothing verified, TCP to Redis",
  ours: false,
  start: openArticle,
};
