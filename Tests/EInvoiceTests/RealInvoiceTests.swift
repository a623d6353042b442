import Billing
import Diagnostics
import EInvoice
import Foundation
import JSON
import TestSupport
import Testing

@Suite(.enabled(if: RealInvoices.isThere, "the example invoices are not beside the project"))
struct RealInvoiceTests {
  @Test(arguments: RealInvoices.names)
  func becomesABill(_ name: String) throws {
    let (bill, _) = try EInvoiceRecord.bill(from: try RealInvoices.bytes(name), language: english)
    #expect(!bill.sections[0].lines.isEmpty)
    #expect(!bill.customer.address.isEmpty)
    #expect(bill.language == english)
    #expect((bill.kind == .credit) == name.contains("creditnote"))
  }

  /// All text values, found without the reader under test, are in the record: as they are, as dates in ISO form, or as equal numbers.
  @Test(arguments: RealInvoices.names)
  func losesNoText(_ name: String) throws {
    let bytes = try RealInvoices.bytes(name)
    let json = try record(bytes)
    var texts: [String] = []
    func collect(_ value: JSONValue) {
      if let text = value.text { texts.append(text) }
      value.list?.forEach(collect)
      value.members?.forEach { collect($0.value) }
    }
    collect(json)
    let all = texts.joined(separator: "\u{1}")
    let numbers = Set(texts.compactMap { Decimal(string: $0).map { abs($0) } })
    let found = PlainText.values(of: String(decoding: bytes, as: UTF8.self))
    #expect(found.count > 30)
    for (element, text) in found where !Stated.elsewhere(element, text) {
      let isThere =
        all.contains(text) || PlainText.lines(text).allSatisfy { all.contains($0) }
        || Decimal(string: text).map { numbers.contains(abs($0)) } == true
        || (text.count == 8 && all.contains("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"))
      #expect(isThere, "\(element): \(text)")
    }
  }

  @Test
  func twinsGiveEqualRecords() throws {
    var pairs = 0
    for name in RealInvoices.names where name.hasSuffix(".ubl.xml") {
      let twin = name.replacingOccurrences(of: ".ubl.xml", with: ".cii.xml")
      guard RealInvoices.names.contains(twin) else { continue }
      pairs += 1
      let (ubl, cii) = (try record(RealInvoices.bytes(name)), try record(RealInvoices.bytes(twin)))
      for member in ubl.members ?? [] where member.name != "extra" { #expect(member.value == cii[member.name], "\(name): \(member.name)") }
      for group in ["seller", "buyer", "payee", "delivery", "lines", "allowances", "vat", "totals", "payments", "notes", "from", "to"] {
        #expect(ubl["extra"]?["e_invoice"]?[group] == cii["extra"]?["e_invoice"]?[group], "\(name): \(group)")
      }
    }
    #expect(pairs >= 5)
  }

  /// What the record holds below `extra` the layout declares, and so can show.
  @Test
  func layoutDeclaresEveryField() throws {
    let layout = try Project.text("Layouts/e-invoice/layout.xml")
    let declared = Set(layout.matches(of: /<field path="([^"]+)"/).map { String($0.1) })
    func walk(_ value: JSONValue, _ path: String) {
      switch value {
      case .object(let members): for member in members { walk(member.value, path + "." + member.name) }
      case .list(let elements): for element in elements { walk(element, path + "[]") }
      default: #expect(declared.contains(path), "\(path)")
      }
    }
    for name in RealInvoices.names {
      if let terms = try record(RealInvoices.bytes(name))["extra"] { walk(terms, "extra") }
    }
    let parts = Project.url("Layouts/e-invoice/parts")
    let words = try FileManager.default.contentsOfDirectory(atPath: parts.path)
      .map { try String(contentsOf: parts.appendingPathComponent($0), encoding: .utf8) }.joined()
    for path in declared {
      // The syntax and XML paths are facts about the file, not about the invoice; what stands at the paths in `unread` is shown in groups.
      let last = path.split(separator: ".").last.map { $0.replacingOccurrences(of: "[]", with: "") } ?? ""
      if last == "syntax" || last == "path" || last == "unread" { continue }
      // The filter takes the parts of an address by their names.
      if ["line1", "line2", "line3", "city", "code", "region"].contains(last), words.contains("| address") { continue }
      #expect(words.contains("." + last), "\(path) is shown nowhere")
    }
  }

  @Test
  func truncatedFilesAreOneFaultEach() throws {
    for name in RealInvoices.names.prefix(4) {
      let bytes = try RealInvoices.bytes(name)
      for length in stride(from: 0, to: bytes.count - 20, by: 397) {
        let found = fault(Array(bytes[..<length]))
        #expect(found?.code == .malformedXML, "\(name) cut at \(length): \(found?.message ?? "a bill")")
      }
    }
  }
}

/// What stands in an invoice but is said otherwise in a record.
enum Stated {
  static func elsewhere(_ element: String, _ text: String) -> Bool {
    switch element {
    // As the sign of an amount and a flag.
    case "ChargeIndicator", "Indicator": true
    // As the kind of a reference, or the label of a tax.
    case "TypeCode", "DocumentTypeCode": ["130", "50", "916", "VAT"].contains(text)
    // As which of two numbers it is: for VAT or at the tax office.
    case "ID": ["LOC", "???"].contains(text)
    // As a size.
    case "EmbeddedDocumentBinaryObject", "AttachmentBinaryObject": true
    // A fixed phrase of the CII binding.
    case "Name": text == "Project reference"
    default: false
    }
  }
}

/// The text values of an XML file, by the simplest means there are.
enum PlainText {
  static func values(of xml: String) -> [(element: String, text: String)] {
    let plain = xml.replacing(/<!--.*?-->/.dotMatchesNewlines(), with: "")
    return plain.matches(of: /<([A-Za-z:]+)[^<>]*>([^<>]*[^<>\s][^<>]*)<\//).map { match in
      (String(match.1.split(separator: ":").last ?? ""), clean(String(match.2)))
    }
  }

  static func clean(_ text: String) -> String {
    var text = text
    for (reference, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: reference, with: character)
    }
    return text.replacing(/^\s+|\s+$/, with: "")
  }

  /// The lines of a note, its subject code apart.
  static func lines(_ text: String) -> [String] {
    text.replacing(/^#[A-Z]{3}#/, with: "").split(whereSeparator: \.isNewline).map {
      $0.replacing(/\s+/, with: " ").trimmingCharacters(in: .whitespaces)
    }
    .filter { !$0.isEmpty }
  }
}
