internal import Diagnostics

/// The anchors of a layout and who points to them, collected while it is compiled: what points may stand before what is pointed to.
final class AnchorBook {
  /// The anchors that need no name.
  private let builtIn: [AnchorName]
  private var declared: [String] = []
  private var uses: [(name: String, range: SourceRange)] = []
  /// Those that a link leads to.
  private(set) var linked: Set<String> = []
  /// Whether anything in the layout points to one.
  var isUsed: Bool { !uses.isEmpty }

  init(builtIn: [AnchorName] = AnchorName.allCases) { self.builtIn = builtIn }

  func declare(_ name: String) { if !declared.contains(name) { declared.append(name) } }

  func use(_ name: String, at range: SourceRange) { uses.append((name, range)) }

  func link(to name: String, at range: SourceRange) {
    use(name, at: range)
    linked.insert(name)
  }

  /// Reports what points to nothing.
  func check(_ findings: Findings) {
    let known = declared + builtIn.map(\.rawValue)
    for use in uses where !known.contains(use.name) {
      findings.error(
        .unknownAnchor, "no block has anchor=\"\(use.name)\"", at: use.range, suggestion: Suggestion.didYouMean(use.name, among: known))
    }
  }
}

/// Checks a use of an anchor.
struct AnchorUse {
  let scope: Scope
  let findings: Findings

  /// Whether something may point to the anchor here; a name that is none is found later, when all anchors are known, but in words apart
  /// from a layout.
  func isKnown(_ name: String, at range: SourceRange, whole: String, isLink: Bool = false) -> Bool {
    if AnchorName(rawValue: name) != nil, !scope.hasCampaign {
      findings.error(
        .optionalValue, "'\(whole)' may be absent: only a bill with a notice or terms has that part", at: range,
        suggestion: "put <if test=\"campaign\"> round it")
      return false
    }
    if let anchors = scope.anchors {
      if isLink { anchors.link(to: name, at: range) } else { anchors.use(name, at: range) }
      return true
    }
    if AnchorName(rawValue: name) != nil { return true }
    let known = AnchorName.allCases.map(\.rawValue)
    findings.error(
      .unknownAnchor, "these words know no anchor but \(AttributeType.list(known))", at: range,
      suggestion: Suggestion.didYouMean(name, among: known))
    return false
  }
}
