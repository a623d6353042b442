/// How lines stand in their width. Start and end follow the paragraph's direction.
public enum TextAlignment: String, CaseIterable, Hashable, Sendable {
  case start, end, center, justify
  /// On the decimal separator; only a table column gives this a meaning, elsewhere it is `end`.
  case decimal
}

/// How a narrower block stands in its room; start and end follow the bill's direction.
public enum HorizontalAlignment: String, CaseIterable, Hashable, Sendable { case start, end, center }

/// How something stands in more height than it needs.
public enum VerticalAlignment: String, CaseIterable, Hashable, Sendable {
  case top, middle, bottom
  /// First text baselines on one line (in rows and table rows; elsewhere `top`).
  case baseline
}

/// An edge of a panel.
public enum Edge: String, CaseIterable, Hashable, Sendable {
  /// Following the direction of the bill.
  case start, end
  /// Following the paper.
  case top, bottom, left, right
}

/// Which way a line runs.
public enum Axis: String, CaseIterable, Hashable, Sendable { case horizontal, vertical }

/// How a picture among words stands to the line's baseline.
public enum PictureAlignment: String, CaseIterable, Hashable, Sendable {
  /// Its foot on the baseline.
  case baseline
  /// Its middle at half the height of capitals and figures.
  case middle
  /// Its middle at half the height of the letter x.
  case xMiddle = "x-middle"
  /// Its head at the height of capitals.
  case top
  /// Its foot at the depth of descenders.
  case bottom
}
