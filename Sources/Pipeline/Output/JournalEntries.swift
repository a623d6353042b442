internal import Billing
internal import Foundation
internal import GRDB
internal import Money

/// A piece that has been written.
struct PieceEntry {
  var place: RecordPlace
  var kind: PieceFacts.Kind
  /// Below the output folder.
  var file: String
  var bytes: Int
  var pages: Int
  var currency: String
  var charges: Amount
  var due: Amount
  var phase: String?
  var variant: String?
  /// Codes, sorted, each once.
  var warnings: [String]
  /// Its line of the manifest with the line end.
  var line: [UInt8]

  /// The low bits of a piece's key say its kind, numbered in the order of their names' bytes.
  static let kindMask: Int64 = 3

  static func key(_ place: RecordPlace, _ kind: PieceFacts.Kind) -> Int64 {
    let number: Int64 =
      switch kind {
      case .bill: 0
      case .email: 1
      case .postcard: 2
      case .terms: 3
      }
    return place.key << 2 | number
  }

  var arguments: StatementArguments {
    [
      PieceEntry.key(place, kind), file, bytes, pages, currency, charges.mantissa, Int(charges.scale), due.mantissa, Int(due.scale), phase,
      variant, warnings.joined(separator: " "), Data(line),
    ]
  }
}

/// A record that was rejected.
struct RejectEntry {
  var place: RecordPlace
  var code: String
  /// For the operator; ``line`` says the same.
  var message: String
  var path: String
  /// Its line of `rejects.jsonl` with the line end.
  var line: [UInt8]
}

/// Entries that are noted together, once their pieces are on the disk.
struct JournalBatch {
  var pieces: [PieceEntry] = []
  var rejects: [RejectEntry] = []
  private(set) var bytes = 0

  var isEmpty: Bool { pieces.isEmpty && rejects.isEmpty }

  mutating func append(_ piece: PieceEntry) {
    pieces.append(piece)
    bytes += piece.line.count
  }

  mutating func append(_ reject: RejectEntry) {
    rejects.append(reject)
    bytes += reject.line.count
  }
}
