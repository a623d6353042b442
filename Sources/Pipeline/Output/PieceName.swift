internal import Billing
internal import Contract
internal import Digests
internal import Encodings

/// Where a piece lies below the output folder: the only way in which data from outside becomes a path.
enum PieceName {
  /// A name may have so many bytes, without `.pdf`: file systems allow 255, and the temporary and archive names around it need room.
  ///
  /// - Stops: a number that makes a file name longer than a file system takes.
  static let limit = 180
  /// Of a longer one so many remain, followed by `~` and 16 digits of its digest.
  ///
  /// - Stops: the same, with room for what keeps two of them apart.
  static let kept = 150

  /// `bills/NN/F.pdf`, other kinds in their own folders: NN is the first byte of the account's SHA-256 in hexadecimal, F the escaped account
  /// and invoice.
  ///
  /// Behind them stand `~` and 8 digits of the series' digest where the run has that account and invoice in several series, and `~N` for copy
  /// N of a record. ASCII without `/` beyond the two shown, for any identity.
  static func file(of identity: RecordIdentity, kind: PieceKind, hasSeveralSeries: Bool = false, copy: Int = 1) -> String {
    var name: [UInt8] = Array("\(kind.traits.folder)/".utf8)
    let digest = Digest256.bytes(identity.account)
    Hexadecimal.append(digest[0], to: &name)
    name.append(UInt8(ascii: "/"))
    let start = name.count
    escape(identity.account, to: &name)
    name.append(UInt8(ascii: "_"))
    escape(identity.invoice, to: &name)
    if hasSeveralSeries {
      name.append(UInt8(ascii: "~"))
      for byte in Digest256.bytes(identity.series)[..<4] { Hexadecimal.append(byte, to: &name) }
    }
    if copy > 1 { name += "~\(copy)".utf8 }
    if name.count - start > limit {
      let digest = Digest256.bytes(Array(name[start...]))
      name.removeLast(name.count - start - kept)
      name.append(UInt8(ascii: "~"))
      for byte in digest[..<8] { Hexadecimal.append(byte, to: &name) }
    }
    name += kind.traits.suffix.utf8
    return String(decoding: name, as: UTF8.self)
  }

  /// Appends bytes with everything outside `[A-Za-z0-9.-]`, and a leading dot, as `%XX`.
  static func escape(_ bytes: [UInt8], to name: inout [UInt8]) {
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        name.append(byte)
      case UInt8(ascii: ".") where index > 0: name.append(byte)
      default:
        PercentEncoding.append(byte, to: &name)
      }
    }
  }

  /// Whether a name has the form of a piece's.
  static func isOurs(_ name: [UInt8], kind: PieceKind) -> Bool {
    let suffix = kind.traits.suffix.utf8
    guard name.reversed().starts(with: suffix.reversed()) else { return false }
    return name.dropLast(suffix.count).contains(UInt8(ascii: "_"))
      && name.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
      }
  }

  /// Whether a path below the output folder has the form of a piece's: no other is ever opened or removed because a file says so.
  static func isOurs(path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let kind = PieceKind.allCases.first(where: { $0.traits.folder == parts.first ?? "" }), let name = parts.last else { return false }
    switch kind.traits.naming {
    case .record: return parts.count == 3 && isGroup(parts[1]) && isOurs(Array(name.utf8), kind: kind)
    case .edition: return parts.count == 2 && name.hasSuffix(kind.traits.suffix) && isOurs(Array("_\(name)".utf8), kind: kind)
    }
  }

  /// Whether a name has the form of a group's: two hexadecimal digits.
  static func isGroup(_ name: some StringProtocol) -> Bool {
    name.utf8.count == 2
      && name.utf8.allSatisfy { byte in
        (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
      }
  }
}
