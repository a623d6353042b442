import ConfigurationFiles
import Diagnostics
import Foundation
import TestSupport
import Testing

/// The lists of codes of the e-invoice layout against the plain lists of codes beside these tests, which come from another source.
@Suite struct CodeListTests {
  /// A list of the layout, read without the layout's own reader.
  struct List: Sendable {
    var fallback: String?
    /// By code, then by language; words that have no language are those of the fallback.
    var codes: [String: [String: String]] = [:]
    var origin: [String: String] = [:]
  }

  static let names = Project.files(below: "Layouts/e-invoice/codes", ending: ".yaml").map { String($0.dropLast(5)) }
    .compactMap { $0.split(separator: "/").last.map(String.init) }
  /// Lists whose words are all our own, in each language.
  static let worded = names.filter {
    !["note-subjects", "electronic-addresses", "identifier-schemes", "item-classifications", "units"].contains($0)
  }
  /// Codes of the layout that the plain list does not have, and why: withdrawn ones are still met, some stand outside the list.
  static let additional: [String: Int] = [
    "document-types": 1, "countries": 1, "electronic-addresses": 9, "identifier-schemes": 1, "units": 390, "file-kinds": 16,
  ]

  private static func list(_ name: String) throws -> List {
    let file = SourceFile(name: name, bytes: Array(try Project.text("Layouts/e-invoice/codes/\(name).yaml").utf8))
    guard case .mapping(let members) = try YAMLParser.parse(file).content else { return List() }
    var list = List()
    for member in members {
      guard case .mapping(let codes) = member.value.content else {
        list.origin[member.name] = member.value.text
        continue
      }
      for code in codes {
        if let text = code.value.text { list.codes[code.name] = ["": text] }
        guard case .mapping(let words) = code.value.content else { continue }
        list.codes[code.name] = Dictionary(uniqueKeysWithValues: words.map { ($0.name, $0.value.text ?? "") })
      }
    }
    list.fallback = list.origin["fallback"]
    return list
  }

  /// The lines of a plain list.
  private static func plain(_ name: String) throws -> (codes: Set<String>, origin: [String]) {
    let lines = try Project.text("Tests/EInvoicePageTests/CodeLists/\(name).txt").split(separator: "\n").map(String.init)
    return (Set(lines.filter { !$0.hasPrefix("#") }), lines.filter { $0.hasPrefix("#") })
  }

