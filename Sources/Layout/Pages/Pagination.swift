public import Geometry

/// The pages of a bill, known.
public struct Pagination {
  private let paginator: Paginator
  private let survey: PageSurvey.Result
  /// What of the last page's body is used, 0…1; inserts, which stand only where room is left over, do not count.
  public let lastPageUse: Double

  init(paginator: Paginator, survey: PageSurvey.Result, lastPageUse: Double) {
    (self.paginator, self.survey, self.lastPageUse) = (paginator, survey, lastPageUse)
  }

  /// How many pages the bill has, at least 1.
  public var count: Int { survey.pages.count }
  /// The page on which the landmark begins, from 1; `nil` where the body has none of that name.
  public func page(of landmark: Landmark) -> Int? { survey.landmarks[landmark] }
  /// The pages with late values still open, or `nil` for a bill too long to keep; see ``forEachPage(_:)``.
  public var frames: [Frame]? { survey.frames }

  /// The height of the body that page `number`, from 1, leaves empty at its end; `nil` for a page there is not.
  public func unusedHeight(page number: Int) -> Length? { survey.pages.first { $0.number == number }?.room }

  /// What parts of the sheet of page `number`, from 1, are kept for; empty for a page there is not.
  public func zones(page number: Int) -> [PageZone] {
    survey.pages.indices.contains(number - 1) ? survey.pages[number - 1].zones : []
  }

  /// The late values of page `number`, from 1.
  public func lateValues(page number: Int) -> LateValues {
    LateValues(page: number, pages: count, landmarks: survey.landmarks)
  }

  /// Hands over each page in order, its number from 1 and its finished frame: everything bound, ready to be inspected and painted.
  ///
  /// A bill whose pages were not kept is laid out a second time, page by page, and each page is forgotten when `body` returns.
  ///
  /// - Throws: What `body` throws.
  public func forEachPage(_ body: (Int, Frame) throws -> Void) throws {
    let context = paginator.context
    defer { context.page = 0 }
    if let frames {
      for (index, frame) in frames.enumerated() {
        context.page = index + 1
        try body(index + 1, frame.bound(to: lateValues(page: index + 1), in: context))
      }
      return
    }
    // What there was to find has been found.
    context.trialDepth += 1
    defer { context.trialDepth -= 1 }
    try withoutActuallyEscaping(body) { body in
      try PageSurvey(document: paginator.document, context: context, keeping: 0) { number, frame in
        try body(number, frame.bound(to: lateValues(page: number), in: context))
      }.runDelivering()
    }
  }
}
