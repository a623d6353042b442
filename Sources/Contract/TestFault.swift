/// A fault that a worker commits on purpose when it meets an account, or a reader when it meets a file, to show that the rest of the cycle
/// survives.
public struct TestFault: Sendable, Hashable {
  /// What the worker does.
  public enum Kind: String, Sendable, CaseIterable {
    /// Traps.
    case crash
    /// Spins for ever.
    case hang
    /// Waits for ever.
    case sleep
    /// Takes memory until it is stopped.
    case memory
  }

  /// What the worker does.
  public var kind: Kind
  /// The bytes of the account; of a reader's fault those of the name of a file or of an archive's entry.
  public var account: [UInt8]
  /// Whether it is a reader that does it.
  public var isReading: Bool

  /// Makes a fault.
  public init(_ kind: Kind, account: [UInt8], isReading: Bool = false) {
    (self.kind, self.account, self.isReading) = (kind, account, isReading)
  }

  /// What stands before the kind of a reader's fault.
  private static let reading = "read-"

  /// Reads `KIND:ACCOUNT` or `read-KIND:NAME`; `nil` for anything else.
  public init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let word = text[..<colon]
    let isReading = word.hasPrefix(TestFault.reading)
    guard let kind = Kind(rawValue: String(isReading ? word.dropFirst(TestFault.reading.count) : word)) else { return nil }
    let account = Array(text.utf8[text.utf8.index(after: colon)...])
    guard !account.isEmpty else { return nil }
    self.init(kind, account: account, isReading: isReading)
  }

  /// The form that is read.
  public var text: String {
    "\(isReading ? TestFault.reading : "")\(kind.rawValue):\(String(decoding: account, as: UTF8.self))"
  }
}

extension TestFault: Fielded {
  package static var blank: TestFault { TestFault(.crash, account: []) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("kind", &kind)
      try walker.field("account", bytes: &account)
      try walker.field("is_reading", &isReading)
    }
  }
}

extension TestFault.Kind: FieldedWord {}
