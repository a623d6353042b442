/// The words of one part of a document, such as its terms, gathered page by page: paragraphs in the order in which they begin, each whole over
/// its lines, columns and pages.
///
/// What is not read (running heads, watermarks) is left out; the head of a table stands as often as pages repeat it.
public struct PartText {
  /// The runs of a paragraph, or of whatever else has words, in the order they are read in.
  public struct Paragraph {
    /// Of all its lines.
    public fileprivate(set) var runs: [GlyphRun] = []
  }

  private let landmark: Landmark
  /// Those that have words.
  public private(set) var paragraphs: [Paragraph] = []
  /// The places of paragraphs that may go on.
  private var open: [ObjectIdentifier: (identity: TagIdentity, place: Int)] = [:]

  /// Begins with no pages.
  public init(of landmark: Landmark) { self.landmark = landmark }

  /// What a frame stands inside.
  private struct Scope {
    var isInside = false
    /// What its words are a paragraph of: pieces of a broken one have its identity.
    var identity: TagIdentity?
    /// The place of that paragraph, once it has words.
    var place: Int?
    /// Whether words in it begin a paragraph of their own.
    var isParagraph = false
  }

  /// Adds the words of the next page, bound to its late values.
  ///
  /// - Returns: Whether the page has some.
  /// - Complexity: O(items)
  @discardableResult public mutating func add(_ page: Frame) -> Bool {
    var hasWords = false
    var stack = [Scope()]
    FrameWalker.walk(page) { step in
      switch step {
      case .enter(let frame, _):
        var scope = stack[stack.count - 1]
        scope.isParagraph = false
        if let tag = frame.tag {
          if tag.landmark == landmark { scope.isInside = true }
          if case .artifact = tag.role { scope.isInside = false }
          (scope.identity, scope.place, scope.isParagraph) = (tag.identity, nil, true)
        }
        stack.append(scope)
      case .leave: stack.removeLast()
      case .item(.run(let run, _), _):
        guard stack[stack.count - 1].isInside else { return }
        // Lines are frames of their own within their paragraph's.
        let owner = stack.lastIndex(where: \.isParagraph) ?? 0
        let place = stack[owner].place ?? begin(stack[owner].identity)
        stack[owner].place = place
        paragraphs[place].runs.append(run)
        hasWords = true
      case .item: break
      }
    }
    return hasWords
  }

  /// The place of the paragraph with that identity, or of a new one.
  private mutating func begin(_ identity: TagIdentity?) -> Int {
    if let identity, let known = open[ObjectIdentifier(identity)] { return known.place }
    paragraphs.append(Paragraph())
    if let identity { open[ObjectIdentifier(identity)] = (identity, paragraphs.count - 1) }
    return paragraphs.count - 1
  }
}
