/**
 * What an auditor looks up first: who answers what, in the quickstart's cache. Each line is a decision: control, status, owners,
 * paragraphs of 45 CFR (without the section where it is 164.312), the article's demands, NIST SP 800-53, paragraphs of the rule proposed in 2025.
 */
export const controlTable = rows(`
dedicated-tenancy            | designed       | component, AWS          | (a)(1)                      | environment                   | SC-4 SC-39               |
private-subnets              | designed       | component               | (a)(1) (e)(1)               | environment network           | SC-7 SC-7(21)            | 164.312(a)(2)(vi)
flows-only                   | designed       | component               | (a)(1) (e)(1)               | environment network           | SC-7 SC-7(5) AC-4        | 164.312(a)(2)(vi) 164.312(c)(2)(iv)
host-firewall                | designed       | component               | (a)(1) (e)(1)               | environment                   | SC-7(12) SC-7(5)         | 164.312(c) 164.312(c)(2)(iv)
way-out                      | designed       | component, organisation | (e)(1)                      | environment                   | SC-7(5) AC-4             |
tls                          | designed       | component               | (e)(1) (e)(2)(ii)           | in-flight                     | SC-8 SC-8(1) SC-13       | 164.312(b) 164.312(g)
mutual-authentication        | designed       | component               | (d) (a)(1)                  | access in-flight certificates | IA-3 IA-5(2) SC-23 SC-17 | 164.312(a)(2)(i) 164.312(a)(2)(vii) 164.312(f)
client-passwords             | designed       | component               | (d) (a)(1)                  | access                        | IA-5(1) IA-9             |
transmission-integrity       | designed       | component               | (e)(2)(i)                   | in-flight                     | SC-8 SC-8(1)             | 164.312(e) 164.312(g)
hybrid-key-exchange          | designed       | component               |                             |                               | SC-8(1) SC-12            |
certificate-life             | designed       | component, organisation | (d)                         | certificates                  | SC-12 SC-17 IA-5         |
operators                    | designed       | component, organisation | (a)(2)(i) (d) (a)(1)        | access persons sign-in        | IA-2 IA-4 AC-17          | 164.312(a)(2)(i) 164.312(a)(2)(ii)
automatic-logoff             | designed       | component               | (a)(2)(iii)                 |                               | AC-12 AC-2(5)            | 164.312(a)(2)(iv)
operator-audit               | designed       | component, organisation | (b)                         | persons                       | AU-2 AU-3 AU-12          | 164.312(d)
log-in-attempts              | not applicable | component               |                             |                               | AC-7                     | 164.312(a)(2)(v)
emergency-access             | organisation   | organisation, component | (a)(2)(ii)                  |                               |                          | 164.312(a)(2)(iii)
multi-factor                 | organisation   | organisation            | (d)                         |                               | IA-2(1) IA-2(2)          | 164.312(f) 164.312(f)(2)(ii)
nothing-on-disk              | designed       | component               | (a)(2)(iv)                  | at-rest                       | SC-28                    | 164.312(b)
encrypted-volumes            | designed       | component, AWS          | (a)(2)(iv)                  | at-rest                       | SC-28(1) SC-12 SC-13     | 164.312(b)
backup                       | organisation   | organisation, component | 164.308(a)(7)(ii)(A)        | at-rest                       | CP-9                     | 164.312(i) 164.312(j)
live-configuration           | designed       | component               | (a)(1)                      | live-configuration            | CM-5 CM-7                | 164.312(c) 164.312(c)(2)(iii)
dangerous-commands           | designed       | component               | (a)(1)                      | commands                      | CM-7 AC-6                | 164.312(c) 164.312(c)(2)(iii)
scripting                    | designed       | component               | (a)(1)                      | commands                      | CM-7(2) SC-18            |
sandbox                      | designed       | component               | (a)(1)                      | environment                   | SC-39 AC-6 SI-16         | 164.312(c) 164.312(c)(2)(iii)
limits                       | designed       | component               | 164.306(a)(1)               |                               | SC-5 SC-6                |
security-updates             | designed       | component, organisation | 164.308(a)(1)(ii)(B)        | patches                       | SI-2                     | 164.308(a)(4) 164.312(h) 164.312(h)(2)(iv)
vulnerability-scans          | organisation   | organisation            |                             |                               | CA-8                     | 164.312(h) 164.312(h)(2)(i) 164.312(h)(2)(ii) 164.312(h)(2)(iii)
clock                        | designed       | component, organisation | (b) (d)                     |                               | AU-8 SC-45(1)            |
configuration-drift          | designed       | component, organisation | 164.308(a)(8)               | environments                  | CM-2 CM-6 SI-7           | 164.312(c) 164.312(c)(2)(iii)
least-privilege              | designed       | component, AWS          | (a)(1)                      | access                        | AC-6 AC-3 SC-12          |
instance-metadata            | designed       | component, organisation | (a)(1)                      | wall                          | AC-3 AC-6                |
wall                         | designed       | component, organisation | (a)(1)                      | wall                          | AC-3 AC-6 IA-5(7)        |
application-credentials      | designed       | component, organisation | (a)(1)                      | wall                          | AC-3 AC-6 IA-5(13)       |
user-credentials             | organisation   | organisation            | (a)(2)(i)                   | user-credentials              | IA-2                     |
integrity                    | organisation   | organisation, component | (c)(1)                      | integrity                     |                          | 164.312(e)
integrity-mechanism          | alternative    | organisation            | (c)(2)                      | integrity                     |                          | 164.312(e)
cache-audit                  | organisation   | organisation            | (b)                         | auditing                      | AU-12                    |
connection-log               | organisation   | organisation, component | (b)                         |                               | AU-2 AU-3 AU-12          | 164.312(d)
no-values-in-errors          | designed       | component, organisation | (a)(1)                      |                               | SI-11 AU-3(3)            |
secure-application           | organisation   | organisation            |                             | application                   | SA-11                    |
test-as-production           | organisation   | organisation, component |                             | environments                  | CM-2 CM-6                |
documentation                | designed       | component, organisation | 164.316(b)(1)               | documentation                 | CM-8                     | 164.308(a)(1) 164.308(a)(1)(ii)(A) 164.308(a)(1)(ii)(B)
business-associate-agreement | organisation   | organisation, AWS       | 164.308(b)(1) 164.308(b)(3) |                               |                          | 164.308(b)(2)(ii)
malicious-software           | organisation   | organisation, component | 164.308(a)(5)(ii)(B)        |                               |                          | 164.312(c)(2)(i) 164.312(c)(2)(ii)
contingency-plan             | organisation   | organisation, component | 164.308(a)(7)(i)            |                               |                          | 164.308(a)(13)
evaluation                   | organisation   | organisation, component | 164.308(a)(8)               |                               |                          | 164.308(a)(1)(ii)(C) 164.308(a)(14) 164.312(a)(2)(viii)
`);

