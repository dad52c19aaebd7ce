/**
 * One column that is read as a letter is; tables scroll rather than break the page; on paper black on white, with rows that stay together.
 *
 * @param footer - What stands below each printed page, before its number.
 */
export function reportStyle(footer: string): string {
  return `${style}@page{size:A4;margin:12mm 14mm 14mm;@bottom-left{content:"${cssText(footer)}";font:7.5pt system-ui,sans-serif;color:#333}@bottom-right{content:counter(page) " of " counter(pages);font:7.5pt system-ui,sans-serif;color:#333}}
`;
}

/** As CSS takes it between quotes, and HTML in an element of style. */
function cssText(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:-]/gu, (one) => `\\${(one.codePointAt(0) ?? 0).toString(16)} `);
}

const style = `
:root{--ink:#1b2733;--soft:#52616e;--paper:#fff;--line:#d5dde4;--shade:#f3f6f8;--good:#1f6f43;--warn:#8a4b00;--own:#2559a8;--bad:#a3162b}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a9b7c4;--paper:#0f161d;--line:#2c3a47;--shade:#17212b;--good:#5fce8a;--warn:#f0b35e;--own:#8ab8ff;--bad:#ff8f9c}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--line:#bbb;--shade:#f4f4f4;--good:#1f6f43;--warn:#8a4b00;--own:#2559a8;--bad:#a3162b}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:2rem 1.5rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 1rem} h2{margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{margin:2rem 0 .5rem} p,li{max-width:52rem;overflow-wrap:anywhere} li{margin:.25rem 0} a{color:var(--own)}
.table{overflow-x:auto;margin:.75rem 0} table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:44rem;font-size:.88em}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere} th{color:var(--soft);font-weight:600;background:var(--shade)}
.form td{border:1px solid var(--line);height:2.2rem} .form th{border:1px solid var(--line)}
code{font:.85em/1.4 ui-monospace,monospace;background:var(--shade);padding:.1em .25em;border-radius:3px;overflow-wrap:anywhere}
figure{margin:1rem 0} figure svg{width:100%;height:auto}
.status{font-weight:600} .status.met{color:var(--good)} .status.partly-met,.status.weakened{color:var(--warn)} .status.not-met{color:var(--bad)}
.status.designed,.status.not-applicable{color:var(--soft)} .status.alternative,.status.organisation{color:var(--own)}
@media print{body{font-size:9pt;line-height:1.36} p,li{max-width:none;margin:.3em 0;orphans:3;widows:3} h1{font-size:15pt;margin-bottom:.4rem} h2{font-size:12pt;margin:.9rem 0 .3rem} h3{font-size:10pt;margin:.7rem 0 .3rem} ul{margin:.3em 0;padding-left:1.2rem} figure,.table{margin:.35rem 0} table{font-size:8pt;line-height:1.3;min-width:0} th,td{padding:.16rem .35rem} main{max-width:none;padding:0} h2,h3{break-after:avoid} p:has(+.table),p:has(+ul),p:has(+.columns){break-after:avoid} tr,figure{break-inside:avoid} thead{display:table-header-group} .table{overflow:visible} a{color:inherit;text-decoration:none} .columns{columns:2;column-gap:7mm;font-size:8pt;line-height:1.26} .columns h3{font-size:8.5pt;margin:.8em 0 .15em} .columns h3:first-child{margin-top:0} .columns h3+p{break-inside:avoid;break-after:avoid} .columns p,.columns li,.columns ul{margin:.15em 0} .columns ul{padding-left:.9rem} .columns li{break-inside:avoid} .together{break-inside:avoid} .form td{height:9mm}}
`;
