/** How often hosts look for a new version of their secret, unless it is said otherwise. */
export const defaultRefreshIntervalSeconds = 300;
