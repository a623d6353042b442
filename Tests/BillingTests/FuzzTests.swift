import Billing
import Diagnostics
import Foundation
import JSON
import TestSupport
import Testing

@Suite struct FuzzTests {
  static let pieces: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "0", "1e9", ".", "\\u", "\\ud800", "\\udc00", "NaN", "\u{0}", "\u{7F}",
      "\"account\":\"x\",", "é", "\u{301}", "\u{202E}", "[[[[", "{\"a\":", "99999999999999999999", "-0.0000000000000000000001", " ", "\n",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0x80]]

  static func mutated(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
      case 4:
        let other = Int.random(in: 0..<bytes.count, using: &random)
        bytes.insert(contentsOf: Array(bytes[min(place, other)..<min(max(place, other), min(place, other) + 60)]), at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  /// Reader, scan and reject line must hold together whatever comes: no trap, and no contradiction.
  @Test(arguments: [UInt64(1), 2]) func anythingIsReadOrRefused(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let original = Array(Fixture.record.utf8)
    var (good, bad) = (0, 0)
    for _ in 0..<6_000 {
      let bytes = FuzzTests.mutated(original, &random)
      let identity = RecordIdentity.scan(bytes)
      switch Fixture.read(bytes) {
      case .success((let bill, _)):
        good += 1
        let found = try #require(identity)
        #expect(bill.account.utf8.elementsEqual(found.account) && bill.invoice.utf8.elementsEqual(found.invoice))
      case .failure(let fault):
        bad += 1
        #expect(fault.path.hasPrefix("$") && !fault.message.isEmpty && !fault.code.rawValue.isEmpty)
        let line = Reject(
          file: "f", input: 0, number: 1, offset: 0, length: bytes.count, identity: identity, fault: fault
        ).line(record: bytes)
        // Exponents apart, what is embedded can be read again.
        do throws(RecordFault) {
          let value = try JSONValue(parsing: Array(line.dropLast()))
          #expect(value["code"]?.text == fault.code.rawValue)
        } catch {
          #expect(error.code == .badNumber)
        }
      }
    }
    #expect(good > 10 && bad > 1_000)
  }

  /// The same by time: `FUZZ_SECONDS`, 6 by default. None may take longer than two seconds.
  @Test func nothingHangs() {
    let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 6
    var random = SeededNumbers(seed: 3)
    let clock = ContinuousClock()
    let begin = clock.now
    let original = Array(Fixture.record.utf8)
    var pool = [original]
    var count = 0
    while clock.now - begin < .seconds(seconds) {
      let bytes = FuzzTests.mutated(pool.randomElement(using: &random) ?? original, &random)
      let before = clock.now
      _ = RecordIdentity.scan(bytes)
      if case .failure(let fault) = Fixture.read(bytes) { #expect(fault.path.hasPrefix("$") && !fault.message.isEmpty) }
      #expect(clock.now - before < .seconds(2), "slow: \(String(decoding: bytes, as: UTF8.self))")
      count += 1
      // A few become parents, so that faults pile up.
      if count % 5 == 0, bytes.count < 20_000 { pool.append(bytes) }
      if pool.count > 40 { pool = [original] }
    }
    #expect(count > 0)
    print("fuzz json: \(count) mutations")
  }

  @Test func whatIsWrittenIsReadBackTheSame() throws {
    var random = SeededNumbers(seed: 7)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 5 ? 4 : 6), using: &random) {
      case 0: return .null
      case 1: return .flag(Bool.random(using: &random))
      case 2: return .number(String(Int.random(in: -999_999...999_999, using: &random)) + ".250")
      case 3:
        let scalars = (0..<Int.random(in: 0...9, using: &random)).compactMap { _ in
          Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
        }
        return .text(String(String.UnicodeScalarView(scalars)))
      case 4: return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth + 1) })
      default: return .object((0..<Int.random(in: 0...4, using: &random)).map { JSONValue.Member("k\($0)", value(depth + 1)) })
      }
    }
    for _ in 0..<500 {
      let original = value(0)
      #expect(try JSONValue(parsing: original.canonical).canonical == original.canonical)
    }
  }
}
