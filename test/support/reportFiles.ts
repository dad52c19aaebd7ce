/** What a report's folder has, in the order in which its files are written. */
export const reportFiles = [
  "report.html",
  "report-annex.html",
  "report.md",
  "report-annex.md",
  "network-map.svg",
  "controls.json",
  "oscal-component-definition.json",
  "oscal-profile.json",
  "oscal-ssp.json",
  "oscal-assessment-results.json",
  "oscal-poam.json",
  "SHA256SUMS",
] as const;