  @Test(arguments: names)
  func everyCodeOfTheSourceHasWords(_ name: String) throws {
    if name == "elements" {
      // Names of two vocabularies, of which only those without a term can be met.
      let list = try Self.list(name)
      for key in ["list", "source", "version"] { #expect(list.origin[key]?.isEmpty == false, "\(key)") }
      #expect(list.codes.count > 400 && list.codes.keys.allSatisfy { $0.wholeMatch(of: #/[A-Z][A-Za-z0-9]+/#) != nil })
      return
    }
    let source = try Self.plain(name == "vat-categories-short" ? "vat-categories" : name)
    #expect(source.origin.contains { $0.hasPrefix("# source: ") } && source.origin.contains { $0.hasPrefix("# version: ") })
    let list = try Self.list(name)
    for key in ["list", "source", "version"] { #expect(list.origin[key]?.isEmpty == false, "\(key)") }
    let codes = Set(list.codes.keys)
    if name == "reference-types" {
      // Those in common use, not all: none that the list does not have.
      #expect(codes.isSubset(of: source.codes) && codes.count >= 60, "\(codes.subtracting(source.codes))")
      return
    }
    #expect(source.codes.subtracting(codes).isEmpty, "without words: \(source.codes.subtracting(codes).sorted())")
    let more = codes.subtracting(source.codes)
    #expect(more.count <= Self.additional[name, default: 0], "not in the list: \(more.sorted())")
  }

  @Test(arguments: worded)
  func wordsAreThereInEachLanguage(_ name: String) throws {
    let list = try Self.list(name)
    #expect(list.fallback == nil)
    let incomplete = list.codes.filter { Set($0.value.keys) != ["de", "en", "fr"] }.keys
    #expect(incomplete.isEmpty, "\(incomplete)")
  }

  @Test(arguments: names)
  func noWordIsItsCode(_ name: String) throws {
    var wrong: [String] = []
    for (code, words) in try Self.list(name).codes {
      for word in words.values {
        let isFramed = word.first?.isWhitespace ?? true || word.last?.isWhitespace ?? true
        // Where a line ends is the page's affair, and straight marks are typewriting.
        if word == code && name != "elements" || isFramed || ["\n", "  ", "'"].contains(where: word.contains) {
          wrong.append("\(code): \(word)")
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  /// Small words that stand in one of the three languages only.
  static let telling: [String: Set<String>] = [
    "de": ["und", "der", "des", "für", "nach", "von", "mit", "einer", "eines", "zum", "zur", "im", "auf", "oder"],
    "en": ["the", "of", "and", "by", "with", "from", "for"],
    "fr": ["du", "des", "la", "le", "les", "pour", "et", "sur", "par", "selon", "une", "aux", "ou", "dans"],
  ]

  @Test(arguments: names)
  func wordsStandUnderTheirLanguage(_ name: String) throws {
    var mixed: [String] = []
    for (code, words) in try Self.list(name).codes {
      for (language, text) in words where Self.telling[language] != nil && name != "electronic-addresses" && name != "identifier-schemes" {
        let parts = Set(text.lowercased().split { !$0.isLetter }.map(String.init))
        for (other, telling) in Self.telling where other != language {
          let wrong = parts.intersection(telling).subtracting(Self.telling[language] ?? [])
          if !wrong.isEmpty { mixed.append("\(code), \(language): '\(text)' looks like \(other)") }
        }
      }
    }
    #expect(mixed.isEmpty, "\(mixed)")
  }

  /// Words that were wrong once, and meanings easily mistaken: each against the official meaning.
  @Test(arguments: [
    ("charges", "MAE", "en", "Mounting"), ("charges", "TAC", "en", "Testing"), ("charges", "AAF", "en", "Off-premises service"),
    ("charges", "AEA", "en", "Diversion"), ("charges", "ABL", "de", "Zusätzliche Verpackung"), ("charges", "PRV", "en", "Price variation"),
    ("item-classifications", "TSP", "en", "EU Combined Nomenclature"),
    ("item-classifications", "STI", "", "CPV (Common Procurement Vocabulary)"),
    ("units", "GJ", "", "g/ml"), ("units", "GV", "", "GJ"), ("units", "MON", "de", "Monat(e)"),
    ("units", "H87", "fr", "pce"),
    ("units", "XPX", "en", "pallet(s)"), ("units", "XOV", "", "Returnable pallet"), ("units", "NIL", "", "nil"),
    ("vat-exemptions", "VATEX-EU-D", "en", "Acquisition of second-hand means of transport within the EU"),
    ("note-subjects", "AAF", "en", "Further details of the rate"), ("note-subjects", "AHX", "en", "Event location"),
    ("note-subjects", "AEA", "en", "Cargo remarks"), ("payment-means", "58", "fr", "Virement SEPA"),
    ("vat-categories", "N", "en", "Additional VAT at the standard rate"),
    ("document-types", "389", "de", "Gutschrift im Abrechnungsverfahren"),
  ])
  func meaningIsTheOfficialOne(_ name: String, _ code: String, _ language: String, _ words: String) throws {
    #expect(try Self.list(name).codes[code]?[language] == words)
  }

  @Test func unitsMostUsedAreShortInEachLanguage() throws {
    let units = try Self.list("units").codes
    let source = try Self.plain("units").codes
    let short = units.filter { $0.value.count == 3 || ($0.value[""]?.count ?? 99) <= 4 }
    #expect(short.keys.count { source.contains($0) } >= 150)
    for (code, words) in units where words.count == 3 {
      for word in words.values { #expect(word.count <= 26, "\(code): \(word)") }
    }
  }
}

/// Codes as they stand on pages.
@Suite(.needs("pdftotext"), .serialized)
struct CodeWordTests {
  @Test(arguments: [("de", "20 Std.", "Überweisung"), ("en", "20 h", "Credit transfer"), ("fr", "20 h", "Virement")])
  func caseOfLettersAndUnknownCodes(_ language: String, _ quantity: String, _ means: String) throws {
    let printer = PageText(language: language)
    var invoice = SmallInvoice()
    invoice.quantity = "20"
    (invoice.line, invoice.vat, invoice.gross, invoice.due) = ("1000.00", "190.00", "1190.00", "1190.00")
    for unit in ["HUR", "hur", " Hur "] {
      let xml = invoice.xml.replacing("unitCode=\"C62\"", with: "unitCode=\"\(unit)\"")
      #expect(xml != invoice.xml)
      let text = try printer.plain(of: xml)
      #expect(text.contains(quantity) && text.contains(means), "\(unit): \(text)")
    }
    #expect(try printer.plain(of: invoice.xml.replacing("unitCode=\"C62\"", with: "unitCode=\"Q9Z\"")).contains("20 Q9Z"))
  }
}
