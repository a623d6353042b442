internal import Billing
internal import Billmaking
internal import Cairo
internal import Campaigns
internal import Contract
internal import Diagnostics
internal import EInvoice
internal import Formats
internal import Foundation
internal import Geometry
internal import Imaging
internal import JSON
internal import LayoutLanguage
internal import Layout
internal import Pipeline
internal import Sampling
internal import Typography

/// Every reader of the program.
enum AllReaders {
  private static let marks = [
    "<", ">", "&", "&#x0;", "{", "}", "[", "]", "\"", "'", "<!--", "-->", "<![CDATA[", "]]>", "\u{FEFF}", "\0", "%00",
  ]
  private static let numbers = ["-1", "0", "2147483648", "99999999999999999999", "1e999", "NaN", "0.0000000000000000001"]

  /// - Parameters:
  ///   - seeds: The files to begin with.
  ///   - folder: A folder of this process alone, for readers that take paths.
  static func make(_ seeds: Seeds, folder: URL) throws -> [Reader] {
    try records(seeds) + layouts(seeds) + campaigns(seeds, folder) + pictures(seeds) + fonts(seeds, folder) + invoices() + small(folder)
  }

  private static func records(_ seeds: Seeds) throws -> [Reader] {
    let lines = try seeds.lines("Samples/larkspur/bills.jsonl", count: 8)
    return [
      Reader(name: "record", words: marks + numbers + ["null", "true", "[[[[", "\\u0000", "\\ud800", "\"extra\":{", ","], seeds: lines) {
        _ = RecordIdentity.scan($0)
        _ = try? BillReader().read($0)
        _ = try? JSONReader.value(of: $0)
      }
    ]
  }

