internal import Geometry

/// What looks wrong about where columns of text end and begin.
///
/// A column is looked at as it is placed: what stands in it that is text, from the top down.
struct ColumnFaults {
  /// A paragraph, or what of it stands in one column.
  private struct Passage {
    var role: Tag.Role
    /// Whether it goes on from the column before.
    var isRest: Bool
    var lines: Int

    var isItem: Bool { if case .listItem = role { true } else { false } }
    /// Whether it goes on with a list that another item has begun.
    var isLaterItem: Bool { if case .listItem(let place) = role { !place.isFirst } else { false } }
    var isHeading: Bool { if case .heading = role { true } else { false } }
  }

  /// How bad a fault is, for choosing between two ways to fill columns.
  private enum Fault: Int {
    /// A heading ends a column.
    case heading = 20
    /// A single line or list item is all there is in a column.
    case alone = 10
    /// A column stands empty.
    case empty = 4
    /// A list goes over to the next column with one of its items only, or leaves one behind.
    case parted = 2
  }

  /// The sum of all faults; 0 where all is well.
  let weight: Int

  /// Looks at columns in their order; each frame is one column.
  init(_ columns: [Frame], count: Int) {
    let texts = columns.map(Self.passages)
    var weight = max(0, count - columns.filter { !$0.isBlank }.count) * Fault.empty.rawValue
    for (index, column) in texts.enumerated().dropFirst() where !columns[index].isBlank {
      let before = texts[index - 1]
      if before.last?.isHeading ?? false { weight += Fault.heading.rawValue }
      guard let first = column.first else { continue }
      // What stands beside text, such as a picture, keeps it company.
      let isOnly = column.count == 1 && columns[index].isText
      if isOnly, !first.isRest, first.isItem ? before.count > 1 : first.lines == 1 && before.reduce(0, { $0 + $1.lines }) > 2 {
        weight += Fault.alone.rawValue
      }
      guard !first.isRest, first.isLaterItem else { continue }
      let goesOn = column.count > 1 && column[1].isLaterItem
      let isBehindFirst = before.last.map { $0.isItem && !$0.isLaterItem } ?? false
      // Of more than two items the last alone, before what follows, or the first left behind.
      if goesOn == isBehindFirst { weight += Fault.parted.rawValue }
    }
    self.weight = weight
  }

  private static func passages(_ frame: Frame) -> [Passage] {
    var found: [Passage] = []
    collect(frame, into: &found)
    return found
  }

  private static func collect(_ frame: Frame, into found: inout [Passage]) {
    switch frame.tag?.role {
    case .heading?, .paragraph?, .listItem?:
      guard !frame.isBlank, let tag = frame.tag else { return }
      let isRest = tag.piece == .middle || tag.piece == .last
      found.append(Passage(role: tag.role, isRest: isRest, lines: frame.lineCount))
    // What else stands in an item goes with it, and what is no text is not looked into.
    case .listItemRest?, .figure?, .artifact?, .table?: return
    default: for case .frame(let inner) in frame.items.lazy.map(\.item) { collect(inner, into: &found) }
    }
  }
}

extension Frame {
  /// On how many lines text in it stands.
  fileprivate var lineCount: Int {
    var (count, y) = (0, Length.zero)
    for item in items {
      guard case .run(let run, _) = item.item else { continue }
      // What is raised on a line is less than half its size higher.
      if count == 0 || (item.at.y - y).points > run.size.points * 0.8 { (count, y) = (count + 1, item.at.y) }
    }
    return max(1, count)
  }

  /// Whether all that paints in it is text, lines and panels round it left out.
  fileprivate var isText: Bool {
    switch tag?.role {
    case .figure?, .table?: return false
    // With a picture among its words it is text all the same.
    case .heading?, .paragraph?, .listItem?: return true
    default: break
    }
    return items.allSatisfy { item in
      switch item.item {
      case .frame(let inner): inner.isText
      case .run, .late, .link, .shape, .anchor: true
      case .image, .symbol: false
      }
    }
  }
}
