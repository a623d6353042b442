import Campaigns
import Diagnostics
import Files
import Foundation
import Glibc
import TestSupport
import Testing

/// Paths that are not UTF-8, and keys that are not what a key should be.
@Suite(.serialized, .onOwnThreads) struct ArgumentTests {
  @Test func everySequenceOfBytesHasATextOfItsOwn() {
    var texts: [String: [UInt8]] = [:]
    var samples: [[UInt8]] = [
      [], Array("bills.jsonl".utf8), Array("Größe 😀 \u{10FEFF}".utf8), [0xE9], [0x62, 0xE9, 0x2E], [0xC3], [0xC3, 0xA9],
      [0xF0, 0x9F, 0x98],
      [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80], [0xFF, 0xFE], Array("\u{10FF00}".utf8), Array("\u{10FFE9}".utf8),
      Array("a\u{10FFFF}b".utf8), [0xE2, 0x82, 0xE2, 0x82, 0xAC],
    ]
    var state: UInt64 = 5
    for _ in 0..<2_000 {
      samples.append(
        (0..<8).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          // Mostly bytes that begin or go on with a character.
          return UInt8(truncatingIfNeeded: state >> 40) | (state >> 60 > 3 ? 0x80 : 0)
        })
    }
    for bytes in samples {
      let text = ArgumentText.text(bytes)
      #expect(ArgumentText.bytes(text) == bytes)
      if let plain = String(validating: bytes, as: UTF8.self), !plain.unicodeScalars.contains(where: { $0.value >= 0x10FF00 }) {
        #expect(text.utf8.elementsEqual(bytes) && ArgumentText.shown(text) == plain && !ArgumentText.holdsBytes(text))
      } else {
        #expect(ArgumentText.holdsBytes(text) && !ArgumentText.holdsBytes(ArgumentText.shown(text)))
      }
      if let other = texts.updateValue(bytes, forKey: text) { #expect(other == bytes) }
    }
    #expect(ArgumentText.shown(ArgumentText.text([0x62, 0xE9, 0x05 | 0x80])) == "b\\xE9\\x85")
  }

  @Test func dataWhosePathIsNotUTF8AreRead() throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render(out: "whole")).code == 0)
    let whole = try bench.snapshot("whole")
    // Made by a shell, since Foundation knows no such names.
    let made = try bench.shell(
      #"d=$(printf 'f\351lder'); f=$(printf 'b\351lls.jsonl'); mkdir "$d"; cp bills.jsonl "$f"; cp bills.jsonl "$d/$f""#, [])
    #expect(made.code == 0)
    for (argument, out, name) in [
      (#"$(printf 'b\351lls.jsonl')"#, "file", #"b\\xE9lls.jsonl"#), (#"$(printf 'f\351lder')"#, "folder", #"b\\xE9lls.jsonl"#),
      (#"$(printf './f\351lder/b\351lls.jsonl')"#, "below", #"b\\xE9lls.jsonl"#),
    ] {
      let outcome = try bench.shell(#"exec "$@" --data "\#(argument)""#, bench.render([], out: out).filter { $0 != "--data" })
      #expect(outcome.code == 0, "\(out): \(outcome)")
      let made = try bench.snapshot(out)
      for (name, file) in whole where name.hasSuffix(".pdf") { #expect(made[name] == file) }
      #expect(try bench.text("\(out)/run.json").contains(#""file":"\#(name)""#))
      #expect(try bench.text("\(out)/manifest.jsonl").contains(#""file":"\#(name)""#))
      let check = try bench.shell(#"exec "$@" --data="\#(argument)""#, bench.check())
      #expect(check.code == 0, "\(check)")
    }
    let missing = try bench.shell(#"exec "$@" --data "$(printf 'n\377ne')""#, bench.check())
    #expect(missing.code == 66)
    #expect(missing.output.contains(#"'n\xFFne'"#), "\(missing)")
    // Whatever else is not UTF-8 is a mistake, and named.
    for arguments in [
      #"check --layout "$(printf 'l\351')""#, #"render --layout layout --data bills.jsonl --out "$(printf 'o\351')""#,
      #"format "$(printf 'l\351')""#,
    ] {
      let outcome = try bench.shell("exec \"$1\" \(arguments)", [])
      #expect(outcome.code == 64, "\(outcome)")
      #expect(outcome.errors.contains(#"\xE9"#) && outcome.errors.contains("UTF-8"), "\(outcome)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.root.path).filter { $0.hasPrefix("o") && $0.count < 4 } == [])
  }

  // MARK: Keys

  @Test func doubtfulKeyIsAWarning() throws {
    let bench = try Bench()
    func codes(_ bytes: [UInt8], _ mode: mode_t) throws -> [String] {
      try Data(bytes).write(to: bench.root.appendingPathComponent("key"))
      #expect(chmod(bench.path("key"), mode) == 0)
      return try TokenKey.load(bench.path("key")).warnings.map(\.id)
    }
    let good = (0..<32).map { UInt8($0 * 7) }
    #expect(try codes(good, 0o600) == [])
    #expect(try codes(good, 0o640) == [])
    #expect(try codes(good, 0o644) == ["token-key-readable"])
    #expect(try codes(good, 0o604) == ["token-key-readable"])
    #expect(try codes(Array(good[..<16] + good[..<16]), 0o600) == [])
    #expect(try codes(Array(good[..<15] + good[..<15] + good[..<2]), 0o600) == ["token-key-plain"])
    #expect(try codes([UInt8](repeating: 0, count: 64), 0o666) == ["token-key-readable", "token-key-plain"])
    for arguments in [bench.render(), ["token", "verify", "0000", "--account", "a", "--campaign", "campaign", "--token-key", "key"]] {
      let outcome = try bench.run(arguments)
      #expect(outcome.code == (arguments[0] == "render" ? 0 : 1), "\(outcome)")
      #expect(outcome.errors.contains("[token-key-readable]") && outcome.errors.contains("[token-key-plain]"), "\(outcome)")
    }
    let check = try bench.run(bench.check())
    #expect(check.code == 0 && check.output.contains("[token-key-plain]"))
    #expect(try bench.run(bench.check([], ["--strict"])).code == 1)
  }
}
