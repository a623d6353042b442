public import Geometry

/// Walks through a finished page with absolute positions, in painting order.
public enum FrameWalker {
  /// What the walk meets.
  public enum Step {
    /// A frame begins; the point is its top left.
    case enter(Frame, at: Point)
    /// Something that paints; the point is where its origin lies on the page (see ``Item``).
    case item(Item, at: Point)
    case leave(Frame, at: Point)
  }

  /// Calls `visit` for the frame and everything in it. Complexity: O(items).
  public static func walk(_ frame: Frame, at origin: Point = .zero, _ visit: (Step) -> Void) {
    visit(.enter(frame, at: origin))
    for placed in frame.items {
      let point = origin + placed.at
      if case .frame(let inner) = placed.item { walk(inner, at: point, visit) } else { visit(.item(placed.item, at: point)) }
    }
    visit(.leave(frame, at: origin))
  }
}
