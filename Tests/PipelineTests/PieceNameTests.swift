import Billing
import Contract
import Foundation
import TestSupport
import Testing

@testable import Pipeline

@Suite struct PieceNameTests {
  private func name(_ account: String, _ invoice: String) -> String {
    PieceName.file(of: RecordIdentity(account: Array(account.utf8), invoice: Array(invoice.utf8)), kind: .bill)
  }

  @Test func plainNamesStayReadable() {
    // The folder is the first byte of `printf 4400-1182-07 | sha256sum`.
    #expect(name("4400-1182-07", "2026-11.004711") == "bills/\(Self.group("4400-1182-07"))/4400-1182-07_2026-11.004711.pdf")
  }

  private static func group(_ account: String) -> String {
    let digest = try? Tool.run(["sh", "-c", "printf %s '\(account)' | sha256sum"]).output
    return String(digest?.prefix(2) ?? "")
  }

  @Test func everythingElseIsEscaped() {
    #expect(name("../../etc/passwd", ".x").hasSuffix("/%2E.%2F..%2Fetc%2Fpasswd_%2Ex.pdf"))
    #expect(name("a_b", "c").hasSuffix("/a%5Fb_c.pdf"))
    #expect(name("é~", " ").hasSuffix("/%C3%A9%7E_%20.pdf"))
  }

  @Test func longNamesAreCutAndStayDifferent() {
    let long = String(repeating: "x", count: 200)
    let (a, b) = (name(long, "1"), name(long, "2"))
    #expect(a != b)
    let file = a.split(separator: "/")[2]
    #expect(file.utf8.count == 150 + 1 + 16 + 4)
    #expect(file.hasPrefix(String(repeating: "x", count: 150) + "~"))
    // 180 bytes are not too long.
    let just = name(String(repeating: "x", count: 178), "1").split(separator: "/")[2]
    #expect(just.utf8.count == 184)
    #expect(!just.contains("~"))
    #expect(name(String(repeating: "x", count: 179), "1").contains("~"))
  }

  @Test func onlyNamesOfThatFormAreOurs() {
    for (name, isOurs) in [
      ("a_b.pdf", true), ("a%2F_b~0.pdf", true), ("notes.txt", false), ("a.pdf", false), ("a b_c.pdf", false), (".pdf", false),
    ] {
      #expect(PieceName.isOurs(Array(name.utf8), kind: .bill) == isOurs, "\(name)")
    }
  }

  @Test(arguments: [
    ("bills/0a/A_1.pdf", true), ("terms/en-US.pdf", true), ("terms/fr-CA-large.pdf", true), ("emails/ff/A_1.eml", true),
    ("bills/A_1.pdf", false), ("bills/0A/A_1.pdf", false), ("bills/0a/A_1.eml", false), ("bills/0a/x/A_1.pdf", false),
    ("../A_1.pdf", false),
    ("/bills/0a/A_1.pdf", false), ("bills/../A_1.pdf", false), ("bills//A_1.pdf", false), ("notes/0a/A_1.pdf", false), ("", false),
    ("terms/../x.pdf", false), ("bills/0a/A_1.pdf/", false), ("run.json", false),
  ])
  func aPathIsOursOnlyInTheFormOfAPieces(path: String, isOurs: Bool) {
    #expect(PieceName.isOurs(path: path) == isOurs)
  }
}
