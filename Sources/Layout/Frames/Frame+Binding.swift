internal import Geometry

extension Frame {
  /// The frame with every late value filled in: page numbers, page counts, the pages of landmarks.
  ///
  /// Lines are set again in the room kept for them; everything else stays as it is. Complexity: O(items).
  public func bound(to late: LateValues, in context: LayoutContext) -> Frame {
    guard hasLateValues else { return self }
    var result = self
    result.items.removeAll(keepingCapacity: true)
    for item in items {
      switch item.item {
      case .late(let text):
        var y = item.at.y
        for line in context.text.lines(of: text.content, late: late, width: text.size.width) {
          if !line.links.isEmpty { result.tag?.details.links += line.links(from: result.items.count) }
          for part in line.items {
            result.items.append(PlacedItem(at: Point(x: item.at.x + part.at.x, y: y + part.at.y), item: part.item))
          }
          y = y + line.height
        }
      case .frame(let inner):
        result.items.append(PlacedItem(at: item.at, item: .frame(inner.bound(to: late, in: context))))
      case .run, .shape, .image, .symbol, .link:
        result.items.append(item)
      }
    }
    return result
  }

  /// Whether any line waits for a late value.
  public var hasLateValues: Bool {
    for item in items {
      switch item.item {
      case .late: return true
      case .frame(let inner): if inner.hasLateValues { return true }
      case .run, .shape, .image, .symbol, .link: continue
      }
    }
    return false
  }
}
