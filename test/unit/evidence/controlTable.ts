/**
 * What an auditor looks up first: who answers what, in the quickstart's cache. Each line is a decision: control, status, owners,
 * paragraphs of 45 CFR 164.312, the article's demands, NIST SP 800-53, paragraphs of the rule proposed in 2025.
 */
export const controlTable = rows(`
dedicated-tenancy      | met            | component, AWS          | (a)(1)               | environment                   | SC-4 SC-39               |
private-subnets        | met            | component               | (a)(1) (e)(1)        | environment network           | SC-7 SC-7(21)            | 164.312(a)(2)(vi)
flows-only             | met            | component               | (a)(1) (e)(1)        | environment network           | SC-7 SC-7(5) AC-4        | 164.312(a)(2)(vi)
host-firewall          | met            | component               | (a)(1) (e)(1)        | environment                   | SC-7(12) SC-7(5)         | 164.312(c)
way-out                | met            | component               | (e)(1)               | environment                   | SC-7(5) AC-4             |
tls                    | met            | component               | (e)(1) (e)(2)(ii)    | in-flight                     | SC-8 SC-8(1) SC-13       | 164.312(b)
mutual-authentication  | met            | component               | (d) (a)(1)           | access in-flight certificates | IA-3 IA-5(2) SC-23 SC-17 | 164.312(a)(2)(i) 164.312(a)(2)(vii)
client-passwords       | met            | component               | (d) (a)(1)           | access                        | IA-5(1) IA-9             |
transmission-integrity | met            | component               | (e)(2)(i)            | in-flight                     | SC-8 SC-8(1)             |
certificate-life       | met            | component, organisation | (d)                  | certificates                  | SC-12 SC-17 IA-5         |
operators              | met            | component, organisation | (a)(2)(i) (d) (a)(1) | access persons sign-in        | IA-2 IA-4 AC-2 AC-17     | 164.312(a)(2)(i) 164.312(a)(2)(ii)
automatic-logoff       | met            | component               | (a)(2)(iii)          |                               | AC-12 AC-2(5)            |
operator-audit         | met            | component, organisation | (b)                  | persons                       | AU-2 AU-3 AU-12          | 164.312(d)
log-in-attempts        | not applicable | component               |                      |                               | AC-7                     | 164.312(a)(2)(v)
emergency-access       | organisation   | organisation, component | (a)(2)(ii)           |                               | CP-2 AC-2                |
multi-factor           | organisation   | organisation            | (d)                  |                               | IA-2(1) IA-2(2)          | 164.312(f)
nothing-on-disk        | met            | component               | (a)(2)(iv)           | at-rest                       | SC-28 MP-6               | 164.312(b)
encrypted-volumes      | met            | component, AWS          | (a)(2)(iv)           | at-rest                       | SC-28(1) SC-12 SC-13     | 164.312(b)
backup                 | not applicable | component, organisation |                      | at-rest                       | CP-9                     | 164.312(i)
live-configuration     | met            | component               | (a)(1)               | live-configuration            | CM-5 CM-7                | 164.312(c)
dangerous-commands     | met            | component               | (a)(1)               | commands                      | CM-7 AC-6                | 164.312(c)
scripting              | met            | component               | (a)(1)               | commands                      | CM-7(2) SC-18            |
sandbox                | met            | component               | (a)(1)               | environment                   | SC-39 AC-6 SI-16         | 164.312(c)
limits                 | met            | component               | (a)(1)               |                               | SC-5 SC-6                |
security-updates       | met            | component, organisation |                      | patches                       | SI-2 RA-5                | 164.312(h)
vulnerability-scans    | organisation   | organisation            |                      |                               | RA-5 CA-8                | 164.312(h)
clock                  | met            | component, organisation | (b) (d)              |                               | AU-8 SC-45(1)            |
configuration-drift    | met            | component, organisation | (a)(1)               | environments                  | CM-2 CM-3 CM-6 SI-7      | 164.312(c) 164.312(a)(2)(viii)
least-privilege        | met            | component, AWS          | (a)(1)               | access                        | AC-6 AC-3 SC-12          |
instance-metadata      | met            | component, organisation | (a)(1)               | wall                          | AC-3 AC-6                |
wall                   | met            | component, organisation | (a)(1)               | wall                          | AC-3 AC-6 IA-5(7)        |
application-credentials | met           | component, organisation | (a)(1)               | wall                          | AC-3 AC-6 IA-5(13)       |
user-credentials       | not applicable | organisation            | (a)(2)(i)            | user-credentials              | IA-2                     |
integrity              | not applicable | organisation            | (c)(1) (c)(2)        | integrity                     | SI-7                     |
cache-audit            | not applicable | organisation            | (b)                  | auditing                      | AU-12                    |
connection-log         | met            | component, organisation | (b)                  |                               | AU-2 AU-3 AU-12          | 164.312(d)
no-values-in-errors    | met            | component, organisation | (a)(1)               |                               | SI-11 AU-3(3)            |
secure-application     | organisation   | organisation            |                      | application                   | SA-11                    |
test-as-production     | organisation   | organisation, component |                      | environments                  | CM-2 CM-6                |
documentation          | met            | component, organisation |                      | documentation                 | PL-2 CM-8 RA-3           | 164.308(a)(1)
`);

