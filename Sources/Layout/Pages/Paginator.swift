internal import Geometry

/// Turns a document into pages.
public struct Paginator {
  /// Bills with more pages are laid out twice, and no page is kept (2,000 pages of frames would take over 100 MB).
  ///
  /// - Stops: a bill of thousands of pages, all of them in memory.
  public static let keptPages = 200
  /// Sets of inserts tried: each try lays the bill out once.
  ///
  /// - Stops: many inserts, each tried with each.
  private static let insertTries = 8

  let document: Document
  let context: LayoutContext

  /// Makes the paginator of one document; the context is the bill's own.
  public init(_ document: Document, context: LayoutContext) { (self.document, self.context) = (document, context) }

  /// Lays the whole bill out. What went wrong is in ``LayoutContext/findings``; there is at least one page, and always an end.
  ///
  /// - Parameter keeping: up to how many pages the frames are kept; a longer bill is laid out again by ``Pagination/forEachPage(_:)``.
  public func paginate(keeping: Int = Paginator.keptPages) -> Pagination {
    var chosen: [ChosenInsert] = []
    let plain = context.attempt {
      let plain = run(with: [], keeping: keeping)
      chosen = chooseInserts(plain.slots, plain.result)
      return plain.result
    } isKept: { (_: PageSurvey.Result) in
      chosen.isEmpty
    }
    let survey = chosen.isEmpty ? plain : place(chosen, plain, keeping: keeping)
    context.page = 0
    return Pagination(paginator: self, survey: survey, lastPageUse: plain.pages.last?.use ?? 0)
  }

  private typealias ChosenInsert = (insert: InsertNode, size: Int)

  /// Lays the bill out with these inserts; the other inserts that were met are the slots.
  private func run(with inserts: [ChosenInsert], keeping: Int) -> (result: PageSurvey.Result, slots: [InsertSlot]) {
    context.insertPlan = Dictionary(inserts.map { (ObjectIdentifier($0.insert), $0.size) }, uniquingKeysWith: { first, _ in first })
    let result = PageSurvey(document: document, context: context, keeping: keeping).run()
    return (result, context.takeSlots())
  }

  /// Which inserts the space left at the pages' ends can hold, highest priority first, each in its first size that fits.
  private func chooseInserts(_ slots: [InsertSlot], _ survey: PageSurvey.Result) -> [ChosenInsert] {
    var room: [Int: Length] = [:]
    for page in survey.pages { room[page.number] = page.room }
    var chosen: [ChosenInsert] = []
    let ordered = slots.enumerated().sorted { ($1.element.insert.priority, $0.offset) < ($0.element.insert.priority, $1.offset) }
    for (_, slot) in ordered {
      guard let left = room[slot.page] else { continue }
      for (index, size) in slot.insert.sizes.enumerated() {
        let (height, isClean) = context.trial { () -> Length in
          guard case .complete(let frame) = size.fill(.endless(width: slot.width), in: context) else { return .infinity }
          return frame.size.height
        }
        guard isClean, height > .zero, height.fits(left) else { continue }
        room[slot.page] = left - height
        chosen.append((slot.insert, index))
        break
      }
    }
    return chosen
  }

  /// Lays the bill out with inserts, as many as move nothing to another page.
  private func place(_ chosen: [ChosenInsert], _ plain: PageSurvey.Result, keeping: Int) -> PageSurvey.Result {
    var chosen = chosen
    for _ in 0..<Self.insertTries where !chosen.isEmpty {
      let placed = context.attempt { () -> PageSurvey.Result? in
        let survey = run(with: chosen, keeping: keeping).result
        return survey.pages.map(\.marks) == plain.pages.map(\.marks) ? survey : nil
      }
      if let placed { return placed }
      // The space above and below an insert was not counted, or something else stood in the way: the least important goes.
      chosen.removeLast()
    }
    return run(with: [], keeping: keeping).result
  }
}
