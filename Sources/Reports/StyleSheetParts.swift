/// The style of tables, lists and media.
enum StyleSheetParts {
  /// Tables, lists of facts and the folded sections of runs.
  static let tables = """
    table{border-collapse:separate;border-spacing:0;font-size:.88rem;width:100%}
    caption{text-align:left;font-weight:640;font-size:.86rem;padding:0 0 6px}
    th,td{padding:7px 12px;text-align:left;border-bottom:1px solid var(--edge);
      white-space:nowrap;vertical-align:middle}
    tbody tr:last-child>*{border-bottom:0}
    thead th{color:var(--muted);font-weight:560;font-size:.82rem;vertical-align:bottom}
    tbody th{font-weight:520}
    .number,.parameters td:nth-child(-n+4):not(.absent){text-align:right}
    .parameters{margin-top:18px;width:auto;min-width:min(100%,560px)}
    .parameters thead th:nth-child(n+2):nth-child(-n+4){text-align:right}
    #run-table thead button{border:0;background:none;padding:0;font-weight:560;cursor:default;
      color:inherit;font-size:inherit}
    .scripted #run-table thead button{cursor:pointer}
    .scripted #run-table thead button:hover{color:var(--ink)}
    #run-table th[aria-sort] button{color:var(--accent)}
    #run-table th[aria-sort=ascending] button::after{content:" ↑"}
    #run-table th[aria-sort=descending] button::after{content:" ↓"}
    #run-table tbody th,#run-table thead th:first-child{position:sticky;left:0;z-index:1;
      background:var(--page);max-width:320px;overflow:hidden;text-overflow:ellipsis}
    #run-table tbody tr:hover>*{background:var(--soft)}
    .tall{max-height:min(720px,80vh);overflow-y:auto}
    .tall thead th{position:sticky;top:0;z-index:2;background:var(--page)}
    #run-table thead th:first-child{z-index:3}
    .some{color:var(--warn);font-weight:600}
    .spark{display:block}
    .spark .line{stroke-width:1.4}
    .filter{display:flex;gap:14px;align-items:center;margin-bottom:12px;font-size:.86rem;
      color:var(--muted)}
    .filter input{border:1px solid var(--edge);border-radius:8px;padding:6px 12px;
      background:var(--ground);width:min(320px,60vw);color:var(--ink)}
    .facts{margin:0;font-size:.88rem}
    .facts div{display:flex;justify-content:space-between;gap:16px;padding:4px 0;
      border-bottom:1px solid var(--grid)}
    .facts div:last-child{border-bottom:0}
    .facts dt{color:var(--muted);flex:none;max-width:50%}
    .facts dd{margin:0;text-align:right;min-width:0}
    .facts small{color:var(--muted);font-size:.92em;display:block}
    .run>summary{cursor:pointer;display:flex;align-items:center;list-style:none;gap:0}
    .run>summary::-webkit-details-marker{display:none}
    .run>summary::before{content:"";width:7px;height:7px;border:solid var(--muted);
      border-width:0 1.6px 1.6px 0;transform:rotate(-45deg);margin:0 14px 0 2px;flex:none;
      transition:transform .12s}
    .run[open]>summary::before{transform:rotate(45deg)}
    .run>summary h3{min-width:0}
    .run .tag,.run .flag{flex:none}
    .run .loss{margin-left:auto;padding-left:16px;font-weight:600}
    .run:not([open]){padding-top:13px;padding-bottom:13px;margin-bottom:8px}
    .failures{margin:0}
    .failures div+div{margin-top:14px}
    .failures dt{font-weight:600}
    .failures dd{margin:2px 0 0;color:var(--muted)}
    """

  /// Narrow windows, paper and readers who want no motion.
  static let media = """
    @media screen and (max-width:900px){
      .split{grid-template-columns:minmax(0,1fr)}
      .split.wide{grid-template-rows:none}
      .wide>*,.wide>.main{grid-column:auto;grid-row:auto}
      .verdict{margin-bottom:6px}
    }
    @media (max-width:600px){
      .top,main{padding:0 14px}
      .top{padding-top:26px}
      .top h1{font-size:1.6rem}
      .lead,.lines{font-size:1rem}
      section{margin-top:38px}
      .card{padding:16px 14px;border-radius:10px}
      .run>summary{flex-wrap:wrap;row-gap:4px}
      .run>summary h3{flex:1 1 60%}
      .run .tag,.run .flag{margin-left:0;margin-right:8px}
      .run .loss{padding-left:0}
      #run-table tbody th,#run-table thead th:first-child{max-width:150px}
      th,td{padding:7px 9px}
      .verdict strong{font-size:2.6rem}
    }
    @media print{
      body{background:none;font-size:10.5pt}
      .top,main{max-width:none;padding:0}
      .needs-script,.tip{display:none!important}
      .card{box-shadow:none;break-inside:avoid;padding:12px 0;border-width:1px 0 0;
        border-radius:0}
      .split{grid-template-columns:minmax(0,1fr) 220px}
      section{margin-top:26px}
      h2,h3{break-after:avoid}
      .scroll,.scroll.tall{overflow:visible;max-height:none}
      table{font-size:7.6pt}
      th,td{padding:3px 4px;white-space:normal;position:static!important}
      .verdict strong{font-size:2.2rem}
      th,td{overflow-wrap:break-word}
      thead th{font-size:7pt!important}
      #run-table .spark{width:64px;height:16px}
      .legend,.names{max-height:none;overflow:visible}
    }
    @media (prefers-reduced-motion:reduce){*{scroll-behavior:auto!important;
      transition:none!important}}
    """
}
