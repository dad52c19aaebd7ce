/**
 * What an auditor looks up first: who answers what, in the quickstart's cache. Each line is a decision: control, status, owners,
 * paragraphs of 45 CFR (without the section where it is 164.312), the article's demands, NIST SP 800-53, paragraphs of the rule proposed in 2025.
 */
export const controlTable = rows(`
dedicated-tenancy            | met            | component, AWS          | (a)(1)                      | environment                   | SC-4 SC-39               |
private-subnets              | met            | component               | (a)(1) (e)(1)               | environment network           | SC-7 SC-7(21)            | 164.312(a)(2)(vi)
flows-only                   | met            | component               | (a)(1) (e)(1)               | environment network           | SC-7 SC-7(5) AC-4        | 164.312(a)(2)(vi) 164.312(c)(2)(iv)
host-firewall                | met            | component               | (a)(1) (e)(1)               | environment                   | SC-7(12) SC-7(5)         | 164.312(c) 164.312(c)(2)(iv)
way-out                      | met            | component               | (e)(1)                      | environment                   | SC-7(5) AC-4             |
tls                          | met            | component               | (e)(1) (e)(2)(ii)           | in-flight                     | SC-8 SC-8(1) SC-13       | 164.312(b) 164.312(g)
mutual-authentication        | met            | component               | (d) (a)(1)                  | access in-flight certificates | IA-3 IA-5(2) SC-23 SC-17 | 164.312(a)(2)(i) 164.312(a)(2)(vii) 164.312(f)
client-passwords             | met            | component               | (d) (a)(1)                  | access                        | IA-5(1) IA-9             |
transmission-integrity       | met            | component               | (e)(2)(i)                   | in-flight                     | SC-8 SC-8(1)             | 164.312(e) 164.312(g)
certificate-life             | met            | component, organisation | (d)                         | certificates                  | SC-12 SC-17 IA-5         |
operators                    | met            | component, organisation | (a)(2)(i) (d) (a)(1)        | access persons sign-in        | IA-2 IA-4 AC-17          | 164.312(a)(2)(i) 164.312(a)(2)(ii)
automatic-logoff             | met            | component               | (a)(2)(iii)                 |                               | AC-12 AC-2(5)            | 164.312(a)(2)(iv)
operator-audit               | met            | component, organisation | (b)                         | persons                       | AU-2 AU-3 AU-12          | 164.312(d)
log-in-attempts              | not applicable | component               |                             |                               | AC-7                     | 164.312(a)(2)(v)
emergency-access             | organisation   | organisation, component | (a)(2)(ii)                  |                               | CP-2                     | 164.312(a)(2)(iii)
multi-factor                 | organisation   | organisation            | (d)                         |                               | IA-2(1) IA-2(2)          | 164.312(f) 164.312(f)(2)(ii)
nothing-on-disk              | met            | component               | (a)(2)(iv)                  | at-rest                       | SC-28                    | 164.312(b)
encrypted-volumes            | met            | component, AWS          | (a)(2)(iv)                  | at-rest                       | SC-28(1) SC-12 SC-13     | 164.312(b)
backup                       | organisation   | organisation, component | 164.308(a)(7)(ii)(A)        | at-rest                       | CP-9                     | 164.312(i) 164.312(j)
live-configuration           | met            | component               | (a)(1)                      | live-configuration            | CM-5 CM-7                | 164.312(c) 164.312(c)(2)(iii)
dangerous-commands           | met            | component               | (a)(1)                      | commands                      | CM-7 AC-6                | 164.312(c) 164.312(c)(2)(iii)
scripting                    | met            | component               | (a)(1)                      | commands                      | CM-7(2) SC-18            |
sandbox                      | met            | component               | (a)(1)                      | environment                   | SC-39 AC-6 SI-16         | 164.312(c) 164.312(c)(2)(iii)
limits                       | met            | component               | 164.306(a)(1)               |                               | SC-5 SC-6                |
security-updates             | met            | component, organisation | 164.308(a)(1)(ii)(B)        | patches                       | SI-2                     | 164.308(a)(4) 164.312(h) 164.312(h)(2)(iv)
vulnerability-scans          | organisation   | organisation            |                             |                               | CA-8                     | 164.312(h) 164.312(h)(2)(i) 164.312(h)(2)(ii) 164.312(h)(2)(iii)
configuration-drift          | met            | component, organisation | 164.308(a)(8)               | environments                  | CM-2 CM-6 SI-7           | 164.312(c) 164.312(c)(2)(iii)
least-privilege              | met            | component, AWS          | (a)(1)                      | access                        | AC-6 AC-3 SC-12          |
instance-metadata            | met            | component, organisation | (a)(1)                      | wall                          | AC-3 AC-6                |
wall                         | met            | component, organisation | (a)(1)                      | wall                          | AC-3 AC-6 IA-5(7)        |
user-credentials             | organisation   | organisation            | (a)(2)(i)                   | user-credentials              | IA-2                     |
integrity                    | organisation   | organisation, component | (c)(1)                      | integrity                     |                          | 164.312(e)
integrity-mechanism          | alternative    | organisation            | (c)(2)                      | integrity                     |                          | 164.312(e)
cache-audit                  | organisation   | organisation            | (b)                         | auditing                      | AU-12                    |
connection-log               | organisation   | organisation, component | (b)                         |                               | AU-2 AU-3 AU-12          | 164.312(d)
no-values-in-errors          | met            | component, organisation | (a)(1)                      |                               | SI-11 AU-3(3)            |
secure-application           | organisation   | organisation            |                             | application                   | SA-11                    |
test-as-production           | organisation   | organisation, component |                             | environments                  | CM-2 CM-6                |
documentation                | met            | component, organisation | 164.316(b)(1)               | documentation                 | CM-8                     | 164.308(a)(1) 164.308(a)(1)(ii)(A) 164.308(a)(1)(ii)(B)
business-associate-agreement | organisation   | organisation, AWS       | 164.308(b)(1) 164.308(b)(3) |                               |                          | 164.308(b)(2)(ii)
malicious-software           | organisation   | organisation, component | 164.308(a)(5)(ii)(B)        |                               |                          | 164.312(c)(2)(i) 164.312(c)(2)(ii)
contingency-plan             | organisation   | organisation, component | 164.308(a)(7)(i)            |                               |                          | 164.308(a)(13)
evaluation                   | organisation   | organisation, component | 164.308(a)(8)               |                               |                          | 164.308(a)(1)(ii)(C) 164.308(a)(14) 164.312(a)(2)(viii)
`);

