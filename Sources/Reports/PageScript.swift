/// The page's script: plain functions, no libraries, nothing from the network.
enum PageScript {
  /// The whole script.
  static let text = [
    "(function () {\n'use strict';", PageScriptScales.text, PageScriptDrawing.text,
    PageScriptFigures.text, PageScriptTable.text, "start();\n})();",
  ].joined(separator: "\n")
}
