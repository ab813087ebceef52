/// What pictures on their own have in common: a heading, a legend and colours for light and dark.
enum StandalonePicture {
  /// An SVG document.
  static func document(
    title: String, layout: ChartLayout, legend: String, content: String
  ) -> String {
    let size = "\(Scale.text(layout.width)) \(Scale.text(layout.height))"
    let heading = Markup.escape(Markup.plainName(title))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" \
      width="\(Scale.text(layout.width))" height="\(Scale.text(layout.height))" role="img" \
      aria-labelledby="title">
      <title id="title">\(heading)</title>
      <style>\(style)</style>
      <rect class="page" width="100%" height="100%" rx="8"/>
      <text class="heading" x="24" y="36">\(heading)</text>
      \(legend)
      \(content)
      </svg>

      """
  }

  /// The rules of a picture.
  static let style: String = {
    let dark = rules(.dark)
    return """
      text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;\
      font-variant-numeric:tabular-nums;unicode-bidi:isolate}
      .heading{font-size:18px;font-weight:650}.key{font-size:12.5px}
      .final{font-size:32px;font-weight:680;letter-spacing:-.02em}
      \(Palette.shapes)
      \(rules(.light))
      @media (prefers-color-scheme:dark){\(dark)}
      """
  }()

  private static func rules(_ palette: Palette) -> String {
    """
    .page{fill:\(palette.page)}.heading,.final{fill:\(palette.ink)}\
    .key{fill:\(palette.muted)}\(palette.rules)
    """
  }
}
