import { hostPaths } from "../host/hostPaths";

/** What a shell asks of a tunnel that listens somewhere: as this host, as nobody, or as a stranger. */

/** Who answers behind a tunnel, and what has it say something and close the connection without any password. */
export interface Behind {
  readonly ask: string;
  /** What it says then, as a regular expression. */
  readonly answer: string;
  /** Whether it says nothing by itself: the way is open up to it where nobody hangs up. */
  readonly isSilent?: true;
}

export const behindRedis: Behind = { ask: "echo QUIT", answer: String.raw`^\+OK` };

/** Sentinel 7.0 doesn't know QUIT, and closes for a command of more words than who has not signed in may send. */
export const behindSentinel: Behind = {
  ask: String.raw`printf '*11\r\n'`,
  answer: "^-ERR Protocol error: unauthenticated multibulk length",
};

/** A cluster's bus says nothing to whom it does not know: it waits, and hangs up on who does not begin as its nodes do. */
export const behindBus: Behind = { ask: "echo hipaa-redis-check", answer: "^stays open$", isSilent: true };

/** What OpenSSL's client needs to be who the host is. */
const asThisHost = `-cert ${hostPaths.certificate} -key ${hostPaths.privateKey} -no-CApath -no-CAstore -CAfile ${hostPaths.trusted}`;

/** The account that asks: root, or another one, whom alone a firewall may let out. */
type As = string | undefined;

function by(account: As): string {
  return account === undefined ? "" : `setpriv --reuid=${account} --regid=${account} --clear-groups `;
}

/** A folder in memory that is the one's who asks. */
function folderOf(account: As): string {
  const owned = account === undefined ? "" : ` && chown ${account} "$folder"`;
  return `folder=$(mktemp --directory ${hostPaths.runFolder}/check.XXXXXXXX)${owned}`;
}

/** Who judges no certificate needs none of Debian's authorities: to read all of them would be most of a handshake's work. */
export const judgingNobody = "-no-CAfile -no-CApath -no-CAstore";

export function handshakeCommand(at: string, options: string, as?: As): string {
  return `${by(as)}timeout 10 openssl s_client -connect ${at} ${judgingNobody} ${options} </dev/null 2>&1 || true`;
}

/** Who writes may meet the reset behind the alert before the alert is read. */
export function asNobody(at: string, as?: As): string {
  return `${by(as)}timeout 10 openssl s_client -quiet -connect ${at} ${judgingNobody} </dev/null 2>&1 || true`;
}

/** The answer is that of Redis or Sentinel: the way is open up to it. */
export function asOneself(at: string, serverName: string, { ask, isSilent }: Behind, as?: As): string {
  if (isSilent === true)
    return `${by(as)}timeout 2 openssl s_client -quiet -connect ${at} ${asThisHost} -verify_return_error -verify_hostname ${serverName} </dev/null >/dev/null 2>&1; [ $? -ne 124 ] || echo 'stays open'`;
  return `${ask} | ${by(as)}timeout 10 openssl s_client -quiet -connect ${at} ${asThisHost} -verify_return_error -verify_hostname ${serverName} 2>/dev/null || true`;
}

/** In memory, and gone afterwards. */
export function asStranger(at: string, dnsName: string, as?: As): string {
  const make = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=${dnsName} -addext subjectAltName=DNS:${dnsName}`;
  return `${folderOf(as)} && ${by(as)}${make} -keyout "$folder/key" -out "$folder/certificate" 2>/dev/null && ${by(as)}timeout 10 openssl s_client -quiet -connect ${at} ${judgingNobody} -cert "$folder/certificate" -key "$folder/key" </dev/null 2>&1; rm -r "$folder"`;
}

/** What it is offered to resume is gone afterwards. */
export function resuming(at: string, behind: Behind, as?: As): string {
  const ask = `ask() { ${behind.ask} | ${by(as)}timeout 10 openssl s_client -ign_eof -connect ${at} ${asThisHost} "$@" 2>/dev/null; }`;
  const again = 'if [ -s "$folder/session" ]; then ask -sess_in "$folder/session"; else ask; fi';
  return `${folderOf(as)}; ${ask}; ask -sess_out "$folder/session" >"$folder/first"; ${again} | grep --extended-regexp --only-matching '^(New|Reused), TLSv1.3'; rm -r "$folder"`;
}

/** What the tool says once a handshake is through. OpenSSL 3.5 has "Protocol: TLSv1.3" for one that was refused as well. */
export const tls13Spoken = "New, TLSv1[.]3";

/**
 * The rest of those of RFC 8446, appendix B.4: their tags are shorter, or, in one, they are in use nowhere. OpenSSL 3.5 offers the short one at
 * its lowest security level alone.
 */
export const withOtherSuites =
  "-tls1_3 -cipher DEFAULT@SECLEVEL=0 -ciphersuites TLS_AES_128_CCM_8_SHA256:TLS_AES_128_CCM_SHA256";
