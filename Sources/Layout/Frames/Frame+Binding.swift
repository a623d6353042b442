internal import Geometry

extension Frame {
  /// The frame with every late value filled in: page numbers, page counts, the pages of landmarks.
  ///
  /// Lines are set again in the room kept for them; everything else stays as it is. Complexity: O(items).
  public func bound(to late: LateValues, in context: LayoutContext) -> Frame {
    rebound(to: late, in: context) ?? self
  }

  /// The frame with late values filled in; `nil` where it has none.
  private func rebound(to late: LateValues, in context: LayoutContext) -> Frame? {
    let items = items
    var first: (index: Int, frame: Frame?)?
    for index in items.indices where first == nil {
      switch items[index].item {
      case .late: first = (index, nil)
      case .frame(let inner): if let inner = inner.rebound(to: late, in: context) { first = (index, inner) }
      case .link(let link): if link.anchor != nil { first = (index, nil) }
      case .run, .shape, .image, .symbol, .anchor: continue
      }
    }
    guard let first else { return nil }
    var result = self
    result.items = Array(items[..<first.index])
    result.items.reserveCapacity(items.count)
    for index in first.index..<items.count {
      let item = items[index]
      switch item.item {
      case .late(let text):
        var lines = Frame(size: text.size)
        var y = Length.zero
        for line in context.text.lines(of: text.content, late: late, width: text.size.width) {
          if !line.links.isEmpty {
            let links = line.links(from: result.items.count + lines.items.count)
            result.tag?.details.links += links
          }
          for part in line.items {
            lines.items.append(PlacedItem(at: Point(x: part.at.x, y: y + part.at.y), item: part.item.leading(late)))
          }
          y = y + line.height
        }
        if let turn = text.turn { lines = lines.turned(turn) }
        for part in lines.items {
          result.items.append(PlacedItem(at: Point(x: item.at.x + part.at.x, y: item.at.y + part.at.y), item: part.item))
        }
      case .frame(let inner):
        let bound = index == first.index ? first.frame : inner.rebound(to: late, in: context)
        result.items.append(bound.map { PlacedItem(at: item.at, item: .frame($0)) } ?? item)
      case .link: result.items.append(PlacedItem(at: item.at, item: item.item.leading(late)))
      case .run, .shape, .image, .symbol, .anchor:
        result.items.append(item)
      }
    }
    return result
  }
}

extension Item {
  /// The item; a link to an anchor that is on no page leads nowhere.
  fileprivate func leading(_ late: LateValues) -> Item {
    guard case .link(var link) = self, let anchor = link.anchor, late.landmarks[anchor] == nil else { return self }
    link.uri = ""
    return .link(link)
  }
}
