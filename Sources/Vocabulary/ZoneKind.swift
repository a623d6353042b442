/// What a zone of the sheet is for.
public enum ZoneKind: String, CaseIterable, Hashable, Sendable {
  /// Seen through the envelope's window.
  case window
  /// Where the sheet is folded.
  case fold
  /// Torn off and sent back.
  case coupon
  /// The band in which a machine reads a line of OCR-B.
  case scanLine = "scan-line"
  /// Kept white, for marks of a machine.
  case clear
}

/// What comes of matter that stands in a zone and is neither notice nor code nor address.
public enum ZoneRule: String, CaseIterable, Hashable, Sendable { case warn, reject }
