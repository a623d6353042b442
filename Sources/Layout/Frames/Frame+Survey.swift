internal import Geometry

/// What the paginator wants to know of a page's body.
struct BodySurvey {
  var landmarks: [Landmark] = []
  /// Items that paint, inserts left out.
  var marks = 0
}

extension Frame {
  /// Whether nothing in the frame paints.
  var isBlank: Bool {
    for item in items {
      switch item.item {
      case .frame(let inner): if !inner.isBlank { return false }
      case .anchor: continue
      default: return false
      }
    }
    return true
  }

  func survey() -> BodySurvey {
    var found = BodySurvey()
    collect(&found)
    return found
  }

  private func collect(_ found: inout BodySurvey) {
    if let landmark = tag?.landmark, !found.landmarks.contains(landmark) { found.landmarks.append(landmark) }
    for item in items {
      switch item.item {
      case .frame(let inner): if !inner.isInsert { inner.collect(&found) }
      case .anchor(let name): if !found.landmarks.contains(name) { found.landmarks.append(name) }
      default: found.marks += 1
      }
    }
  }

  /// The anchors that words and links in the frame point to, and those of the expected landmarks; each with the element it is pointed to from.
  func pointers(expecting expected: Set<Landmark>, from source: Int = -1) -> [(anchor: Landmark, element: Int)] {
    let source = tag.map(\.source) ?? source
    var found: [(Landmark, Int)] = []
    for item in items {
      switch item.item {
      case .frame(let inner): found += inner.pointers(expecting: expected, from: source)
      case .link(let link): if let anchor = link.anchor { found.append((anchor, source)) }
      case .late(let text):
        for span in text.content.spans {
          switch span {
          case .late(.pageOf(let landmark), _, _): if landmark.isAnchor || expected.contains(landmark) { found.append((landmark, source)) }
          case .text(_, _, let link?, _), .picture(_, _, let link?):
            if link.utf8.first == Landmark.anchorSign { found.append((Landmark(rawValue: link), source)) }
          default: continue
          }
        }
      default: continue
      }
    }
    return found
  }

  /// Moves the contents of places to where they belong on the page: their items' points become what the frames around them make of it.
  mutating func settlePlaces() { settlePlaces(at: .zero) }

  @discardableResult private mutating func settlePlaces(at origin: Point) -> Bool {
    var hasChanged = false
    for index in items.indices {
      guard case .frame(var inner) = items[index].item else { continue }
      if let position = inner.pagePosition {
        items[index].at = position - origin
        inner.pagePosition = nil
        hasChanged = true
        items[index].item = .frame(inner)
      }
      if inner.settlePlaces(at: origin + items[index].at) {
        hasChanged = true
        items[index].item = .frame(inner)
      }
    }
    return hasChanged
  }
}
