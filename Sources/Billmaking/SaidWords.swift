internal import Campaigns
internal import Layout

/// What a part of the finished pages says, and which runs say it.
struct SaidWords {
  private(set) var words = PlainWords()
  /// Each run and the place its words begin at.
  private var runs: [(start: Int, run: GlyphRun)] = []

  /// Complexity: O(characters).
  init(_ text: PartText) {
    for paragraph in text.paragraphs {
      words.addGap()
      for run in paragraph.runs {
        runs.append((words.count, run))
        words.append(run.text)
        words.addSeam()
      }
    }
  }

  /// The runs that say a phrase, where it stands first; `nil` where it does not.
  func runs(saying phrase: PlainWords) -> Set<ObjectIdentifier>? {
    guard let place = words.range(of: phrase) else { return nil }
    var found: Set<ObjectIdentifier> = []
    for (index, entry) in runs.enumerated() {
      let end = index + 1 < runs.count ? runs[index + 1].start : words.count
      if entry.start < place.upperBound, end > place.lowerBound { found.insert(ObjectIdentifier(entry.run)) }
    }
    return found
  }
}
