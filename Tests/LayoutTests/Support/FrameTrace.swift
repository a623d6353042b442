import Geometry
import Layout

/// A number as people write it: no needless zeros, two decimals at most.
func short(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  let hundredths = Int((value * 100).rounded())
  let (whole, part) = (abs(hundredths) / 100, abs(hundredths) % 100)
  let tail = part == 0 ? "" : part % 10 == 0 ? ".\(part / 10)" : part < 10 ? ".0\(part)" : ".\(part)"
  return (hundredths < 0 ? "-" : "") + "\(whole)" + tail
}

func short(_ length: Length) -> String { short(length.points) }
func short(_ size: Size) -> String { "\(short(size.width))x\(short(size.height))" }
func short(_ point: Point) -> String { "\(short(point.x)),\(short(point.y))" }

/// The frame as text: what paints, in painting order, with absolute positions, one thing a line. Goldens are in this form.
///
///     A 0,0 100x20             a mock block: top left, size
///     "word" 5,18              a run: left end of its baseline
///     rect 0,0 100x1 #000000   a filled rectangle; `stroke` for an outline, `path` for anything else
func trace(_ frame: Frame) -> String {
  var lines: [String] = []
  FrameWalker.walk(frame) { step in
    guard case .item(let item, let at) = step else { return }
    switch item {
    case .run(let run, _): lines.append("\"\(run.text)\" \(short(at))")
    case .shape(let shape):
      switch shape.outline {
      case .rectangle(let size, let radius):
        let ink = shape.fill.map { " \($0.hex)" } ?? shape.stroke.map { " stroke \(short($0.width)) \($0.color.hex)" } ?? ""
        lines.append("rect \(short(at)) \(short(size))\(ink)" + (radius > .zero ? " radius \(short(radius))" : ""))
      case .path(let segments): lines.append("path \(short(at)) \(segments.count) segments")
      }
    case .image(let image): lines.append("image \(image.image) \(short(at)) \(short(image.size))")
    case .symbol(let symbol): lines.append("symbol \(short(at)) \(short(symbol.size))")
    case .late(let late): lines.append("late \(short(at)) \(short(late.size))")
    case .link(let link): lines.append("\(link.uri) \(short(at)) \(short(link.size))")
    case .anchor(let name): lines.append("anchor \(name.rawValue) \(short(at))")
    case .frame: break
    }
  }
  return lines.joined(separator: "\n")
}

/// Pages as text, each under a line with its number.
func trace(_ pages: [Frame]) -> String {
  pages.enumerated().map { page in
    let marks = trace(page.element)
    return "-- \(page.offset + 1)\n" + (marks.isEmpty ? "blank" : marks)
  }.joined(separator: "\n")
}
