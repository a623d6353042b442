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
      guard case .frame(let inner) = item.item else { return false }
      if !inner.isBlank { return false }
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
      guard case .frame(let inner) = item.item else {
        found.marks += 1
        continue
      }
      if !inner.isInsert { inner.collect(&found) }
    }
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