/** Requirement, title, where it is from, status, the controls that answer it. */
export const requirementTable = {
  hipaa: rows(`
164.312(a)(1)      | Access control                                                    | standard    | met          | dedicated-tenancy private-subnets flows-only host-firewall mutual-authentication client-passwords operators live-configuration dangerous-commands scripting sandbox least-privilege instance-metadata wall no-values-in-errors
164.312(a)(2)(i)   | Unique user identification                                        | Required    | met          | operators user-credentials
164.312(a)(2)(ii)  | Emergency access procedure                                        | Required    | organisation | emergency-access
164.312(a)(2)(iii) | Automatic logoff                                                  | Addressable | met          | automatic-logoff
164.312(a)(2)(iv)  | Encryption and decryption                                         | Addressable | met          | nothing-on-disk encrypted-volumes
164.312(b)         | Audit controls                                                    | standard    | met          | operator-audit cache-audit connection-log
164.312(c)(1)      | Integrity                                                         | standard    | organisation | integrity
164.312(c)(2)      | Mechanism to authenticate electronic protected health information | Addressable | alternative  | integrity-mechanism
164.312(d)         | Person or entity authentication                                   | standard    | met          | mutual-authentication client-passwords certificate-life operators multi-factor
164.312(e)(1)      | Transmission security                                             | standard    | met          | private-subnets flows-only host-firewall way-out tls
164.312(e)(2)(i)   | Integrity controls                                                | Addressable | met          | transmission-integrity
164.312(e)(2)(ii)  | Encryption                                                        | Addressable | met          | tls
`),
  article: rows(`
environment        | Secure the environment                             | Here's what we require                     | met          | dedicated-tenancy private-subnets flows-only host-firewall way-out sandbox
access             | Tightly control access                             | Here's what we require                     | met          | mutual-authentication client-passwords operators least-privilege
in-flight          | Encrypt in flight                                  | Here's what we require                     | met          | tls mutual-authentication transmission-integrity
at-rest            | Encrypt at rest                                    | Here's what we require                     | met          | nothing-on-disk encrypted-volumes backup
live-configuration | Disable live configuration                         | Here's what we require                     | met          | live-configuration
documentation      | Document our decisions                             | Here's what we require                     | met          | documentation
user-credentials   | Separate credentials for each user of the cache    | We don't need to account for the following | organisation | user-credentials
integrity          | Ensuring integrity                                 | We don't need to account for the following | organisation | integrity integrity-mechanism
auditing           | Auditing at the level of the cache                 | We don't need to account for the following | organisation | cache-audit
network            | Access control list and security group             | The Network                                | met          | private-subnets flows-only
persons            | Each person signs in with their own credentials    | The Network                                | met          | operators operator-audit
commands           | Commands that cause insecurities                   | Redis Configuration (Server)               | met          | dangerous-commands scripting
certificates       | An x509 certificate that expires                   | Certificate Generation                     | met          | mutual-authentication certificate-life
wall               | A wall between the application and the credentials | Manual Client Configuration                | met          | instance-metadata wall
patches            | Security patches kept current                      | How Secure is it?                          | met          | security-updates
sign-in            | Few people with an account on the host             | How Secure is it?                          | met          | operators
application        | A secure application                               | How Secure is it?                          | organisation | secure-application
environments       | Test and production alike                          | What are the Trade-offs?                   | met          | configuration-drift test-as-production
`),
  proposed: rows(`
proposed 164.308(a)(1)        | Technology asset inventory, with a network map                                  | 90 FR 898 | met            | documentation
proposed 164.308(a)(1)(ii)(A) | Inventory, in writing                                                           | 90 FR 898 | met            | documentation
proposed 164.308(a)(1)(ii)(B) | Network map of where PHI goes                                                   | 90 FR 898 | met            | documentation
proposed 164.308(a)(1)(ii)(C) | Both renewed every 12 months and after a change                                 | 90 FR 898 | organisation   | evaluation
proposed 164.308(a)(4)        | Patch management: a critical risk within 15 calendar days, a high one within 30 | 90 FR 898 | met            | security-updates
proposed 164.308(a)(13)       | Contingency plan: what is critical restored within 72 hours                     | 90 FR 898 | organisation   | contingency-plan
proposed 164.308(a)(14)       | Compliance audit every 12 months                                                | 90 FR 898 | organisation   | evaluation
proposed 164.308(b)(2)(ii)    | Written verification of a business associate's safeguards every 12 months       | 90 FR 898 | organisation   | business-associate-agreement
proposed 164.312(a)(2)(i)     | Unique identification of users and technology assets                            | 90 FR 898 | met            | mutual-authentication operators
proposed 164.312(a)(2)(ii)    | Administrative and increased access privileges                                  | 90 FR 898 | met            | operators
proposed 164.312(a)(2)(iii)   | Emergency access procedure                                                      | 90 FR 898 | organisation   | emergency-access
proposed 164.312(a)(2)(iv)    | Automatic logoff                                                                | 90 FR 898 | met            | automatic-logoff
proposed 164.312(a)(2)(v)     | Log-in attempts: access suspended after unsuccessful ones                       | 90 FR 898 | not applicable | log-in-attempts
proposed 164.312(a)(2)(vi)    | Network segmentation                                                            | 90 FR 898 | met            | private-subnets flows-only
proposed 164.312(a)(2)(vii)   | Data controls: access only for those who were granted it                        | 90 FR 898 | met            | mutual-authentication
proposed 164.312(a)(2)(viii)  | Maintenance: effectiveness tested once a year                                   | 90 FR 898 | organisation   | evaluation
proposed 164.312(b)           | Encryption and decryption, at rest and in transit, required                     | 90 FR 898 | met            | tls nothing-on-disk encrypted-volumes
proposed 164.312(c)           | Configuration management                                                        | 90 FR 898 | met            | host-firewall live-configuration dangerous-commands sandbox configuration-drift
proposed 164.312(c)(2)(i)     | Anti-malware protection                                                         | 90 FR 898 | organisation   | malicious-software
proposed 164.312(c)(2)(ii)    | Extraneous software removed                                                     | 90 FR 898 | organisation   | malicious-software
proposed 164.312(c)(2)(iii)   | Operating system and software configured and secured                            | 90 FR 898 | met            | live-configuration dangerous-commands sandbox configuration-drift
proposed 164.312(c)(2)(iv)    | Network ports disabled                                                          | 90 FR 898 | met            | flows-only host-firewall
proposed 164.312(d)           | Audit trail and system log controls                                             | 90 FR 898 | met            | operator-audit connection-log
proposed 164.312(e)           | Integrity                                                                       | 90 FR 898 | met            | transmission-integrity integrity integrity-mechanism
proposed 164.312(f)           | Authentication                                                                  | 90 FR 898 | met            | mutual-authentication multi-factor
proposed 164.312(f)(2)(ii)    | Multi-factor authentication                                                     | 90 FR 898 | organisation   | multi-factor
proposed 164.312(g)           | Transmission security                                                           | 90 FR 898 | met            | tls transmission-integrity
proposed 164.312(h)           | Vulnerability management                                                        | 90 FR 898 | met            | security-updates vulnerability-scans
proposed 164.312(h)(2)(i)     | Vulnerability scans every six months                                            | 90 FR 898 | organisation   | vulnerability-scans
proposed 164.312(h)(2)(ii)    | Known vulnerabilities watched                                                   | 90 FR 898 | organisation   | vulnerability-scans
proposed 164.312(h)(2)(iii)   | Penetration tests every 12 months                                               | 90 FR 898 | organisation   | vulnerability-scans
proposed 164.312(h)(2)(iv)    | Patches and updates installed                                                   | 90 FR 898 | met            | security-updates
proposed 164.312(i)           | Data backup and recovery                                                        | 90 FR 898 | organisation   | backup
proposed 164.312(j)           | Information systems backup and recovery                                         | 90 FR 898 | organisation   | backup
`),
};

function rows(text: string): string[][] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
}
