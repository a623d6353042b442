/// A document's structure as readable text, one line an element, for goldens: a change of it becomes a readable diff.
///
///     Table
///       TBody
///         TR
///           TH row "Energy"
///           TD span 2 "120.00" @2
///
/// Content stands behind its element, or below it where elements stand between: the words of a run in quotation marks, with the page where that
/// is not the one before. What is not read is listed behind the document, page by page.
public struct StructureText {
  private let tree: StructureTree
  /// What each page paints, in painting order.
  private var items: [[Item]] = []
  private var lines: [String] = []
  private var page = 1

  /// Prints the structure of finished pages.
  public static func text(of pages: [Frame], language: String, direction: Direction = .leftToRight) -> String {
    var writer = StructureText(tree: StructureTree(of: pages, language: language, direction: direction))
    for page in pages {
      var items: [Item] = []
      FrameWalker.walk(page) { if case .item(let item, _) = $0 { items.append(item) } }
      writer.items.append(items)
    }
    writer.write(writer.tree.root, depth: 0)
    writer.writeArtifacts()
    return writer.lines.joined(separator: "\n") + "\n"
  }

  private init(tree: StructureTree) { self.tree = tree }

  private mutating func write(_ element: StructureElement, depth: Int) {
    let margin = String(repeating: "  ", count: depth)
    var line = margin + StructureText.name(element)
    var isOpen = true
    for child in element.children {
      switch child {
      case .content(let piece):
        guard let words = words(piece) else { continue }
        if isOpen {
          line += " " + words
        } else {
          (line, isOpen) = (margin + "  " + words, true)
        }
      case .element(let id):
        if isOpen { lines.append(line) }
        isOpen = false
        if let inner = tree[id] { write(inner, depth: depth + 1) }
      }
    }
    if isOpen { lines.append(line) }
  }

  private mutating func writeArtifacts() {
    for structure in tree.pages {
      page = structure.number
      var found: [(kind: Artifact, words: [String], count: Int)] = []
      for content in structure.contents {
        guard case .artifact(let kind) = content.owner else { continue }
        let said = words(content.piece).map { [$0] } ?? []
        if let last = found.last, last.kind == kind {
          found[found.count - 1].words += said
          found[found.count - 1].count += 1
        } else {
          found.append((kind, said, 1))
        }
      }
      for artifact in found {
        let marks = artifact.count - artifact.words.count
        lines.append(
          "artifact \(artifact.kind) @\(structure.number)" + (marks > 0 ? " \(marks) marks" : "")
            + artifact.words.map { " " + $0 }.joined())
      }
    }
  }

  /// What a piece says; `nil` for marks without words.
  private mutating func words(_ piece: ContentPiece) -> String? {
    guard items.indices.contains(piece.page - 1), items[piece.page - 1].indices.contains(piece.item) else { return nil }
    var words: String
    switch items[piece.page - 1][piece.item] {
    case .run(let run, _):
      var text = run.text
      if let bytes = piece.bytes { text = String(decoding: Array(text.utf8)[bytes], as: UTF8.self) }
      words = StructureText.quoted(text)
    case .link: words = "area"
    case .image: words = "image"
    case .symbol: words = "symbol"
    case .shape, .late, .frame, .anchor: return nil
    }
    if piece.page != page { words += " @\(piece.page)" }
    page = piece.page
    return words
  }

  private static func name(_ element: StructureElement) -> String {
    var name =
      switch element.kind {
      case .document: "Document"
      case .section: "Sect"
      case .division: "Div"
      case .blockQuote: "BlockQuote"
      case .heading(let level): "H\(level)"
      case .paragraph: "P"
      case .list: "L"
      case .listItem: "LI"
      case .label: "Lbl"
      case .listBody: "LBody"
      case .table: "Table"
      case .tableHead: "THead"
      case .tableBody: "TBody"
      case .tableFoot: "TFoot"
      case .tableRow: "TR"
      case .cell(let place):
        (place.scope.map { "TH \($0)" } ?? "TD") + (place.columnSpan > 1 ? " span \(place.columnSpan)" : "")
          + (place.rowSpan > 1 ? " rows \(place.rowSpan)" : "")
      case .figure: "Figure"
      case .link: "Link"
      case .span: "Span"
      }
    if let landmark = element.landmark { name += " '\(landmark.rawValue)'" }
    if let language = element.language { name += " lang=\(language)" }
    if let description = element.description { name += " alt=\(quoted(description))" }
    if let replacement = element.replacement { name += " says=\(quoted(replacement))" }
    if let address = element.address { name += " <\(address)>" }
    return name
  }

  /// The text in quotation marks; quotation marks, backslashes and invisible characters are escaped.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _
      where scalar.value < 0x20 || scalar == "\u{A0}" || scalar == "\u{AD}" || scalar == "\u{202F}"
        || scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .lineSeparator:
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
