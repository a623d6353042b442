import Contract
import Diagnostics
import Intake
import Testing

@testable import Pipeline

@Suite struct SmallPartsTests {
  @Test func ratiosHaveThreeDecimals() {
    for (value, text) in [(0.0, "0.000"), (0.0835, "0.084"), (21, "21.000"), (1.29949, "1.299"), (-0.5, "-0.500"), (.nan, "0.000")] {
      #expect(value.threeDecimals == text)
    }
  }

  @Test func placesSortLikeTheDataAreRead() throws {
    let places = [RecordPlace(input: 0, number: 1), RecordPlace(input: 0, number: 1 << 39), RecordPlace(input: 1, number: 1)]
    #expect(places.sorted { $0.key < $1.key } == places)
    for place in places { #expect(RecordPlace(key: place.key) == place) }
    let keys = PieceKind.allCases.sorted { $0.rawValue < $1.rawValue }.map { PieceKey(places[1], $0) }
    #expect(keys.map(\.rowID) == keys.map(\.rowID).sorted())
    for key in keys {
      #expect(try PieceKey(rowID: key.rowID) == key)
      #expect(PieceKey.rowIDs(of: places[1]).contains(key.rowID) && !PieceKey.rowIDs(of: places[0]).contains(key.rowID))
    }
  }

  @Test func lostWorkerIsToldByWhatIsKnown() {
    let limits = WorkerLimits(recordSeconds: 7, memory: 2048, idleSeconds: 9)
    let small = WorkerLoss(cause: .killed, peakBytes: 209 << 20 + 1)
    let fault = small.fault(limits, after: WorkerLoss(cause: .killed, peakBytes: 20 << 20))
    #expect(fault.code == .crashed)
    #expect(fault.message.contains("killed from outside") && fault.message.hasSuffix("with at most 210 MiB in use, twice"))
    let causes: [(WorkerLoss.Cause, RecordFault.Code, String)] = [
      (.time, .timedOut, "more than the 7 seconds"), (.silence, .timedOut, "nor answered for 9 seconds"),
      (.memory, .outOfMemory, "more than the 2048 MiB"), (.signal(11), .crashed, "ended itself by signal 11 (SIGSEGV)"),
      (.signal(40), .crashed, "by signal 40,"), (.exit(code: 3), .crashed, "exit code 3"), (.malformed, .crashed, "no answer"),
      (.unknown, .crashed, "does not tell how"),
    ]
    for (cause, code, words) in causes {
      let loss = WorkerLoss(cause: cause, peakBytes: 1 << 20)
      let twice = loss.fault(limits, after: loss)
      #expect(twice.code == code && twice.message.contains(words) && twice.message.hasSuffix(", twice"), "\(twice.message)")
      // Two losses of two kinds are both told, and nothing is said to have come twice.
      let mixed = loss.fault(limits, after: small)
      #expect(mixed.code == code && mixed.message.contains("killed from outside") && !mixed.message.contains("twice"), "\(mixed.message)")
    }
  }

  @Test func faultsAreReadOfTheCommandLine() {
    #expect(TestFault("hang:a:b") == TestFault(.hang, account: Array("a:b".utf8)))
    for text in ["hang", "hang:", ":a", "burn:a"] { #expect(TestFault(text) == nil) }
  }

  @Test func timeLeftIsShortToRead() {
    #expect(Progress.grouped(1_234_567) == "1,234,567")
    #expect(Progress.grouped(999) == "999")
    #expect([5.2, 61, 3600, 45_000].map(Progress.duration) == ["6 s", "1:01 min", "1:00 h", "12:30 h"])
  }

  @Test func checkpointsShowWhereDataDiffer() throws {
    func blocks(_ digest: RunningDigest, _ bytes: [[UInt8]]) { for block in bytes { block.withUnsafeBytes { digest.update($0) } } }
    let first = RunningDigest(.note)
    blocks(first, [[1, 2], [3], [4, 5]])
    #expect(first.noted.map(\.position) == [2, 3, 5])
    let known = Dictionary(uniqueKeysWithValues: first.noted.map { ($0.position, $0.digest) })
    let same = RunningDigest(.compare { known[$0] })
    // Blocks that are cut in another way are compared where both have an end.
    blocks(same, [[1], [2, 3], [4, 5]])
    #expect(same.mismatch == nil)
    #expect(same.finish() == first.finish())
    let other = RunningDigest(.compare { known[$0] })
    blocks(other, [[1, 2], [9], [4, 5]])
    #expect(other.mismatch == 3)
  }
}