  private static func layouts(_ seeds: Seeds) throws -> [Reader] {
    let files = try seeds.files(below: "Layouts/larkspur")
    let words =
      marks + numbers + [
        "<text>", "</text>", "<box>", "<row>", "<cell>", "each=\"x in sections\"", "if=\"segment\"", "xmlns=\"\"", "{totals.due | money}",
      ]
    func load(_ path: String, _ bytes: [UInt8]) {
      var changed = files
      changed[path] = bytes
      _ = LayoutPackage.load(MemoryFiles(changed))
    }
    let expressions = [
      "totals.due | money(symbol: 'none')", "sections.lines.amount | sum", "a ? b : c", "not (segment eq 'x' and totals.due gt 0)",
      "usage | last(3) | join(', ')", "-(1 + 2) * 3 / 4", "issued | date('long')", "customer.name ?? 'x'",
    ].map { Array($0.utf8) }
    return [
      Reader(name: "layout", words: words, seeds: [files["layout.xml"] ?? []]) { load("layout.xml", $0) },
      Reader(name: "formatter", words: words, seeds: [files["layout.xml"] ?? []]) { _ = try? LayoutFormatter.format($0) },
      Reader(
        name: "strings",
        words: marks + numbers + ["{n, plural, one {a} other {b}}", "{s, select, other {}}", "#", "&a", "*a", ": ", "- ", "|\n"],
        seeds: [files["strings/en-US.yaml"] ?? []]
      ) { load("strings/en-US.yaml", $0) },
      Reader(name: "expression", words: marks + numbers + ["(", ")", "|", "??", "eq", "sum", "'", "."], seeds: expressions) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        load(
          "layout.xml",
          Array(
            """
            <bill paper="A5" style="b" xmlns="urn:billfold:layout:1"><style name="b" font="Inter" size="10pt"/><page name="next" margin="9mm"/>\
            <body><text>{\(text)}</text></body></bill>
            """.utf8))
      },
      Reader(name: "sample", words: marks + numbers + ["- ", ": ", "{", "|\n"], seeds: [files["sample.yaml"] ?? []]) {
        _ = try? SampleSource.parse($0, name: "sample.yaml")
      },
    ]
  }

  private static func campaigns(_ seeds: Seeds, _ folder: URL) throws -> [Reader] {
    let files = try seeds.files(below: "Samples/larkspur/campaign")
    let place = folder.appendingPathComponent("campaign")
    for (path, bytes) in files {
      let file = place.appendingPathComponent(path)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let terms = files.filter { $0.key.hasSuffix(".md") }.sorted { $0.key < $1.key }.map(\.value)
    let previous = terms.first.flatMap { try? MarkdownDocument(parsing: String(decoding: $0, as: UTF8.self), expressions: false) }
    return [
      Reader(
        name: "campaign", words: marks + numbers + ["&a ", "*a", "- ", ": ", "same-as: final", "2027-02-30", "[a](b:c)"],
        seeds: [files["campaign.yaml"] ?? []]
      ) {
        let file = place.appendingPathComponent("campaign.yaml")
        try? Data($0).write(to: file)
        _ = try? Campaign.load(file.path)
      },
      Reader(
        name: "terms",
        words: marks + ["**", "*", "_", "> ", "- ", "1. ", "# ", "[a](b)", "![", "](", "``", "\\", "<a:b>", "[a]: b\n", "***", "    "],
        seeds: terms
      ) {
        let text = String(decoding: $0, as: UTF8.self)
        guard let document = try? MarkdownDocument(parsing: text, expressions: false) else { return }
        _ = try? MarkdownDocument(parsing: text, expressions: true)
        if let previous { _ = TermsChanges.between(previous, and: document) }
      },
    ]
  }

  private static func pictures(_ seeds: Seeds) throws -> [Reader] {
    let files = try seeds.files(below: "Tests/ImagingTests/Fixtures")
    func ofKind(_ ending: String) -> [[UInt8]] { files.filter { $0.key.hasSuffix(ending) }.sorted { $0.key < $1.key }.map(\.value) }
    func paint(_ bytes: [UInt8]) {
      let table = ImageTable()
      guard let number = try? table.add(path: "a", bytes: bytes) else { return }
      let size = Size(width: .pt(200), height: .pt(200))
      guard let surface = try? PDFSurface(pageSize: size, metadata: PDFMetadata(created: "2026-01-01T00:00:00Z")),
        let context = try? Context(surface)
      else { return }
      _ = try? table.draw(number, in: Rect(x: .zero, y: .zero, width: .pt(100), height: .pt(100)), on: context, sampling: .smooth)
      context.showPage()
      try? surface.finish()
      _ = surface.takeBytes()
    }
    let svg = [
      "<g>", "</g>", "<path d=\"M0 0", "transform=\"scale(1e9)\"", "<use href=\"#a\"/>", "<linearGradient id=\"a\">", "viewBox=\"0 0 0 0\"",
      "url(#a)",
      "<!DOCTYPE x>", "<image href=\"x\"/>",
    ]
    let logo = try seeds.file("Layouts/larkspur/images/larkspur.svg")
    return [
      Reader(name: "svg", words: marks + numbers + svg, seeds: ofKind(".svg") + [logo], read: paint),
      Reader(name: "png", words: ["IHDR", "IDAT", "IEND", "PLTE", "tRNS", "\u{7F}\u{7F}\u{7F}\u{7F}"], seeds: ofKind(".png"), read: paint),
      Reader(name: "jpeg", words: ["Exif\0\0", "Adobe", "JFIF\0", "\u{1}\u{0}"], seeds: ofKind(".jpg"), read: paint),
    ]
  }

  private static func fonts(_ seeds: Seeds, _ folder: URL) throws -> [Reader] {
    let place = folder.appendingPathComponent("fonts")
    let layout = folder.appendingPathComponent("layout")
    for made in [place, layout] { try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true) }
    let patterns = try seeds.file("Fonts/Hyphenation/hyph_es.dic")
    let hebrew = try seeds.file("Fonts/NotoSansHebrew/NotoSansHebrew-Regular.ttf")
    let dictionaries = folder.appendingPathComponent("dictionaries")
    try FileManager.default.createDirectory(at: dictionaries, withIntermediateDirectories: true)
    try Data(try seeds.file("Fonts/OCRB/OCRB.otf")).write(to: dictionaries.appendingPathComponent("a.otf"))
    return [
      Reader(
        name: "font", words: ["glyf", "loca", "cmap", "GSUB", "GPOS", "CFF ", "OTTO", "head", "\u{0}\u{1}\u{0}\u{0}"],
        seeds: [try seeds.file("Fonts/OCRB/OCRB.otf"), hebrew]
      ) {
        try? Data($0).write(to: place.appendingPathComponent("a.ttf"))
        // Libraries that read fonts end on some damaged ones: in the trial's process, and in none after it.
        let options = JobOptions(layout: layout.path, fonts: [place.path])
        guard (try? FontTrialRun.run(options)) != nil else { return }
        _ = try? Workshop.tryFonts(options) { _ in }
      },
      Reader(name: "hyphenation", words: ["UTF-8\n", "1", "9", ".", "=", "/", ",", "LEFTHYPHENMIN 0\n", "NEXTLEVEL\n"], seeds: [patterns]) {
        try? Data($0).write(to: dictionaries.appendingPathComponent("hyph_es.dic"))
        guard let book = try? FontBook(folder: dictionaries.path) else { return }
        let style = TextStyle(
          {
            var properties = TextStyle.Properties(); properties.families = ["OCRB"]; return properties
          }())
        var content = TextContent(spans: [.text("extraordinariamente responsabilidades electrodoméstico", style)], style: style)
        (content.hyphenates, content.language) = (true, "es")
        _ = TypographicSetter(book: book).lines(of: content, from: .start, width: .pt(40))
      },
    ]
  }

  private static func invoices() -> [Reader] {
    let (ubl, cii) = (Array(Seeds.ubl.utf8), Array(Seeds.cii.utf8))
    let wide: [UInt8] = [0xFF, 0xFE] + Seeds.ubl.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    func read(_ name: String) -> ([UInt8]) -> Void {
      { bytes in
        let source = InvoiceSource(bytes: bytes, name: Array(name.utf8))
        while let invoice = source.next() {
          if case .lines(let lines) = invoice.content {
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 8)
            defer { room.deallocate() }
            while let count = try? lines.read(into: room), count > 0 {}
          } else if let xml = try? invoice.xml.get() {
            _ = try? EInvoiceRecord.derive(from: xml)
          }
        }
      }
    }
    let xml = marks + numbers + ["<!DOCTYPE x [", "xmlns=\"\"", "<?xml version='1.0' encoding='UTF-7'?>", "cbc:", "<cac:Party>"]
    let pdf = [
      "stream\n", "endstream", "endobj", " 0 R", "<<", ">>", "[", "]", "/Kids", "/EF", "/Filter /FlateDecode", "/Filter /LZWDecode",
      "/Predictor 15",
      "/Length 99999999", "/Type /ObjStm", "999999999", "-1", "startxref", "xref", "trailer", "/Encrypt", "/Prev 0", "/Root 3 0 R", "2 0 R",
    ]
    let archive = Seeds.zip([("a.xml", ubl), ("b.jsonl", Array("{}\n{}\n".utf8)), ("c.pdf", Seeds.pdf(cii))])
    let zip = ["PK\u{3}\u{4}", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "../", "/", ".xml"]
    return [
      Reader(name: "ubl", words: xml, seeds: [ubl, wide], read: read("a.xml")),
      Reader(name: "cii", words: xml, seeds: [cii], read: read("a.xml")),
      Reader(name: "pdf", words: pdf, seeds: [Seeds.pdf(ubl), Seeds.pdf(cii)], read: read("a.pdf")),
      Reader(name: "zip", words: zip, seeds: [archive, Seeds.zip([("a.zip", archive)])], read: read("a.zip")),
      Reader(
        name: "gzip", words: ["\u{1F}", "\u{8}", "\0\0"], seeds: [Seeds.gzip(ubl), Seeds.gzip(Array("{}\n".utf8))], read: read("a.xml.gz")),
    ]
  }

  private static func small(_ folder: URL) -> [Reader] {
    let tags = ["en-US", "de-AT-1996", "sr-Latn-RS", "zh-Hant", "ar-u-nu-latn", "x-private"].map { Array($0.utf8) }
    let accounts = folder.appendingPathComponent("accounts")
    return [
      Reader(name: "formats", words: ["-", "_", "u-nu-", "x-", "@", "$(", "\0"], seeds: tags) {
        _ = try? LocaleFormats(language: String(decoding: $0, as: UTF8.self))
        _ = LocaleFormats.isDateSkeleton(String(decoding: $0, as: UTF8.self))
      },
      Reader(name: "accounts", words: marks + ["\r\n", "\n", "@", "\u{2028}"], seeds: [Array("4400-1\n4400-2\r\n\n\u{E9}\n".utf8)]) {
        try? Data($0).write(to: accounts)
        _ = try? AccountFilter(only: ["@" + accounts.path], exclude: [])
      },
    ]
  }
}
