internal import Campaigns
internal import Composition
internal import Diagnostics
internal import LayoutLanguage

/// The words of a notice, of the postcard or of the e-mail, in one phase and language.
struct NoticeText {
  let scene: LintReport.Scene
  /// All it says.
  let parts: [SlotText]
  /// Where words stand that a postcard or an e-mail takes from the notice: what is wrong with them alone is told of that.
  var taken: Set<SourceRange> = []

  /// What it does not take from elsewhere.
  var own: [SlotText] { parts.filter { !taken.contains($0.source.range) } }
  /// What it says once it is opened.
  var shown: [SlotText] { parts.filter { !$0.isOutside } }
  /// What it is, in words.
  var noun: String {
    switch scene.teller {
    case .notice: "notice"
    case .postcard: "postcard"
    case .email: "e-mail"
    }
  }
  /// What it says in a slot.
  func range(of slot: String) -> SourceRange? { parts.first { $0.slot == slot }?.source.range }
}

/// What one slot of a notice says, evaluated; of the benefits, one of them.
struct SlotText {
  /// As the campaign names the slot.
  let slot: String
  let source: CampaignText
  /// Page numbers that are known only on the page.
  let late: [LateName]
  /// Whether it stands in lists of messages, beside the message: an e-mail's subject and preheader.
  let isOutside: Bool
  /// All of it, folded.
  let plain: String
  /// The same with an object replacement character for each value: what somebody typed.
  let typed: String
  /// Its paragraphs and lines, folded; none of them empty.
  let paragraphs: [String]

  /// Stands where a value stood.
  static let value: Character = "\u{FFFC}"

  private init(_ slot: String, _ source: CampaignText, _ pieces: [WordPiece], isOutside: Bool = false) {
    (self.slot, self.source, self.isOutside) = (slot, source, isOutside)
    late = pieces.compactMap { if case .late(let name) = $0 { name } else { nil } }
    plain = WordPiece.folded(pieces)
    typed = WordPiece.folded(pieces.map { if case .value = $0 { .words(String(SlotText.value)) } else { $0 } })
    paragraphs = pieces.split { $0 == .lineEnd }.map { WordPiece.folded($0) }.filter { !$0.isEmpty }
  }

  /// The parts of a notice's words, in the order in which notices are read.
  ///
  /// - Throws: The finding, where an expression cannot be evaluated.
  static func all(
    _ words: Words, _ compiled: CompiledWords, _ environment: borrowing Environment
  ) throws(Diagnostic) -> [SlotText] {
    var parts: [SlotText] = []
    for (name, source, line) in [("subject", words.subject, compiled.subject), ("preheader", words.preheader, compiled.preheader)] {
      guard let source else { continue }
      parts.append(SlotText(name, source, try WordPiece.pieces(of: [.paragraph(line)], in: environment), isOutside: true))
    }
    let single: [(Slot, String, CampaignText?)] = [
      (.label, "label", words.label), (.heading, "heading", words.heading), (.body, "body", words.body),
      (.action, "action", words.action), (.keepPaper, "keep-paper", words.keepPaper),
    ]
    for (slot, name, source) in single {
      guard let source else { continue }
      parts.append(SlotText(name, source, try WordPiece.pieces(of: compiled.blocks(slot), in: environment)))
    }
    guard case .list(_, let items)? = compiled.blocks(.benefits).first else { return parts }
    for (source, blocks) in zip(words.benefits, items) {
      parts.append(SlotText("benefits", source, try WordPiece.pieces(of: blocks, in: environment)))
    }
    return parts
  }

  /// Where some of its words stand in the campaign file; the whole slot where they are not written there as they are printed.
  func range(of words: some StringProtocol) -> SourceRange {
    let (text, wanted) = (Array(source.text.utf8), Array(words.utf8))
    guard !wanted.isEmpty, wanted.count <= text.count else { return source.range }
    for start in 0...(text.count - wanted.count) where text[start..<start + wanted.count].elementsEqual(wanted) {
      return source.range(of: start..<start + wanted.count)
    }
    return source.range
  }
}

extension StringProtocol {
  /// As much of a text as a message shows of it.
  var shown: String { count > 60 ? prefix(60) + "…" : String(self) }
}
