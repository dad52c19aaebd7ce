import type { Statements } from "./statement.js";

const identifies = "the application identifies each of its users";
const alone = "nothing is kept in the cache alone, and every value expires (EX)";
const approved =
  "the alternative is approved for this cache and documented (45 CFR 164.306(d)(3)), and the system of record has the mechanism";
const records = "the application records who saw which patient's data";

/** What src/evidence/controls/exempt.ts says. */
export const exemptStatements: Statements = {
  "user-credentials": [
    {
      claim: "Each individual who uses the system has a name or number of their own.",
      found: { attested: [identifies] },
    },
    {
      claim: "The application identifies its users, and this stays required (45 CFR 164.312(a)(2)(i)).",
      found: { attested: [identifies] },
    },
    {
      claim: "Individuals don't access a cache directly;",
      unseen: "The cache can't tell for which of its users an application reads.",
    },
    { claim: "the software uses the cache as a facilitation tool.", noState: "It says what a cache is for." },
    {
      claim: "So no separate credentials are needed for each user when accessing the cache (article).",
      noState: "It says what the article concludes.",
    },
  ],
  integrity: [
    { claim: "PHI is protected from improper alteration or destruction.", found: { attested: [alone] } },
    { claim: "This standard holds for a cache too (45 CFR 164.306(c)).", noState: "It says what the law asks." },
    {
      claim: "Only web can change or delete a value (`mutual-authentication`, `client-passwords`, `wall`);",
      found: {
        node: ["admit one more client", "add a user of Redis"],
        appHost: ["open the tunnel to every user"],
      },
      swapped: { appHost: ["let another group than the application's read its password"] },
    },
    {
      claim: "the commands that empty the cache are gone (`dangerous-commands`);",
      found: { node: ["run Redis with FLUSHALL"] },
    },
    {
      claim: "on the way nothing is changed without being noticed (`transmission-integrity`).",
      found: { node: ["run the tunnel with a cipher whose tag is short"] },
    },
    {
      claim: "That a value is updated correctly, is kept elsewhere too, and expires is a policy of the application's.",
      found: { attested: [alone] },
    },
  ],
  "integrity-mechanism": [
    {
      claim: "A mechanism corroborates that PHI has not been altered or destroyed in an unauthorized manner.",
      found: { attested: [approved] },
    },
    {
      claim:
        "Why not as the rule has it: The PHI in the cache is intended to be transient and can be regenerated on demand, so ensuring the integrity of the data isn't necessary there (article).",
      noState: "It says what the article concludes.",
    },
    {
      claim: "Redis has no such mechanism, and one beside it would be asked at each read.",
      noState: "It says what Redis is.",
    },
    {
      claim:
        "What is done instead: The mechanism is the one of the system of record, from which each value is made anew when it has expired.",
      found: { attested: [approved] },
    },
    {
      claim:
        "Until then a value can be changed by authenticated clients alone (`integrity`), and not on the way (`transmission-integrity`).",
      found: { node: ["run the tunnel with a cipher whose tag is short"] },
      unseen: "A value that a client has changed wrongly is believed until it expires.",
    },
    {
      claim: "The specification is addressable, so your organisation may decide so, if it documents why",
      found: { attested: [approved] },
    },
    { claim: "An attestation of this control names who approved it.", found: { attested: [approved] } },
  ],
  "cache-audit": [
    { claim: "Activity in systems that contain PHI is recorded and examined.", found: { attested: [records] } },
    { claim: "The application records each access;", found: { attested: [records] } },
    { claim: "that is part of a standard that applies (45 CFR 164.312(b)).", noState: "It says what the law asks." },
    {
      claim:
        "Data is accessed and modified at the application level, so auditing efforts are focused there, and not at the caching level (article).",
      unseen: "Reads that go around the application leave no trace but a connection.",
    },
    {
      claim: "What is recorded here is who connected (`connection-log`) and what operators did (`operator-audit`);",
      found: { node: ["run the tunnel with its log in the host's own journal", "have sshd name no keys"] },
    },
    { claim: "never data.", unseen: "Reads that go around the application leave no trace but a connection." },
  ],
};
