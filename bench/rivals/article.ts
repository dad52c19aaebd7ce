import { openArticle } from "../../lab/roads/openArticle.js";
import type { Rival } from "./rival.js";

export const article: Rival = {
  name: "article",
  label: "the 2016 article",
  what: "stunnel at both ends as the article configures it: one RSA-4096 key on both, nothing verified, TCP to Redis",
  ours: false,
  start: openArticle,
};