/** Requirement, title, where it is from, status, the controls that answer it. */
export const requirementTable = {
  hipaa: rows(`
164.312(a)(1)      | Access control                                                    | standard    | met            | dedicated-tenancy private-subnets flows-only host-firewall mutual-authentication client-passwords operators live-configuration dangerous-commands scripting sandbox limits configuration-drift least-privilege instance-metadata wall application-credentials no-values-in-errors
164.312(a)(2)(i)   | Unique user identification                                        | Required    | met            | operators user-credentials
164.312(a)(2)(ii)  | Emergency access procedure                                        | Required    | organisation   | emergency-access
164.312(a)(2)(iii) | Automatic logoff                                                  | Addressable | met            | automatic-logoff
164.312(a)(2)(iv)  | Encryption and decryption                                         | Addressable | met            | nothing-on-disk encrypted-volumes
164.312(b)         | Audit controls                                                    | standard    | met            | operator-audit clock cache-audit connection-log
164.312(c)(1)      | Integrity                                                         | standard    | not applicable | integrity
164.312(c)(2)      | Mechanism to authenticate electronic protected health information | Addressable | not applicable | integrity
164.312(d)         | Person or entity authentication                                   | standard    | met            | mutual-authentication client-passwords certificate-life operators multi-factor clock
164.312(e)(1)      | Transmission security                                             | standard    | met            | private-subnets flows-only host-firewall way-out tls
164.312(e)(2)(i)   | Integrity controls                                                | Addressable | met            | transmission-integrity
164.312(e)(2)(ii)  | Encryption                                                        | Addressable | met            | tls
`),
  article: rows(`
environment        | Secure the environment                             | Here's what we require                     | met            | dedicated-tenancy private-subnets flows-only host-firewall way-out sandbox
access             | Tightly control access                             | Here's what we require                     | met            | mutual-authentication client-passwords operators least-privilege
in-flight          | Encrypt in flight                                  | Here's what we require                     | met            | tls mutual-authentication transmission-integrity
at-rest            | Encrypt at rest                                    | Here's what we require                     | met            | nothing-on-disk encrypted-volumes backup
live-configuration | Disable live configuration                         | Here's what we require                     | met            | live-configuration
documentation      | Document our decisions                             | Here's what we require                     | met            | documentation
user-credentials   | Separate credentials for each user of the cache    | We don't need to account for the following | not applicable | user-credentials
integrity          | Ensuring integrity                                 | We don't need to account for the following | not applicable | integrity
auditing           | Auditing at the level of the cache                 | We don't need to account for the following | not applicable | cache-audit
network            | Access control list and security group             | The Network                                | met            | private-subnets flows-only
persons            | Each person signs in with their own credentials    | The Network                                | met            | operators operator-audit
commands           | Commands that cause insecurities                   | Redis Configuration (Server)               | met            | dangerous-commands scripting
certificates       | An x509 certificate that expires                      | Certificate Generation                     | met            | mutual-authentication certificate-life
wall               | A wall between the application and the credentials | Manual Client Configuration                | met            | instance-metadata wall application-credentials
patches            | Security patches kept current                      | How Secure is it?                          | met            | security-updates
sign-in            | Few people with an account on the host             | How Secure is it?                          | met            | operators
application        | A secure application                               | How Secure is it?                          | organisation   | secure-application
environments       | Test and production alike                          | What are the Trade-offs?                   | met            | configuration-drift test-as-production
`),
  proposed: rows(`
164.308(a)(1)       | Technology asset inventory, with a network map                        | 90 FR 898 | met            | documentation
164.312(a)(2)(i)    | Unique identification of users and technology assets                  | 90 FR 898 | met            | mutual-authentication operators
164.312(a)(2)(ii)   | Administrative and increased access privileges                        | 90 FR 898 | met            | operators
164.312(a)(2)(v)    | Log-in attempts: access suspended after unsuccessful ones             | 90 FR 898 | not applicable | log-in-attempts
164.312(a)(2)(vi)   | Network segmentation                                                  | 90 FR 898 | met            | private-subnets flows-only
164.312(a)(2)(vii)  | Data controls: access only for those who were granted it             | 90 FR 898 | met            | mutual-authentication
164.312(a)(2)(viii) | Maintenance: effectiveness tested once a year                         | 90 FR 898 | met            | configuration-drift
164.312(b)          | Encryption, at rest and in transit, required                          | 90 FR 898 | met            | tls nothing-on-disk encrypted-volumes
164.312(c)          | Configuration management: extraneous software removed, ports disabled | 90 FR 898 | met            | host-firewall live-configuration dangerous-commands sandbox configuration-drift
164.312(d)          | Audit trail and system log controls                                   | 90 FR 898 | met            | operator-audit connection-log
164.312(f)          | Authentication, with multiple factors                                 | 90 FR 898 | organisation   | multi-factor
164.312(h)          | Vulnerability management: scans, penetration tests, patches           | 90 FR 898 | met            | security-updates vulnerability-scans
164.312(i)          | Data backup and recovery                                              | 90 FR 898 | not applicable | backup
`),
};

function rows(text: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}
