internal import Billing
internal import Contract
internal import Files
internal import Glibc

/// Which accounts a run is about: `--only` and `--exclude`. Accounts compare by their UTF-8 bytes.
package struct AccountFilter {
  /// `nil`: all.
  private(set) var only: Set<[UInt8]>?
  private(set) var excluded: Set<[UInt8]>

  /// Bytes of an `@FILE`: 16 million accounts; more would not fit the parent's memory.
  ///
  /// - Stops: a wrong file of gigabytes named as the list of accounts.
  static let maximumFile = 512 << 20

  /// Reads the values of `--only` and `--exclude`: an account, or `@FILE` with one account a line (LF or CRLF, blank lines ignored).
  ///
  /// - Throws: ``RunFailure`` with code 66 for a file that cannot be read.
  package init(only: [String], exclude: [String]) throws {
    self.only = only.isEmpty ? nil : try AccountFilter.accounts(only)
    excluded = try AccountFilter.accounts(exclude)
  }

  /// Whether a record is to be read further than its identity. One without identity is: its fault has to be told.
  func admits(_ identity: RecordIdentity?) -> Bool {
    guard let identity else { return true }
    if let only, !only.contains(identity.account) { return false }
    return excluded.isEmpty || !excluded.contains(identity.account)
  }

  /// Whether no account is left out.
  var admitsAll: Bool { only == nil && excluded.isEmpty }

  /// The accounts sorted by their bytes, for run.json.
  static func sorted(_ accounts: Set<[UInt8]>) -> [[UInt8]] { accounts.sorted { $0.lexicographicallyPrecedes($1) } }

  private static func accounts(_ values: [String]) throws -> Set<[UInt8]> {
    var result: Set<[UInt8]> = []
    for value in values {
      guard value.utf8.first == UInt8(ascii: "@") else {
        result.insert(Array(value.utf8))
        continue
      }
      let path = String(value.dropFirst())
      let bytes: [UInt8]
      do throws(SystemError) {
        bytes = try OpenFile(reading: path).readAll(limit: maximumFile)
      } catch {
        throw RunFailure(.data, id: "accounts-unreadable", "cannot read the accounts in '\(path)': \(error.text)")
      }
      guard String(validating: bytes, as: UTF8.self) != nil else {
        throw RunFailure(.data, id: "accounts-unreadable", "the accounts in '\(path)' are not UTF-8")
      }
      var rest = bytes[...]
      if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
      for line in rest.split(separator: 0x0A) {
        let account = line.last == 0x0D ? line.dropLast() : line
        if account.contains(where: { $0 != 0x20 && $0 != 0x09 }) { result.insert(Array(account)) }
      }
    }
    return result
  }
}
