import { byPerson } from "../check";
import type { Control } from "../control";

const userCredentials: Control = {
  id: "user-credentials",
  title: "Unique users of the application",
  hipaa: ["164.312(a)(2)(i)"],
  article: ["user-credentials"],
  nist: ["IA-2"],
  demand: "Each individual who uses the system has a name or number of their own.",
  owners: ["organisation"],
  how: () => [
    "The application identifies its users, and this stays required (45 CFR 164.312(a)(2)(i)). Individuals don't access a cache directly; the software uses the cache as a facilitation tool. So no separate credentials are needed for each user when accessing the cache (article).",
  ],
  checks: () => [byPerson("the application identifies each of its users")],
  risk: {
    remains: "The cache can't tell for which of its users an application reads.",
    mitigation: "The application's own audit trail.",
  },
};

const integrity: Control = {
  id: "integrity",
  title: "Integrity of cached values",
  hipaa: ["164.312(c)(1)"],
  article: ["integrity"],
  nist: [],
  proposed: ["proposed 164.312(e)"],
  demand: "PHI is protected from improper alteration or destruction.",
  owners: ["organisation", "component"],
  how: ({ plan }) => [
    `This standard holds for a cache too (45 CFR 164.306(c)). Only ${plan.clients.map(({ client }) => client).join(", ")} can change or delete a value (\`mutual-authentication\`, \`client-passwords\`, \`wall\`); the commands that empty the cache are gone (\`dangerous-commands\`); on the way nothing is changed without being noticed (\`transmission-integrity\`).`,
    "That a value is updated correctly, is kept elsewhere too, and expires is a policy of the application's.",
  ],
  checks: () => [byPerson("nothing is kept in the cache alone, and every value expires (EX)")],
  risk: {
    remains: "Any client of one cache can change what another has written.",
    mitigation: "Give applications that must not do so a cache of their own.",
  },
};

const integrityMechanism: Control = {
  id: "integrity-mechanism",
  title: "Mechanism to authenticate cached values",
  hipaa: ["164.312(c)(2)"],
  article: ["integrity"],
  nist: [],
  proposed: ["proposed 164.312(e)"],
  demand: "A mechanism corroborates that PHI has not been altered or destroyed in an unauthorized manner.",
  owners: ["organisation"],
  alternative: {
    why: "The PHI in the cache is intended to be transient and can be regenerated on demand, so ensuring the integrity of the data isn't necessary there (article). Redis has no such mechanism, and one beside it would be asked at each read.",
    instead:
      "The mechanism is the one of the system of record, from which each value is made anew when it has expired. Until then a value can be changed by authenticated clients alone (`integrity`), and not on the way (`transmission-integrity`).",
  },
  attestationNames: "approver",
  how: () => [],
  checks: () => [
    byPerson(
      "the alternative is approved for this cache and documented (45 CFR 164.306(d)(3)), and the system of record has the mechanism",
    ),
  ],
  risk: {
    remains: "A value that a client has changed wrongly is believed until it expires.",
    mitigation: "Short expiries; an application that can't live with that signs its values itself.",
  },
};

const cacheAudit: Control = {
  id: "cache-audit",
  title: "Audit of access to values",
  hipaa: ["164.312(b)"],
  article: ["auditing"],
  nist: ["AU-12"],
  demand: "Activity in systems that contain PHI is recorded and examined.",
  owners: ["organisation"],
  how: () => [
    "The application records each access; that is part of a standard that applies (45 CFR 164.312(b)). Data is accessed and modified at the application level, so auditing efforts are focused there, and not at the caching level (article).",
    "What is recorded here is who connected (`connection-log`) and what operators did (`operator-audit`); never data.",
  ],
  checks: () => [byPerson("the application records who saw which patient's data")],
  risk: {
    remains: "Reads that go around the application leave no trace but a connection.",
    mitigation: "Only the application's own hosts and users can connect (`flows-only`, `wall`).",
  },
};

/** What the article says a cache need not account for. The rule still asks for it, of the application or in another way. */
export const exemptControls: readonly Control[] = [userCredentials, integrity, integrityMechanism, cacheAudit];
