import { hostsAnswers } from "./hosts.js";
import { keysAnswers } from "./keys.js";
import { networkAnswers } from "./network.js";
import { peopleAnswers } from "./people.js";
import { redisAnswers } from "./redis.js";
import { tunnelAnswers } from "./tunnel.js";
import type { Answers } from "./answer.js";

/** What a host, or AWS, answers to the checks of the sample's cache. */
export const answers: Answers = {
  ...networkAnswers,
  ...tunnelAnswers,
  ...peopleAnswers,
  ...redisAnswers,
  ...hostsAnswers,
  ...keysAnswers,
};
