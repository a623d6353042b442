/// The least that is a PDF: a page tree, and a stream of text for each page.
enum ProbePDF {
  static func bytes(pages: Int, text: (_ page: Int) -> String) -> [UInt8] {
    var pdf = Array("%PDF-1.5\n".utf8)
    var offsets: [Int] = []
    func add(_ object: String) {
      offsets.append(pdf.count)
      pdf += "\(offsets.count) 0 obj\n\(object)\nendobj\n".utf8
    }
    add("<< /Type /Catalog /Pages 2 0 R >>")
    add("<< /Type /Pages /Count \(pages) /Kids [ \((0..<pages).map { "\(3 + 2 * $0) 0 R" }.joined(separator: " ")) ] >>")
    for page in 1...pages {
      let text = text(page)
      add("<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents \(offsets.count + 2) 0 R >>")
      add("<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream")
    }
    let table = pdf.count
    pdf += "xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8
    for offset in offsets {
      let digits = String(offset)
      pdf += (String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n").utf8
    }
    pdf += "trailer\n<< /Size \(offsets.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n".utf8
    return pdf
  }
}
