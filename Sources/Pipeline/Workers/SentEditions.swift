internal import Billing
internal import Contract

/// The files of editions that a worker has sent to its parent: one serves many records, and goes over the pipe once.
struct SentEditions {
  private struct Key: Hashable {
    var kind: PieceKind
    var language: String
    var format: Bill.Format
  }

  private var sent: [Key: (sha256: String, bytes: Int)] = [:]

  private static func key(_ facts: PieceFacts) -> Key? {
    facts.kind.traits.naming == .edition ? Key(kind: facts.kind, language: facts.language, format: facts.format) : nil
  }

  /// Says of a piece what its file is, and takes the bytes away, where they were sent before.
  ///
  /// - Returns: Whether they were.
  func describe(_ piece: inout Piece) -> Bool {
    guard let key = Self.key(piece.facts), let known = sent[key] else { return false }
    (piece.facts.sha256, piece.facts.bytes) = known
    piece.bytes = []
    return true
  }

  /// Notes a file that is being sent.
  mutating func note(_ facts: PieceFacts) {
    if let key = Self.key(facts) { sent[key] = (facts.sha256, facts.bytes) }
  }
}