/**
 * Requirement, title, where it is from, status where nobody has looked, the controls that answer it, and those of them in which the
 * organisation's part is missing.
 */
export const requirementTable = {
  hipaa: rows(`
164.312(a)(1)      | Access control                                                    | standard    | designed     | dedicated-tenancy private-subnets flows-only host-firewall mutual-authentication client-passwords operators live-configuration dangerous-commands scripting sandbox least-privilege instance-metadata wall application-credentials no-values-in-errors | no-values-in-errors
164.312(a)(2)(i)   | Unique user identification                                        | Required    | designed     | operators user-credentials | user-credentials
164.312(a)(2)(ii)  | Emergency access procedure                                        | Required    | organisation | emergency-access | emergency-access
164.312(a)(2)(iii) | Automatic logoff                                                  | Addressable | designed     | automatic-logoff |
164.312(a)(2)(iv)  | Encryption and decryption                                         | Addressable | designed     | nothing-on-disk encrypted-volumes |
164.312(b)         | Audit controls                                                    | standard    | designed     | operator-audit clock cache-audit connection-log | cache-audit connection-log
164.312(c)(1)      | Integrity                                                         | standard    | organisation | integrity | integrity
164.312(c)(2)      | Mechanism to authenticate electronic protected health information | Addressable | alternative  | integrity-mechanism | integrity-mechanism
164.312(d)         | Person or entity authentication                                   | standard    | designed     | mutual-authentication client-passwords certificate-life operators multi-factor clock | multi-factor
164.312(e)(1)      | Transmission security                                             | standard    | designed     | private-subnets flows-only host-firewall way-out tls | way-out
164.312(e)(2)(i)   | Integrity controls                                                | Addressable | designed     | transmission-integrity |
164.312(e)(2)(ii)  | Encryption                                                        | Addressable | designed     | tls |
`),
  article: rows(`
environment        | Secure the environment                             | Here's what we require                     | designed     | dedicated-tenancy private-subnets flows-only host-firewall way-out sandbox | way-out
access             | Tightly control access                             | Here's what we require                     | designed     | mutual-authentication client-passwords operators least-privilege |
in-flight          | Encrypt in flight                                  | Here's what we require                     | designed     | tls mutual-authentication transmission-integrity |
at-rest            | Encrypt at rest                                    | Here's what we require                     | designed     | nothing-on-disk encrypted-volumes backup | backup
live-configuration | Disable live configuration                         | Here's what we require                     | designed     | live-configuration |
documentation      | Document our decisions                             | Here's what we require                     | designed     | documentation | documentation
user-credentials   | Separate credentials for each user of the cache    | We don't need to account for the following | organisation | user-credentials | user-credentials
integrity          | Ensuring integrity                                 | We don't need to account for the following | organisation | integrity integrity-mechanism | integrity integrity-mechanism
auditing           | Auditing at the level of the cache                 | We don't need to account for the following | organisation | cache-audit | cache-audit
network            | Access control list and security group             | The Network                                | designed     | private-subnets flows-only |
persons            | Each person signs in with their own credentials    | The Network                                | designed     | operators operator-audit |
commands           | Commands that cause insecurities                   | Redis Configuration (Server)               | designed     | dangerous-commands scripting |
certificates       | An x509 certificate that expires                   | Certificate Generation                     | designed     | mutual-authentication certificate-life |
wall               | A wall between the application and the credentials | Manual Client Configuration                | designed     | instance-metadata wall application-credentials |
patches            | Security patches kept current                      | How Secure is it?                          | designed     | security-updates |
sign-in            | Few people with an account on the host             | How Secure is it?                          | designed     | operators |
application        | A secure application                               | How Secure is it?                          | organisation | secure-application | secure-application
environments       | Test and production alike                          | What are the Trade-offs?                   | designed     | configuration-drift test-as-production | test-as-production
`),
  proposed: rows(`
proposed 164.308(a)(1)        | Technology asset inventory, with a network map                                  | 90 FR 898 | designed       | documentation | documentation
proposed 164.308(a)(1)(ii)(A) | Inventory, in writing                                                           | 90 FR 898 | designed       | documentation | documentation
proposed 164.308(a)(1)(ii)(B) | Network map of where PHI goes                                                   | 90 FR 898 | designed       | documentation | documentation
proposed 164.308(a)(1)(ii)(C) | Both renewed every 12 months and after a change                                 | 90 FR 898 | organisation   | evaluation | evaluation
proposed 164.308(a)(4)        | Patch management: a critical risk within 15 calendar days, a high one within 30 | 90 FR 898 | designed       | security-updates |
proposed 164.308(a)(13)       | Contingency plan: what is critical restored within 72 hours                     | 90 FR 898 | organisation   | contingency-plan | contingency-plan
proposed 164.308(a)(14)       | Compliance audit every 12 months                                                | 90 FR 898 | organisation   | evaluation | evaluation
proposed 164.308(b)(2)(ii)    | Written verification of a business associate's safeguards every 12 months       | 90 FR 898 | organisation   | business-associate-agreement | business-associate-agreement
proposed 164.312(a)(2)(i)     | Unique identification of users and technology assets                            | 90 FR 898 | designed       | mutual-authentication operators |
proposed 164.312(a)(2)(ii)    | Administrative and increased access privileges                                  | 90 FR 898 | designed       | operators |
proposed 164.312(a)(2)(iii)   | Emergency access procedure                                                      | 90 FR 898 | organisation   | emergency-access | emergency-access
proposed 164.312(a)(2)(iv)    | Automatic logoff                                                                | 90 FR 898 | designed       | automatic-logoff |
proposed 164.312(a)(2)(v)     | Log-in attempts: access suspended after unsuccessful ones                       | 90 FR 898 | not applicable | log-in-attempts |
proposed 164.312(a)(2)(vi)    | Network segmentation                                                            | 90 FR 898 | designed       | private-subnets flows-only |
proposed 164.312(a)(2)(vii)   | Data controls: access only for those who were granted it                        | 90 FR 898 | designed       | mutual-authentication |
proposed 164.312(a)(2)(viii)  | Maintenance: effectiveness tested once a year                                   | 90 FR 898 | organisation   | evaluation | evaluation
proposed 164.312(b)           | Encryption and decryption, at rest and in transit, required                     | 90 FR 898 | designed       | tls nothing-on-disk encrypted-volumes |
proposed 164.312(c)           | Configuration management                                                        | 90 FR 898 | designed       | host-firewall live-configuration dangerous-commands sandbox configuration-drift |
proposed 164.312(c)(2)(i)     | Anti-malware protection                                                         | 90 FR 898 | organisation   | malicious-software | malicious-software
proposed 164.312(c)(2)(ii)    | Extraneous software removed                                                     | 90 FR 898 | organisation   | malicious-software | malicious-software
proposed 164.312(c)(2)(iii)   | Operating system and software configured and secured                            | 90 FR 898 | designed       | live-configuration dangerous-commands sandbox configuration-drift |
proposed 164.312(c)(2)(iv)    | Network ports disabled                                                          | 90 FR 898 | designed       | flows-only host-firewall |
proposed 164.312(d)           | Audit trail and system log controls                                             | 90 FR 898 | designed       | operator-audit connection-log | connection-log
proposed 164.312(e)           | Integrity                                                                       | 90 FR 898 | designed       | transmission-integrity integrity integrity-mechanism | integrity integrity-mechanism
proposed 164.312(f)           | Authentication                                                                  | 90 FR 898 | designed       | mutual-authentication multi-factor | multi-factor
proposed 164.312(f)(2)(ii)    | Multi-factor authentication                                                     | 90 FR 898 | organisation   | multi-factor | multi-factor
proposed 164.312(g)           | Transmission security                                                           | 90 FR 898 | designed       | tls transmission-integrity |
proposed 164.312(h)           | Vulnerability management                                                        | 90 FR 898 | designed       | security-updates vulnerability-scans | vulnerability-scans
proposed 164.312(h)(2)(i)     | Vulnerability scans every six months                                            | 90 FR 898 | organisation   | vulnerability-scans | vulnerability-scans
proposed 164.312(h)(2)(ii)    | Known vulnerabilities watched                                                   | 90 FR 898 | organisation   | vulnerability-scans | vulnerability-scans
proposed 164.312(h)(2)(iii)   | Penetration tests every 12 months                                               | 90 FR 898 | organisation   | vulnerability-scans | vulnerability-scans
proposed 164.312(h)(2)(iv)    | Patches and updates installed                                                   | 90 FR 898 | designed       | security-updates |
proposed 164.312(i)           | Data backup and recovery                                                        | 90 FR 898 | organisation   | backup | backup
proposed 164.312(j)           | Information systems backup and recovery                                         | 90 FR 898 | organisation   | backup | backup
`),
};

function rows(text: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}
