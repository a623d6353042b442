import Foundation
import TestSupport

/// Writes small PDFs with attachments, byte by byte: catalogue, one page, cross-reference table.
struct TestPDF {
  /// How the document leads to an attachment.
  enum Way: CaseIterable {
    case namesTree, deepNamesTree, associated, associatedWithPage, annotation, nothing
  }

  /// How a stream is packed.
  enum Packing: CaseIterable {
    case plain, flate, hexadecimal, ascii85, runLength, lzw, flateWithPredictor, twice
  }

  struct Attachment {
    var name: String
    var content: [UInt8]
    var way = Way.namesTree
    var packing = Packing.flate
  }

  var attachments: [Attachment] = []
  /// Objects of one's own, with their numbers from 900.
  var objects: [Int: String] = [:]
  /// What stands in the catalogue beside the rest.
  var catalogue = ""
  var before = ""

  var bytes: [UInt8] {
    var bodies: [Int: [UInt8]] = [:]
    var (names, associated, ofPage, annotations): ([String], [String], [String], [String]) = ([], [], [], [])
    for (index, attachment) in attachments.enumerated() {
      let (file, stream) = (10 + 2 * index, 11 + 2 * index)
      let name = TestPDF.string(attachment.name)
      bodies[file] = Array(
        "<< /Type /Filespec /F \(name) /UF \(name) /AFRelationship /Data /EF << /F \(stream) 0 R /UF \(stream) 0 R >> >>".utf8)
      bodies[stream] = TestPDF.stream("/Type /EmbeddedFile /Subtype /text#2Fxml", attachment.content, attachment.packing)
      switch attachment.way {
      case .namesTree: names.append("\(name) \(file) 0 R")
      case .deepNamesTree:
        bodies[500 + index] = Array("<< /Names [\(name) \(file) 0 R] /Limits [\(name) \(name)] >>".utf8)
        bodies[600 + index] = Array("<< /Kids [\(500 + index) 0 R 600 0 R] >>".utf8)
      case .associated: associated.append("\(file) 0 R")
      case .associatedWithPage: ofPage.append("\(file) 0 R")
      case .annotation:
        bodies[700 + index] = Array("<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS \(file) 0 R >>".utf8)
        annotations.append("\(700 + index) 0 R")
      case .nothing: break
      }
    }
    let deep = attachments.indices.filter { attachments[$0].way == .deepNamesTree }.map { "\(600 + $0) 0 R" }
    var tree = names.isEmpty ? "" : "/Names [\(names.joined(separator: " "))]"
    if !deep.isEmpty { tree += " /Kids [\(deep.joined(separator: " "))]" }
    var root = "<< /Type /Catalog /Pages 2 0 R"
    if !tree.isEmpty { root += " /Names << /EmbeddedFiles << \(tree) >> >>" }
    if !associated.isEmpty { root += " /AF [\(associated.joined(separator: " "))]" }
    bodies[1] = Array("\(root) \(catalogue) >>".utf8)
    bodies[2] = Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8)
    var page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Resources << >> /Contents 4 0 R"
    if !ofPage.isEmpty { page += " /AF [\(ofPage.joined(separator: " "))]" }
    if !annotations.isEmpty { page += " /Annots [\(annotations.joined(separator: " "))]" }
    bodies[3] = Array("\(page) >>".utf8)
    bodies[4] = TestPDF.stream("", Array("q Q".utf8), .flate)
    for (number, text) in objects { bodies[number] = Array(text.utf8) }
    return TestPDF.file(bodies, before)
  }

  private static func file(_ bodies: [Int: [UInt8]], _ before: String) -> [UInt8] {
    var result = Array("\(before)%PDF-1.7\n".utf8)
    let start = before.utf8.count
    var table = ""
    for number in bodies.keys.sorted() {
      table += "\(number) 1\n\(String(repeating: "0", count: 10 - "\(result.count - start)".count))\(result.count - start) 00000 n \n"
      result += Array("\(number) 0 obj\n".utf8) + (bodies[number] ?? []) + Array("\nendobj\n".utf8)
    }
    let size = (bodies.keys.max() ?? 0) + 1
    let place = result.count - start
    return result
      + Array("xref\n0 1\n0000000000 65535 f \n\(table)trailer\n<< /Size \(size) /Root 1 0 R >>\nstartxref\n\(place)\n%%EOF\n".utf8)
  }

  /// A text string in UTF-16.
  private static func string(_ text: String) -> String {
    "<FEFF" + text.utf16.map { String(format: "%04X", $0) }.joined() + ">"
  }

  static func stream(_ dictionary: String, _ content: [UInt8], _ packing: Packing) -> [UInt8] {
    let (filter, packed): (String, [UInt8])
    switch packing {
    case .plain: (filter, packed) = ("", content)
    case .flate: (filter, packed) = ("/Filter /FlateDecode", zlib(content))
    case .hexadecimal:
      (filter, packed) = ("/Filter /ASCIIHexDecode", Array(content.map { String(format: "%02x", $0) }.joined().utf8) + [0x3E])
    case .ascii85: (filter, packed) = ("/Filter [/ASCII85Decode]", ascii85(content))
    case .runLength: (filter, packed) = ("/Filter /RunLengthDecode", runs(content))
    case .lzw: (filter, packed) = ("/Filter /LZWDecode", lzw(content))
    case .flateWithPredictor:
      (filter, packed) = ("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >>", zlib(rows(content, 7)))
    case .twice: (filter, packed) = ("/Filter [/ASCII85Decode /FlateDecode] /DecodeParms [null null]", ascii85(zlib(content)))
    }
    return Array("<< \(dictionary) \(filter) /Length \(packed.count) >>\nstream\n".utf8) + packed + Array("\nendstream".utf8)
  }

  // MARK: Packing

  static func ascii85(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    while start < content.count {
      let group = Array(content[start..<min(content.count, start + 4)])
      let value = (group + [0, 0, 0]).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
      if group.count == 4, value == 0 {
        result.append(UInt8(ascii: "z"))
      } else {
        var (digits, rest): ([UInt8], UInt32) = ([], value)
        for _ in 0..<5 {
          digits.insert(UInt8(rest % 85) + 33, at: 0)
          rest /= 85
        }
        result += digits.prefix(group.count + 1)
      }
      start += 4
    }
    return result + Array("~>".utf8)
  }

  /// Stretches of equal bytes as runs, others as they are.
  static func runs(_ content: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < content.count {
      var end = index + 1
      while end < content.count, content[end] == content[index], end - index < 128 { end += 1 }
      result += end - index > 1 ? [UInt8(257 - (end - index)), content[index]] : [0, content[index]]
      index = end
    }
    return result + [128]
  }

  /// LZW after the rules of TIFF: the highest bit first, codes growing one entry early.
  static func lzw(_ content: [UInt8]) -> [UInt8] {
    var (result, buffer, bits): ([UInt8], UInt32, UInt32) = ([], 0, 0)
    var table: [[UInt8]: UInt32] = [:]
    var width: UInt32 = 9
    func put(_ code: UInt32) {
      buffer = buffer << width | code
      bits += width
      while bits >= 8 {
        bits -= 8
        result.append(UInt8(buffer >> bits & 0xFF))
      }
    }
    func clear() {
      put(256)
      table = Dictionary(uniqueKeysWithValues: (0..<256).map { ([UInt8($0)], UInt32($0)) })
      width = 9
    }
    clear()
    var (word, next): ([UInt8], UInt32) = ([], 258)
    for byte in content {
      if table[word + [byte]] != nil {
        word.append(byte)
        continue
      }
      put(table[word] ?? 0)
      table[word + [byte]] = next
      next += 1
      width = next > 2_047 ? 12 : next > 1_023 ? 11 : next > 511 ? 10 : 9
      if next == 4_094 {
        clear()
        next = 258
      }
      word = [byte]
    }
    if !word.isEmpty { put(table[word] ?? 0) }
    // The reader has one more entry by now.
    next += 1
    width = next > 2_047 ? 12 : next > 1_023 ? 11 : next > 511 ? 10 : 9
    put(257)
    if bits > 0 { result.append(UInt8(buffer << (8 - bits) & 0xFF)) }
    return result
  }

  /// Rows of PNG, each the difference from the one above.
  static func rows(_ content: [UInt8], _ columns: Int) -> [UInt8] {
    var (result, above): ([UInt8], [UInt8]) = ([], Array(repeating: 0, count: columns))
    var start = 0
    while start < content.count {
      let row = Array(content[start..<min(content.count, start + columns)])
      result.append(2)
      result += row.indices.map { row[$0] &- above[$0] }
      for index in row.indices { above[index] = row[index] }
      start += columns
    }
    return result
  }

  // MARK: qpdf

  /// The file as the command `qpdf` writes it with `arguments`.
  static func rewritten(_ bytes: [UInt8], _ arguments: [String]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let from = try folder.write("a.pdf", bytes)
    _ = try Tool.run(["qpdf"] + arguments + [from, folder.path("b.pdf")])
    return try folder.bytes("b.pdf")
  }
}
