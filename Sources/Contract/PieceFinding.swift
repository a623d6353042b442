internal import Diagnostics

/// A place of a piece's warnings, as its line of the manifest tells it.
package struct PieceFinding: Sendable, Hashable {
  /// Places told of one piece; later ones are left out.
  ///
  /// - Stops: a bill with a finding in each of 90,000 lines, in one line of the manifest.
  package static let limit = 100

  /// The warning's code.
  package var code: String
  /// The block of the layout with its place there, or `nil`.
  package var block: String?
  /// The path in the record; `$` where it is about no field.
  package var path: String
  /// The page, from 1, or `nil`.
  package var page: Int?
  /// How many warnings there are of that code at that place.
  package var count: Int
}

extension PieceFacts {
  /// The places of the warnings in the order in which they were met, equal ones once; at most ``PieceFinding/limit``.
  package var findings: [PieceFinding] {
    var findings: [PieceFinding] = []
    var known: [PieceFinding: Int] = [:]
    for warning in warnings {
      let finding = PieceFinding(
        code: warning.code.rawValue, block: warning.block?.text, path: warning.path, page: warning.page, count: 1)
      if let index = known[finding] {
        findings[index].count += 1
      } else if findings.count < PieceFinding.limit {
        known[finding] = findings.count
        findings.append(finding)
      }
    }
    return findings
  }
}

extension PieceFinding: Fielded {
  package static var blank: PieceFinding { PieceFinding(code: "", path: "", count: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("code", &code)
      try walker.field("block", &block)
      try walker.field("path", &path)
      try walker.field("page", &page)
      try walker.field("count", &count)
    }
  }
}
