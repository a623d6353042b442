import Foundation
import TestSupport
import Testing

/// The architecture page says which module may import which; here the sources and the manifest are held against it.
@Suite struct ArrowTests {
  /// Modules of the toolchain; every other import is an arrow.
  private static let toolchain: Set<String> = ["Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization"]

  /// The page's table: the modules from the bottom up, each with what it may import.
  private static func page() throws -> [(module: String, imports: Set<String>)] {
    let page = try Project.text("Sources/billfold/billfold.docc/Architecture.md")
    let start = try #require(page.range(of: "| module | imports | holds |"))
    return page[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).prefix { $0.hasPrefix("|") }.map
    {
      let cells = $0.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
      let names = { (cell: String) in cell.replacing("`", with: "").split(separator: " ").map(String.init) }
      return (names(cells[1])[0], Set(names(cells[2]).filter { $0 != "–" }))
    }
  }

  /// The import lines below a folder, by module.
  private static func imports(of folder: String) throws -> Set<String> {
    var found: Set<String> = []
    let files = FileManager.default.enumerator(atPath: Project.root.appendingPathComponent(folder).path)
    while let file = files?.nextObject() as? String {
      guard file.hasSuffix(".swift") else { continue }
      for line in try Project.text(folder + "/" + file).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, words.count > place + 1,
          words[..<place].allSatisfy({ ["public", "package", "internal", "private", "fileprivate"].contains($0) })
        else { continue }
        found.insert(String(words.last ?? ""))
      }
    }
    return found.subtracting(toolchain)
  }

  private static func folder(_ module: String) -> String { "Sources/" + (module == "billfold-bench" ? "Benchmarks" : module) }

  /// What `Package.swift` declares: targets in its order, each with its dependencies; products by their own names.
  private static func declared() throws -> [(module: String, dependencies: Set<String>)] {
    let manifest = try Project.text("Package.swift")
    let body = try #require(manifest.range(of: "// Values, and the plain tools")).lowerBound
    let end = try #require(manifest.range(of: "// Tests.\n")).lowerBound
    let flat = manifest[body..<end].replacing(#/\/\/.*/#, with: "")
    return flat.split(separator: #/module\(|\.executableTarget\(/#).dropFirst().map { part in
      // The first list behind the name; resources follow it.
      let list = part.firstIndex(of: "[").flatMap { start in part[start...].firstIndex(of: "]").map { part[start..<$0] } } ?? ""
      let names = part.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
      var dependencies = Set(list.replacing(#/package: "[^"]+"/#, with: "").matches(of: #/"([^"]+)"/#).map { String($0.output.1) })
      if list.contains("crypto") { dependencies.insert("Crypto") }
      return (names.first ?? "", dependencies)
    }
  }

  @Test func everyImportIsAnArrowThePageAllows() throws {
    for (module, allowed) in try Self.page() {
      let found = try Self.imports(of: Self.folder(module))
      #expect(found.subtracting(allowed).isEmpty, "\(module) imports \(found.subtracting(allowed).sorted()), which the page does not allow")
      #expect(
        allowed.subtracting(found).isEmpty, "the page lets \(module) import \(allowed.subtracting(found).sorted()), which it does not")
    }
  }

  @Test func arrowsOnlyGoUp() throws {
    var below: Set<String> = []
    let modules = Set(try Self.page().map(\.module))
    for (module, imports) in try Self.page() {
      let early = imports.intersection(modules).subtracting(below)
      #expect(early.isEmpty, "\(module) imports \(early.sorted()), which come later on the page")
      below.insert(module)
    }
  }

  @Test func manifestSaysTheSame() throws {
    let (page, declared) = (try Self.page(), try Self.declared())
    #expect(page.map(\.module) == declared.map(\.module))
    for (row, target) in zip(page, declared) {
      #expect(row.imports == target.dependencies, "\(row.module): the page and Package.swift differ")
    }
    let folders = try FileManager.default.contentsOfDirectory(atPath: Project.root.appendingPathComponent("Sources").path)
      .filter { $0.first != "." && !($0.first == "C" && $0.dropFirst().first?.isUppercase == true) }
    #expect(Set(folders) == Set(page.map { $0.module == "billfold-bench" ? "Benchmarks" : $0.module }))
  }

  @Test func roomsThatMustNotKnowEachOtherDoNot() throws {
    let page = Dictionary(uniqueKeysWithValues: try Self.page().map { ($0.module, $0.imports) })
    func reached(from module: String) -> Set<String> {
      var (seen, pending): (Set<String>, [String]) = ([], [module])
      while let next = pending.popLast() { for name in page[next] ?? [] where seen.insert(name).inserted { pending.append(name) } }
      return seen
    }
    #expect(reached(from: "Composition").isDisjoint(with: ["Pipeline", "Preview", "WorkerLink", "NIOCore", "GRDB"]))
    #expect(try #require(page["Composition"]).isDisjoint(with: ["Files", "CLinux"]))
    #expect(reached(from: "Preview").isDisjoint(with: ["Composition", "Billmaking", "Pipeline", "Layout"]))
    #expect(reached(from: "Pipeline").isDisjoint(with: ["Composition", "Billmaking", "Preview", "Layout"]))
    // What opens files from outside up runs in the reader's process and nowhere else.
    let parsers: Set<String> = ["FileReading", "EInvoice", "CQPDF", "CZip", "CZlib"]
    for module in ["Intake", "Pipeline", "Preview", "Recognition", "Billmaking"] {
      // `verify` unpacks the streams of PDFs that the program has written, each to a bound.
      let parsers = module == "Pipeline" ? parsers.subtracting(["CZlib"]) : parsers
      #expect(reached(from: module).isDisjoint(with: parsers), "\(module) reaches \(reached(from: module).intersection(parsers).sorted())")
    }
    #expect(page.filter { !$0.value.isDisjoint(with: ["EInvoice", "CQPDF", "CZip"]) }.map(\.key).sorted() == ["EInvoice", "FileReading"])
    #expect(page.filter { $0.value.contains("FileReading") }.map(\.key) == ["Commands"])
    #expect(reached(from: "Contract").isDisjoint(with: ["Files", "CLinux"]))
  }
}
