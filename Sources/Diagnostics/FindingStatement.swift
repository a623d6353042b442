/// What a finding says, in parts: places and figures stay values until it is told, and ``text`` is the one sentence made of them.
public struct FindingStatement: Hashable, Sendable {
  /// What is wrong, in lower case: a sentence, or the rest of one whose subject is the block of ``origin``.
  public var claim: String
  /// Where it arose, beside the record itself; `nil` where nothing but the record is concerned.
  public var origin: FindingOrigin?
  /// The page of the piece it happened on, from 1; `nil` where it is about no page.
  public var page: Int?
  /// The measures behind the claim: `height 30 pt wanted, 20 pt available`.
  public var figures: String?

  /// Makes a statement.
  public init(_ claim: String, origin: FindingOrigin? = nil, page: Int? = nil, figures: String? = nil) {
    (self.claim, self.origin, self.page, self.figures) = (claim, origin, page, figures)
  }

  /// One sentence in lower case with its places and figures in words.
  public var text: String {
    var text = claim
    if case .block(let block)? = origin { text = "\(block.text) \(text)" }
    if let page { text += " on page \(page)" }
    if let figures { text += ": \(figures)" }
    switch origin {
    case .source(let place)?: text += " (\(place.text))"
    case .document(let place)?: text += " (\(place.text))"
    case .block?, nil: break
    }
    return text
  }
}
