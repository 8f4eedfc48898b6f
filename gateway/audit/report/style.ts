/** How the report's page looks: dark on white, no colour that tells something alone, and A4 in print. */
export const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #212b32; font: 1rem/1.5 Arial, Helvetica, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.75rem; line-height: 1.2; color: #003087; }
dl { margin: 1rem 0; padding: .75rem 1rem; border-left: .4rem solid #005eb8; background: #f0f4f5; }
dl div { display: flex; flex-wrap: wrap; gap: 0 .75rem; }
dt { font-weight: bold; min-width: 8rem; }
dd { margin: 0; }
p { max-width: 46rem; }
table { width: 100%; border-collapse: collapse; margin: 1.5rem 0; }
caption { text-align: left; font-weight: bold; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #768692; overflow-wrap: anywhere; }
thead th { border-bottom-width: 2px; }
tbody th { font-weight: normal; width: 20%; }
.refused td:nth-child(3) { font-weight: bold; }
.nothing { font-weight: bold; }
@page { size: A4; margin: 18mm 15mm; }
@media print {
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  dl { background: none; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  h1, caption { break-after: avoid; }
}
`
