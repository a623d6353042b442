/// The terms printed in a piece.
public struct TermsFacts: Sendable, Hashable {
  /// As the campaign names it.
  public var version: String
  /// Digest of the bytes of that language's file: 64 lower-case hexadecimal digits.
  public var digest: String
  /// The page they begin on, from 1.
  public var firstPage: Int

  /// Makes the facts of printed terms.
  public init(version: String, digest: String, firstPage: Int) {
    (self.version, self.digest, self.firstPage) = (version, digest, firstPage)
  }
}

extension TermsFacts: Fielded {
  package static var blank: TermsFacts { TermsFacts(version: "", digest: "", firstPage: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("version", &version)
      try walker.field("digest", &digest, [.pipe, .journal, .manifest])
      try walker.field("first_page", &firstPage)
    }
  }
}
