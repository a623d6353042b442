/// An e-mail's HTML as a frame of the page shows it, in light or in dark mode whatever the browser's own is.
enum MessageFrame {
  /// How a reader of mail shows messages.
  enum Mode: String, CaseIterable {
    case light, dark
  }

  /// The document of a message in a mode.
  ///
  /// What its style says for one mode by `prefers-color-scheme` is turned on or off; in dark mode it lies on the dark grey that readers of mail have.
  static func document(_ html: String, _ mode: Mode) -> [UInt8] {
    var result = ""
    var rest = html[...]
    while let start = rest.firstRange(of: "<style"), let end = rest[start.upperBound...].firstRange(of: "</style") {
      result += rest[..<start.lowerBound] + settled(String(rest[start.lowerBound..<end.lowerBound]), mode)
      rest = rest[end.lowerBound...]
    }
    result += rest
    // Behind the message's own style, which may set the same for everybody.
    let ground = mode == .dark ? "color-scheme:dark;background:#121212" : "color-scheme:light;background:#fff"
    // A scroll bar would make the column narrower than it is said to be.
    let style = "<style>:root{\(ground);scrollbar-width:none}</style>"
    if let head = result.firstRange(of: "</head>") {
      result.insert(contentsOf: style, at: head.lowerBound)
    } else {
      result = style + result
    }
    return Array(result.utf8)
  }

  /// A style sheet in which conditions on the mode hold always or never.
  private static func settled(_ style: String, _ mode: Mode) -> String {
    Mode.allCases.reduce(style) { style, one in
      style.replacing(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/.ignoresCase()) { match in
        guard match.output.1.lowercased() == one.rawValue else { return String(match.output.0) }
        return one == mode ? "(min-width:0)" : "(max-width:0)"
      }
    }
  }
}
