/** How often an application's credentials, which last an hour, are renewed: STS may be away for the rest of it. */
export const appSessionRenewalSeconds = 900;

/** How soon after a renewal that failed the next is tried. */
export const appSessionRetrySeconds = 60;
