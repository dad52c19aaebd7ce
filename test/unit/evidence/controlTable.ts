/**
 * What an auditor looks up first: who answers what, in the quickstart's cache. Each line is a decision: control, status, owners,
 * paragraphs of 45 CFR 164.312, the article's demands, NIST SP 800-53, paragraphs of the rule proposed in 2025.
 */
export const controlTable = rows(`
dedicated-tenancy       | designed       | component, AWS          | (a)(1)               | environment                   | SC-4 SC-39               |
private-subnets         | designed       | component               | (a)(1) (e)(1)        | environment network           | SC-7 SC-7(21)            | 164.312(a)(2)(vi)
flows-only              | designed       | component               | (a)(1) (e)(1)        | environment network           | SC-7 SC-7(5) AC-4        | 164.312(a)(2)(vi)
host-firewall           | designed       | component               | (a)(1) (e)(1)        | environment                   | SC-7(12) SC-7(5)         | 164.312(c)
way-out                 | designed       | component               | (e)(1)               | environment                   | SC-7(5) AC-4             |
tls                     | designed       | component               | (e)(1) (e)(2)(ii)    | in-flight                     | SC-8 SC-8(1) SC-13       | 164.312(b)
mutual-authentication   | designed       | component               | (d) (a)(1)           | access in-flight certificates | IA-3 IA-5(2) SC-23 SC-17 | 164.312(a)(2)(i) 164.312(a)(2)(vii)
client-passwords        | designed       | component               | (d) (a)(1)           | access                        | IA-5(1) IA-9             |
transmission-integrity  | designed       | component               | (e)(2)(i)            | in-flight                     | SC-8 SC-8(1)             |
certificate-life        | designed       | component, organisation | (d)                  | certificates                  | SC-12 SC-17 IA-5         |
operators               | designed       | component, organisation | (a)(2)(i) (d) (a)(1) | access persons sign-in        | IA-2 IA-4 AC-2 AC-17     | 164.312(a)(2)(i) 164.312(a)(2)(ii)
automatic-logoff        | designed       | component               | (a)(2)(iii)          |                               | AC-12 AC-2(5)            |
operator-audit          | designed       | component, organisation | (b)                  | persons                       | AU-2 AU-3 AU-12          | 164.312(d)
log-in-attempts         | not applicable | component               |                      |                               | AC-7                     | 164.312(a)(2)(v)
emergency-access        | organisation   | organisation, component | (a)(2)(ii)           |                               | CP-2 AC-2                |
multi-factor            | organisation   | organisation            | (d)                  |                               | IA-2(1) IA-2(2)          | 164.312(f)
nothing-on-disk         | designed       | component               | (a)(2)(iv)           | at-rest                       | SC-28 MP-6               | 164.312(b)
encrypted-volumes       | designed       | component, AWS          | (a)(2)(iv)           | at-rest                       | SC-28(1) SC-12 SC-13     | 164.312(b)
backup                  | not applicable | component, organisation |                      | at-rest                       | CP-9                     | 164.312(i)
live-configuration      | designed       | component               | (a)(1)               | live-configuration            | CM-5 CM-7                | 164.312(c)
dangerous-commands      | designed       | component               | (a)(1)               | commands                      | CM-7 AC-6                | 164.312(c)
scripting               | designed       | component               | (a)(1)               | commands                      | CM-7(2) SC-18            |
sandbox                 | designed       | component               | (a)(1)               | environment                   | SC-39 AC-6 SI-16         | 164.312(c)
limits                  | designed       | component               | (a)(1)               |                               | SC-5 SC-6                |
security-updates        | designed       | component, organisation |                      | patches                       | SI-2 RA-5                | 164.312(h)
vulnerability-scans     | organisation   | organisation            |                      |                               | RA-5 CA-8                | 164.312(h)
clock                   | designed       | component, organisation | (b) (d)              |                               | AU-8 SC-45(1)            |
configuration-drift     | designed       | component, organisation | (a)(1)               | environments                  | CM-2 CM-3 CM-6 SI-7      | 164.312(c) 164.312(a)(2)(viii)
least-privilege         | designed       | component, AWS          | (a)(1)               | access                        | AC-6 AC-3 SC-12          |
instance-metadata       | designed       | component, organisation | (a)(1)               | wall                          | AC-3 AC-6                |
wall                    | designed       | component, organisation | (a)(1)               | wall                          | AC-3 AC-6 IA-5(7)        |
application-credentials | designed       | component, organisation | (a)(1)               | wall                          | AC-3 AC-6 IA-5(13)       |
user-credentials        | not applicable | organisation            | (a)(2)(i)            | user-credentials              | IA-2                     |
integrity               | not applicable | organisation            | (c)(1) (c)(2)        | integrity                     | SI-7                     |
cache-audit             | not applicable | organisation            | (b)                  | auditing                      | AU-12                    |
connection-log          | designed       | component, organisation | (b)                  |                               | AU-2 AU-3 AU-12          | 164.312(d)
no-values-in-errors     | designed       | component, organisation | (a)(1)               |                               | SI-11 AU-3(3)            |
secure-application      | organisation   | organisation            |                      | application                   | SA-11                    |
test-as-production      | organisation   | organisation, component |                      | environments                  | CM-2 CM-6                |
documentation           | designed       | component, organisation |                      | documentation                 | PL-2 CM-8 RA-3           | 164.308(a)(1)
`);

/**
 * Requirement, title, where it is from, status where nobody has looked, the controls that answer it, and those of them in which the
 * organisation's part is missing.
 */
