import Contract
import Ledger
import TestSupport
import Testing

/// Pieces written into a ledger: all or none, and the same again changes nothing.
@Suite struct RecordingTests {
  @Test func sameAgainChangesNothing() throws {
    let bench = try LedgerBench()
    let pieces = try (0..<50).map { try LedgerBench.piece("acc-\($0 / 2)", "\($0)", places: $0 % 2 == 0 ? ["US"] : ["US", "US-OR"]) }
    let first = try bench.record(pieces)
    #expect((first.new, first.known, first.conflicts) == (50, 0, 0))
    let (export, bytes) = (try bench.export(), try bench.folder.bytes("ledger"))
    let again = try bench.record(pieces.reversed())
    #expect((again.new, again.known, again.conflicts) == (0, 50, 0))
    #expect(try bench.export() == export && bench.folder.bytes("ledger") == bytes)
  }

  @Test func otherPieceOfTheSameNameLetsNothingIn() throws {
    let bench = try LedgerBench()
    let known = try LedgerBench.piece("b")
    try bench.record([known])
    let export = try bench.export()
    for other in [
      try LedgerBench.piece("b", mailed: "2026-11-26"), try LedgerBench.piece("b", digest: 8), try LedgerBench.piece("b", cycle: "2026-12"),
      try LedgerBench.piece("b", notice: nil), try LedgerBench.piece("b", places: []),
    ] {
      var told: [MailedPiece] = []
      let counts = try bench.record([LedgerBench.piece("a"), other, LedgerBench.piece("c")]) { piece, stored in
        told.append(piece)
        #expect(stored == known)
      }
      #expect((counts.new, counts.known, counts.conflicts) == (0, 0, 1) && told == [other])
      #expect(try bench.export() == export)
    }
  }

  /// Bills and leaflets have one piece an identity; cards and e-mails one in each cycle.
  @Test func cardsAreKnownByTheirCycle() throws {
    let bench = try LedgerBench()
    for (kind, expected) in [(PieceKind.bill, 1), (.terms, 1), (.postcard, 0), (.email, 0)] {
      try bench.record([LedgerBench.piece("a", "\(kind)", cycle: "1", kind: kind)])
      #expect(try bench.record([LedgerBench.piece("a", "\(kind)", cycle: "2", kind: kind)]).conflicts == expected, "\(kind)")
    }
    // What has the same name but for its bytes, series or copy is another piece.
    var other = try LedgerBench.piece("a", "bill", cycle: "1")
    other.series = "2026"
    var copy = try LedgerBench.piece("a", "bill", cycle: "1")
    copy.copy = 2
    #expect(try bench.record([other, copy, LedgerBench.piece("e\u{301}"), LedgerBench.piece("é")]).new == 4)
  }

  @Test func errorOfTheSourceWritesNothing() throws {
    let bench = try LedgerBench()
    var rest = try [LedgerBench.piece("a"), LedgerBench.piece("b")][...]
    #expect(throws: RunFailure.self) {
      try PieceRecording(bench.ledger).record({
        if rest.count == 1 { throw RunFailure(.data, id: "output-unreadable", "gone") }
        return rest.popFirst()
      }) { _, _ in }
    }
    #expect(try bench.export().isEmpty)
  }
}
