/** One column that is read as a letter is; tables scroll rather than break the page; on paper black on white. */
export const reportStyle = `
:root{--ink:#1b2733;--soft:#52616e;--paper:#fff;--line:#d5dde4;--shade:#f3f6f8;--good:#1f6f43;--warn:#8a4b00;--own:#2559a8;--bad:#a3162b}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a9b7c4;--paper:#0f161d;--line:#2c3a47;--shade:#17212b;--good:#5fce8a;--warn:#f0b35e;--own:#8ab8ff;--bad:#ff8f9c}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--line:#bbb;--shade:#f4f4f4;--good:#1f6f43;--warn:#8a4b00;--own:#2559a8;--bad:#a3162b}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:66rem;margin:0 auto;padding:2rem 1.5rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem} h2{margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{margin:2rem 0 .5rem} p,li{max-width:48rem;overflow-wrap:anywhere} li{margin:.25rem 0}
.table{overflow-x:auto;margin:.75rem 0} table{border-collapse:collapse;width:100%;font-size:.9em}
td:first-child,th:first-child{white-space:nowrap} th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)} th{color:var(--soft);font-weight:600;background:var(--shade)}
code{font:.85em/1.4 ui-monospace,monospace;background:var(--shade);padding:.1em .25em;border-radius:3px;overflow-wrap:anywhere}
figure{margin:1rem 0} figure svg{width:100%;height:auto}
.status{white-space:nowrap;font-weight:600} .status.met{color:var(--good)} .status.met::before{content:"✓ "}
.status.partly-met{color:var(--warn)} .status.partly-met::before{content:"◐ "} .status.designed{color:var(--soft)} .status.designed::before{content:"○ "}
.status.not-met{color:var(--bad)} .status.not-met::before{content:"✗ "} .status.weakened{color:var(--warn)} .status.weakened::before{content:"! "} .status.organisation{color:var(--own)} .status.organisation::before{content:"→ "}
.status.alternative{color:var(--own)} .status.alternative::before{content:"≈ "}
.status.not-applicable{color:var(--soft)} .status.not-applicable::before{content:"– "}
@page{size:A4;margin:14mm 16mm}
@media print{body{font-size:9.5pt;line-height:1.4} p,li{max-width:none;margin:.3em 0} h1{font-size:16pt;margin-bottom:.5rem} h2{font-size:12pt;margin:1rem 0 .4rem} h3{font-size:10.5pt;margin:1rem 0 .3rem} ul{margin:.3em 0} figure,.table{margin:.4rem 0} th,td{padding:.2rem .4rem} main{max-width:none;padding:0} .page{break-after:page} h2,h3{break-after:avoid} tr,figure{break-inside:avoid} .table{overflow:visible} .status,td:first-child{white-space:normal}}
`;