export const requirementTable = {
  hipaa: rows(`
164.312(a)(1)      | Access control                                                    | standard    | designed       | dedicated-tenancy private-subnets flows-only host-firewall mutual-authentication client-passwords operators live-configuration dangerous-commands scripting sandbox limits configuration-drift least-privilege instance-metadata wall application-credentials no-values-in-errors | no-values-in-errors
164.312(a)(2)(i)   | Unique user identification                                        | Required    | designed       | operators user-credentials | user-credentials
164.312(a)(2)(ii)  | Emergency access procedure                                        | Required    | organisation   | emergency-access | emergency-access
164.312(a)(2)(iii) | Automatic logoff                                                  | Addressable | designed       | automatic-logoff |
164.312(a)(2)(iv)  | Encryption and decryption                                         | Addressable | designed       | nothing-on-disk encrypted-volumes |
164.312(b)         | Audit controls                                                    | standard    | designed       | operator-audit clock cache-audit connection-log | cache-audit
164.312(c)(1)      | Integrity                                                         | standard    | not applicable | integrity | integrity
164.312(c)(2)      | Mechanism to authenticate electronic protected health information | Addressable | not applicable | integrity | integrity
164.312(d)         | Person or entity authentication                                   | standard    | designed       | mutual-authentication client-passwords certificate-life operators multi-factor clock | multi-factor
164.312(e)(1)      | Transmission security                                             | standard    | designed       | private-subnets flows-only host-firewall way-out tls |
164.312(e)(2)(i)   | Integrity controls                                                | Addressable | designed       | transmission-integrity |
164.312(e)(2)(ii)  | Encryption                                                        | Addressable | designed       | tls |
`),
  article: rows(`
environment        | Secure the environment                             | Here's what we require                     | designed       | dedicated-tenancy private-subnets flows-only host-firewall way-out sandbox |
access             | Tightly control access                             | Here's what we require                     | designed       | mutual-authentication client-passwords operators least-privilege |
in-flight          | Encrypt in flight                                  | Here's what we require                     | designed       | tls mutual-authentication transmission-integrity |
at-rest            | Encrypt at rest                                    | Here's what we require                     | designed       | nothing-on-disk encrypted-volumes backup |
live-configuration | Disable live configuration                         | Here's what we require                     | designed       | live-configuration |
documentation      | Document our decisions                             | Here's what we require                     | designed       | documentation | documentation
user-credentials   | Separate credentials for each user of the cache    | We don't need to account for the following | not applicable | user-credentials | user-credentials
integrity          | Ensuring integrity                                 | We don't need to account for the following | not applicable | integrity | integrity
auditing           | Auditing at the level of the cache                 | We don't need to account for the following | not applicable | cache-audit | cache-audit
network            | Access control list and security group             | The Network                                | designed       | private-subnets flows-only |
persons            | Each person signs in with their own credentials    | The Network                                | designed       | operators operator-audit |
commands           | Commands that cause insecurities                   | Redis Configuration (Server)               | designed       | dangerous-commands scripting |
certificates       | An x509 certificate that expires                   | Certificate Generation                     | designed       | mutual-authentication certificate-life |
wall               | A wall between the application and the credentials | Manual Client Configuration                | designed       | instance-metadata wall application-credentials |
patches            | Security patches kept current                      | How Secure is it?                          | designed       | security-updates |
sign-in            | Few people with an account on the host             | How Secure is it?                          | designed       | operators |
application        | A secure application                               | How Secure is it?                          | organisation   | secure-application | secure-application
environments       | Test and production alike                          | What are the Trade-offs?                   | designed       | configuration-drift test-as-production | test-as-production
`),
  proposed: rows(`
164.308(a)(1)       | Technology asset inventory, with a network map                        | 90 FR 898 | designed       | documentation | documentation
164.312(a)(2)(i)    | Unique identification of users and technology assets                  | 90 FR 898 | designed       | mutual-authentication operators |
164.312(a)(2)(ii)   | Administrative and increased access privileges                        | 90 FR 898 | designed       | operators |
164.312(a)(2)(v)    | Log-in attempts: access suspended after unsuccessful ones             | 90 FR 898 | not applicable | log-in-attempts |
164.312(a)(2)(vi)   | Network segmentation                                                  | 90 FR 898 | designed       | private-subnets flows-only |
164.312(a)(2)(vii)  | Data controls: access only for those who were granted it              | 90 FR 898 | designed       | mutual-authentication |
164.312(a)(2)(viii) | Maintenance: effectiveness tested once a year                         | 90 FR 898 | designed       | configuration-drift |
164.312(b)          | Encryption, at rest and in transit, required                          | 90 FR 898 | designed       | tls nothing-on-disk encrypted-volumes |
164.312(c)          | Configuration management: extraneous software removed, ports disabled | 90 FR 898 | designed       | host-firewall live-configuration dangerous-commands sandbox configuration-drift |
164.312(d)          | Audit trail and system log controls                                   | 90 FR 898 | designed       | operator-audit connection-log |
164.312(f)          | Authentication, with multiple factors                                 | 90 FR 898 | organisation   | multi-factor | multi-factor
164.312(h)          | Vulnerability management: scans, penetration tests, patches           | 90 FR 898 | designed       | security-updates vulnerability-scans | vulnerability-scans
164.312(i)          | Data backup and recovery                                              | 90 FR 898 | not applicable | backup |
`),
};

function rows(text: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}
