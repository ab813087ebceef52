/// The page's style.
enum StyleSheet {
  /// All rules.
  static let text = [
    colors, layout, parts, Palette.shapes, Palette.variables.rules, StyleSheetParts.tables,
    StyleSheetParts.media,
  ].joined(separator: "\n")

  private static let light = """
    \(Palette.light.properties)--ground:#f5f6f8;--edge:#dfe3e8;--accent:#0b63a5;--soft:#eef4fa;
    --warn:#8a4b00;--warn-soft:#fdf4e3;--shadow:0 1px 2px rgb(20 30 50 / 6%);color-scheme:light;
    """
  private static let dark = """
    \(Palette.dark.properties)--ground:#0e1013;--edge:#2a2f37;--accent:#7cc0f5;--soft:#1c2733;
    --warn:#f2c078;--warn-soft:#2b2315;--shadow:none;color-scheme:dark;
    """

  private static let colors = """
    :root{\(light)}
    @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){\(dark)}}
    @media screen{:root[data-theme=dark]{\(dark)}}
    """

  private static let layout = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0;background:var(--ground);color:var(--ink);line-height:1.55;
      font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
      font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
    .top,main{max-width:1160px;margin:0 auto;padding:0 28px}
    .top{display:grid;grid-template-columns:1fr auto;gap:4px 24px;align-items:start;
      padding-top:48px}
    .top h1{font-size:2.1rem;line-height:1.2;letter-spacing:-.02em;font-weight:680;margin:0}
    .lead,.lines{grid-column:1/-1;max-width:76ch;margin:14px 0 0;font-size:1.06rem}
    .lines{margin-top:6px;padding-left:1.2em}
    .lines li{margin:2px 0}
    section{margin:52px 0 0}
    section:last-child{margin-bottom:72px}
    h2{font-size:1.35rem;letter-spacing:-.01em;line-height:1.3;margin:0 0 16px;font-weight:640}
    h3{font-size:1.05rem;line-height:1.4;margin:0;font-weight:620}
    h4{font-size:.86rem;margin:0 0 4px;font-weight:640}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
    code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;
      font-size:.94em}
    .card{background:var(--page);border:1px solid var(--edge);border-radius:12px;
      padding:22px 24px;box-shadow:var(--shadow);margin:0 0 18px}
    .split{display:grid;grid-template-columns:minmax(0,1fr) 300px;gap:12px 36px;margin-top:14px}
    .split>*{min-width:0}
    .split.wide{grid-template-rows:auto 1fr}
    .wide>*{grid-column:2}
    .wide>.main{grid-column:1;grid-row:1/span 2}
    .scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
    .tag,.flag{font-size:.8rem;font-weight:500;padding:1px 9px;border-radius:99px;
      background:var(--soft);color:var(--accent);margin-left:10px;display:inline-block}
    .flag{background:var(--warn-soft);color:var(--warn)}
    .unnamed,.absent{color:var(--muted)}
    html:not(.scripted) .needs-script{display:none}
    [hidden]{display:none!important}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
    """

  private static let parts = """
    button,input{font:inherit;color:inherit}
    .toggle,.switches button{border:1px solid var(--edge);background:var(--page);
      color:var(--muted);border-radius:8px;padding:3px 10px;font-size:.8rem;cursor:pointer;
      line-height:1.5;white-space:nowrap}
    .toggle{margin-top:8px}
    .toggle:hover,.switches button:hover{color:var(--ink);border-color:var(--axis)}
    .switches button[aria-pressed=true]{background:var(--soft);color:var(--accent);
      border-color:var(--accent)}
    figure{margin:0;position:relative}
    .tools{display:flex;flex-wrap:wrap;gap:6px 14px;justify-content:space-between;
      align-items:flex-start;margin-bottom:6px}
    .switches{display:flex;gap:6px;flex-wrap:wrap;margin-left:auto}
    .legend{display:flex;flex-wrap:wrap;gap:2px 6px;max-height:118px;overflow-y:auto;
      flex:1 1 240px;min-width:0}
    .key{border:0;background:none;padding:2px 6px 2px 0;font-size:.82rem;display:inline-flex;
      gap:7px;align-items:center;color:var(--ink);max-width:100%;text-align:start;
      border-radius:6px}
    .key bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:30ch}
    .scripted .key{cursor:pointer}
    .key[aria-pressed=false]{opacity:.42;text-decoration:line-through}
    .swatch{flex:none}
    .canvas{position:relative;touch-action:pan-y}
    .canvas svg{display:block;width:100%;height:auto;overflow:visible}
    figcaption{font-size:.8rem;color:var(--muted);margin-top:2px}
    .tip{position:absolute;z-index:3;pointer-events:none;background:var(--page);
      border:1px solid var(--edge);border-radius:8px;box-shadow:0 4px 16px rgb(0 0 0 / 14%);
      padding:7px 10px;font-size:.8rem;line-height:1.45;max-width:290px}
    .tip b{font-weight:640}
    .tip div{display:flex;gap:8px;align-items:baseline}
    .tip i{flex:none;width:9px;height:9px;border-radius:50%}
    .tip .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--muted)}
    .tip .value{margin-left:auto;white-space:nowrap;padding-left:8px}
    .cross{stroke:var(--axis);stroke-width:1;stroke-dasharray:3 3;fill:none}
    .near{stroke:var(--page);stroke-width:1.5}
    .dim{opacity:.22}
    .verdict{margin:0 0 18px}
    .verdict span,.verdict strong{display:block}
    .verdict strong{font-size:3.1rem;line-height:1.1;letter-spacing:-.03em;font-weight:680}
    .what,.basis{font-size:.86rem;color:var(--muted)}
    .interval{font-size:1.02rem;margin:4px 0 2px}
    .basis{margin:0 0 4px}
    .names{margin:0;padding:0;list-style:none;font-size:.86rem;max-height:220px;overflow-y:auto}
    .refusal,.warnings{background:var(--warn-soft);border-radius:10px;padding:12px 16px;
      margin:0 0 16px;font-size:.92rem}
    .warnings{margin:18px 0 0}
    .refusal h4,.warnings h4{color:var(--warn)}
    .refusal p{margin:0}
    .warnings ul{margin:0;padding-left:1.2em}
    """
}
