import Foundation
import TestSupport

/// What the tests ask of the programs that look at PDFs.
extension Tool {
  /// The text `pdftotext` finds, pages parted by form feeds; `arguments` such as `-layout`.
  static func text(of pdf: [UInt8], _ arguments: [String] = []) throws -> String {
    try run(["pdftotext", "-q", "-enc", "UTF-8"] + arguments + ["{}", "-"], on: pdf).output
  }

  /// The pages of that text.
  static func pageTexts(of pdf: [UInt8], _ arguments: [String] = ["-layout"]) throws -> [String] {
    var pages = try text(of: pdf, arguments).components(separatedBy: "\u{C}")
    if pages.last == "" { pages.removeLast() }
    return pages
  }

  /// The text `mutool` finds.
  static func muText(of pdf: [UInt8]) throws -> String { try run(["sh", "-c", "mutool draw -q -F txt '{}' 2>/dev/null"], on: pdf).output }

  /// What `qpdf --check` finds wrong; empty where the file is clean.
  static func faults(of pdf: [UInt8]) throws -> String {
    let (code, output) = try run(["qpdf", "--check", "{}"], on: pdf)
    return code == 0 && !output.contains("WARNING") ? "" : "exit \(code): \(output)"
  }

  /// A font as `pdffonts` lists it.
  struct FontLine: Hashable {
    var name: String
    var isEmbedded: Bool
    var isSubset: Bool
    var hasUnicode: Bool
  }

  static func fonts(of pdf: [UInt8]) throws -> [FontLine] {
    try run(["pdffonts", "{}"], on: pdf).output.split(separator: "\n").dropFirst(2).map { line in
      // name … emb sub uni object generation: the type and the encoding may hold spaces, so it is read from the end.
      let words = line.split(separator: " ")
      guard words.count >= 6 else { throw TestFailure("pdffonts wrote '\(line)'") }
      let flags = words.dropLast(2).suffix(3).map { $0 == "yes" }
      return FontLine(name: String(words[0]), isEmbedded: flags[0], isSubset: flags[1], hasUnicode: flags[2])
    }
  }

  /// The contents of the QR codes on a page rendered at `dpi`.
  static func qrCodes(on page: Int, of pdf: [UInt8], dpi: Int = 200) throws -> [String] {
    let script = """
      trap 'rm -f "{}.png"' EXIT
      pdftoppm -q -r \(dpi) -f \(page) -l \(page) -singlefile -png '{}' '{}' && zbarimg -q --raw -Sdisable -Sqrcode.enable '{}.png' 2>/dev/null
      """
    return try run(["sh", "-c", script], on: pdf).output.split(separator: "\n").map(String.init)
  }

  /// The contents of every code on a page at `dpi`, as zxing-cpp reads them, and dmtxread for a Data Matrix, which the former misses on
  /// a whole page; characters outside ASCII as Python escapes.
  static func codes(on page: Int, of pdf: [UInt8], dpi: Int = 200) throws -> [String] {
    let reader = """
      import subprocess, sys, zxingcpp
      from PIL import Image
      found = [code.text for code in zxingcpp.read_barcodes(Image.open(sys.argv[1]))]
      matrix = subprocess.run(["dmtxread", "-n", "-m", "2000", sys.argv[1]], stdout=subprocess.PIPE).stdout.decode()
      found += [text for text in matrix.splitlines() if text not in found]
      for text in found: print(text.encode('unicode_escape').decode())
      """
    let script = """
      trap 'rm -f "{}.png"' EXIT
      pdftoppm -q -r \(dpi) -f \(page) -l \(page) -singlefile -png '{}' '{}' && \(Tool.python) -c "$READER" '{}.png'
      """
    return try run(["READER=\(reader)", "sh", "-c", script], on: pdf).output.split(separator: "\n").map(String.init)
  }
}

extension StringProtocol {
  /// The text with each stretch of white space, no-break spaces included, folded to one space.
  var folded: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
