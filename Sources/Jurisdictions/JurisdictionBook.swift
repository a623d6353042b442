internal import Billing
internal import ConfigurationFiles
public import Diagnostics
internal import Digests
internal import Files

/// The rules of all places that are known: those the program brings, and a company's own beside them.
///
/// They are facts for counsel to check, and no legal advice.
public struct JurisdictionBook: Sendable {
  /// Bytes of a file of rules: that of a place with twenty rules takes some 10 kB.
  ///
  /// - Stops: a file that is none, such as a disk image, read whole.
  static let maximumFile = 1 << 18
  /// Files of a company's own rules: there are some 5,000 codes of ISO 3166, and nobody bills in a tenth of them.
  ///
  /// - Stops: a wrong folder of thousands of files, all of them read.
  static let maximumFiles = 500
  /// What the files are called behind the code.
  private static let ending = ".yaml"

  private var places: [String: [Jurisdiction]] = [:]
  /// What the program itself asks of every campaign, whatever the law says.
  public private(set) var everyCampaign: [LawRule] = []
  /// SHA-256 over a company's own files, as hexadecimal digits; `nil` where there are none. The program's own are part of the program.
  public private(set) var ownDigest: String?

  /// The rules the program brings.
  ///
  /// - Throws: Every finding about them; a test makes sure that there are none.
  private init() throws(DiagnosticList) {
    for (code, bytes) in [
      ("AT", PackageResources.AT_yaml), ("EU", PackageResources.EU_yaml), ("GB", PackageResources.GB_yaml),
      ("US", PackageResources.US_yaml), ("US-NY", PackageResources.US_NY_yaml), ("US-PA", PackageResources.US_PA_yaml),
    ] {
      try add(bytes, code: code, name: code + Self.ending)
    }
    let own = try Self.jurisdiction(PackageResources.every_campaign_yaml, code: "every-campaign", name: "every-campaign" + Self.ending)
    everyCampaign = own.jurisdiction.rules
  }

  /// The rules the program brings, and those of a folder.
  ///
  /// - Parameter folder: One file `CODE.yaml` for each place; its rules stand beside those the program has for the place. `nil`: none.
  /// - Throws: Every finding about the folder's files: `rules-unreadable`, and those of a YAML file.
  public static func load(_ folder: String? = nil) throws(DiagnosticList) -> JurisdictionBook {
    var book = try JurisdictionBook()
    guard let folder else { return book }
    let names: [String]
    do throws(FolderListing.Fault) {
      guard Folder.isFolder(folder) else { throw .unreadable(folder) }
      names = try FolderListing.files(below: folder, endings: [ending]).filter { !$0.contains("/") }
    } catch {
      throw DiagnosticList([Diagnostic(id: "rules-unreadable", "cannot read the folder of rules '\(folder)'")])
    }
    guard (1...maximumFiles).contains(names.count) else {
      throw DiagnosticList([
        Diagnostic(
          id: "rules-unreadable",
          "the folder of rules '\(folder)' holds \(names.isEmpty ? "no file" : "\(names.count) files") 'CODE\(ending)', expected 1 to \(maximumFiles)"
        )
      ])
    }
    var (findings, files): ([Diagnostic], [(name: String, bytes: [UInt8])]) = ([], [])
    for name in names {
      let shown = folder + "/" + name
      do throws(BoundedFile.Failure) {
        let bytes = try FolderFile.read(name, in: folder, limit: maximumFile)
        files.append((name, bytes))
        do throws(DiagnosticList) { try book.add(bytes, code: String(name.dropLast(ending.count)), name: shown) } catch {
          findings += error.diagnostics
        }
      } catch {
        findings.append(Diagnostic(id: "rules-unreadable", "the file of rules '\(shown)' \(error.reason)"))
      }
    }
    guard findings.isEmpty else { throw DiagnosticList(findings) }
    book.ownDigest = Digest256.hex(files: files)
    return book
  }

  /// The ids of all points that any rule asks, the program's own among them, sorted.
  public var pointIDs: [String] {
    Set((places.values.joined().flatMap(\.rules) + everyCampaign).flatMap { $0.points.map(\.id) }).sorted()
  }

  private static func jurisdiction(_ bytes: [UInt8], code: String, name: String) throws(DiagnosticList)
    -> (jurisdiction: Jurisdiction, range: SourceRange)
  {
    let visible = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    let reading = JurisdictionReading()
    let root = try YAMLParser.parse(SourceFile(name: name, bytes: visible))
    let jurisdiction = reading.jurisdiction(root, code: code)
    guard let jurisdiction, reading.findings.diagnostics.isEmpty else { throw DiagnosticList(reading.findings.diagnostics) }
    return (jurisdiction, root.range)
  }

  private mutating func add(_ bytes: [UInt8], code: String, name: String) throws(DiagnosticList) {
    let (jurisdiction, range) = try Self.jurisdiction(bytes, code: code, name: name)
    let known = places.values.joined().flatMap(\.rules).map { Array($0.id.utf8) }
    if let twice = jurisdiction.rules.first(where: { known.contains(Array($0.id.utf8)) }) {
      throw DiagnosticList([
        Diagnostic(id: "bad-value", "the rule '\(twice.id)' of '\(name)' has the id of another place's rule", at: range)
      ])
    }
    places[code, default: []].append(jurisdiction)
  }

  /// What holds where some customers live.
  ///
  /// - Parameter codes: As record and campaign name them. `US-OR` stands for its own rules and for those of each shorter code, `US`.
  public func law(of codes: some Sequence<String>) -> ApplicableLaw {
    var law = ApplicableLaw()
    for code in Set(codes.map { Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      var parts = code[...]
      var found = false
      while true {
        let name = String(decoding: parts, as: UTF8.self)
        for place in places[name] ?? [] {
          found = true
          law.add(place)
        }
        guard let hyphen = parts.lastIndex(of: UInt8(ascii: "-")) else { break }
        parts = parts[..<hyphen]
      }
      if !found { law.unchecked.append(String(decoding: code, as: UTF8.self)) }
    }
    return law
  }
}
