/// Which pages a master is for.
public enum PageRole: String, CaseIterable, Hashable, Sendable {
  /// Page 1.
  case first
  /// Every page that has no other.
  case next
  /// The last page, if there are several.
  case last
  /// Even pages.
  case left
  /// Odd pages from 3 on.
  case right
}

/// Where content goes on behind a page break.
public enum PageBreakTarget: String, CaseIterable, Hashable, Sendable {
  /// The next page or column.
  case next
  /// The next page with an odd number; a page may stay blank for that.
  case right
}

/// Which page a coupon stands on.
public enum CouponPage: String, CaseIterable, Hashable, Sendable { case first, last }
