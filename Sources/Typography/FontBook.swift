internal import CHarfBuzz
public import Diagnostics
internal import Files
public import Layout

/// The faces a layout may use, found in folders and nowhere else: never the machine's own fonts.
///
/// Opening a book reads only the names in each file; a file's bytes are read when one of its faces is first resolved. Faces are numbered by
/// family, weight and slant, so that the numbers do not depend on the order of files. One book per worker; not safe to share between threads.
public final class FontBook {
  /// All faces, by ``FontID/index``.
  public let faces: [Typeface]
  /// HarfBuzz's version, such as `6.0.0`.
  public static var harfBuzzVersion: String { String(cString: hb_version_string()) }

  private let files: [FaceFile]
  private var shaping: [ShapingFace?]
  private var coverages: [CharacterCoverage?]
  /// The bytes of collections, shared by their faces.
  private var collections: [String: FontBytes] = [:]
  private let dictionaryPaths: [String: (name: String, path: String)]
  private var dictionaries: [String: HyphenationDictionary?] = [:]

  /// Finds the faces in one folder and in the layout's own; see ``init(folders:layoutFolder:)``.
  ///
  /// - Throws: every fault found: `unreadable-folder`, `not-a-font`, `duplicate-face`.
  public convenience init(folder: String?, layoutFolder: String? = nil) throws(DiagnosticList) {
    try self.init(folders: folder.map { [$0] } ?? [], layoutFolder: layoutFolder)
  }

  /// Finds the faces in `folders`, of which the first wins, and in the layout's own folder, which wins over all, where several have a face of
  /// the same family, weight and slant.
  ///
  /// Takes `.ttf`, `.otf` and `.ttc` files, and hyphenation dictionaries named `hyph_LANGUAGE.dic`, in subfolders too.
  ///
  /// - Parameters:
  ///   - folders: The folders that are named, then `Fonts`.
  ///   - layoutFolder: The layout's `fonts` folder; `nil` for none.
  /// - Throws: every fault found: `unreadable-folder`, `not-a-font`, `duplicate-face`.
  public init(folders: [String], layoutFolder: String? = nil) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    var found: [FoundFace] = []
    var dictionaries: [String: (name: String, path: String)] = [:]
    // The layout's own rank before all others.
    let roots = folders.enumerated().map { (path: $1, rank: $0 + 1) } + (layoutFolder.map { [(path: $0, rank: 0)] } ?? [])
    for (root, rank) in roots {
      let prefix = rank == 0 ? "fonts/" : ""
      var taken: [FaceKey: String] = [:]
      for file in FontBook.listing(root, &faults) {
        guard let path = FontBook.place(of: file, in: root, prefix, &faults) else { continue }
        if file.hasSuffix(".dic") {
          if let language = HyphenationDictionary.language(ofFile: file), rank == 0 || dictionaries[language] == nil {
            dictionaries[language] = (prefix + file, path)
          }
          continue
        }
        do {
          for description in try FontDescription.faces(path: path) {
            let face = FoundFace(description: description, path: path, fileName: prefix + file, rank: rank)
            if let first = taken[face.key] {
              faults.append(
                Diagnostic(
                  id: "duplicate-face",
                  "font files '\(first)' and '\(prefix + file)' hold the same face (\(face.key.text)); expected one file for each face"))
            } else {
              taken[face.key] = prefix + file
              found.append(face)
            }
          }
        } catch {
          faults.append(FontBook.diagnostic(error, file: prefix + file))
        }
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    let ranks = Dictionary(found.map { ($0.key, $0.rank) }, uniquingKeysWith: min)
    let kept = found.filter { $0.rank == ranks[$0.key] }.sorted { $0.key < $1.key }
    faces = kept.enumerated().map { index, face in
      Typeface(
        id: FontID(index), family: face.description.family, weight: face.description.weight,
        slant: face.description.isItalic ? .italic : .upright, postScriptName: face.description.postScriptName, fileName: face.fileName)
    }
    files = kept.map { FaceFile(path: $0.path, rank: $0.rank, description: $0.description) }
    shaping = Array(repeating: nil, count: kept.count)
    coverages = Array(repeating: nil, count: kept.count)
    dictionaryPaths = dictionaries
  }

  /// What the names of font files end in.
  package static let endings = [".ttf", ".otf", ".ttc"]

  /// The families, each once, sorted.
  public var families: [String] {
    var names: [String] = []
    for face in faces where names.last != face.family { names.append(face.family) }
    return names
  }

  /// The bytes of a face's font file, read now where they have not been needed yet.
  ///
  /// - Throws: `not-a-font` where the file has gone or changed since the book was opened.
  public func bytes(of id: FontID) throws(Diagnostic) -> [UInt8] { try shapingFace(id.index).file.bytes }

  /// The bytes of a face's font file as they are now, by plain reading; `nil` where it cannot be read, and for a collection.
  package func unreadBytes(of id: FontID) -> [UInt8]? {
    let path = files[id.index].path
    guard !path.lowercased().hasSuffix(".ttc"), let file = OpenedFile(path: path, limit: FontDescription.maximumFileSize) else {
      return nil
    }
    return file.bytes(at: 0, count: file.size)
  }

  /// The bytes of a face's font file where they lie, read now where they have not been needed yet, and the face's place in it.
  ///
  /// - Returns: The bytes, which stay as long as `keeper` lives.
  /// - Throws: `not-a-font` where the file has gone or changed since the book was opened.
  package func memory(of id: FontID) throws(Diagnostic) -> (bytes: UnsafeRawBufferPointer, keeper: AnyObject, index: Int) {
    let file = try shapingFace(id.index).file
    return (file.buffer, file, files[id.index].index)
  }

  /// The font and hyphenation files read so far with their bytes, sorted by name: what the output depends on.
  public var loadedFiles: [(name: String, bytes: [UInt8])] {
    var found: [(name: String, bytes: [UInt8])] = []
    for (index, face) in shaping.enumerated() {
      guard let face, !found.contains(where: { $0.name == faces[index].fileName }) else { continue }
      found.append((faces[index].fileName, face.file.bytes))
    }
    for dictionary in dictionaries.values {
      if let dictionary { found.append((dictionary.fileName, dictionary.bytes)) }
    }
    return found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Every face with what tells its file from another: the table directory, which holds a sum of each table's bytes. The output depends on all
  /// of them, since a name in an unforeseen script may call for any.
  public var directories: [(name: String, bytes: [UInt8])] {
    zip(faces, files).map { ("\($0.fileName) \($1.index)", [UInt8(truncatingIfNeeded: $1.rank)] + $1.directory) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Whether words of that language can be hyphenated; reads its dictionary, so that ``loadedFiles`` holds it.
  public func hyphenates(_ language: String) -> Bool { dictionary(for: language) != nil }

  /// Whether the text is an OpenType feature setting such as `ss01`, `-liga` or `cv05=2`.
  public static func isFeature(_ text: String) -> Bool { OpenTypeFeature.parse(text) != nil }

  /// Whether a face has an OpenType feature, in whatever script; the file is not counted among ``loadedFiles`` for that.
  ///
  /// - Parameter setting: Such as `smcp`, `-liga` or `cv05=2`. What cannot be read as a setting, or turns a feature off, counts as there.
  public func hasFeature(_ setting: String, _ id: FontID) -> Bool {
    guard let feature = OpenTypeFeature.parse(setting), feature.value != 0, faces.indices.contains(id.index) else { return true }
    let known = shaping[id.index]
    let opened = known ?? fileBytes(id.index).flatMap { ShapingFace(id: id, file: $0, index: files[id.index].index) }
    return opened?.hasFeature(feature.tag) ?? true
  }

  /// The face that serves where a family is asked for with that weight and slant; `nil` where the family has none of the slant.
  public func face(_ family: String, weight: Int, slant: TextStyle.Slant) -> Typeface? {
    let name = family.lowercased()
    return FontBook.nearest(to: weight, among: faces.filter { $0.slant == slant && $0.family.lowercased() == name })
  }

  /// The face for shaping, its file loaded. The index comes from a resolved stack.
  func shapingFace(_ index: Int) throws(Diagnostic) -> ShapingFace {
    if let face = shaping[index] { return face }
    guard let file = fileBytes(index), let face = ShapingFace(id: FontID(index), file: file, index: files[index].index)
    else { throw Diagnostic(id: "not-a-font", "font file '\(faces[index].fileName)' can no longer be read as a font") }
    shaping[index] = face
    return face
  }

  private func fileBytes(_ index: Int) -> FontBytes? {
    let file = files[index]
    if let known = collections[file.path] { return known }
    let bytes = FontBytes(path: file.path, limit: FontDescription.maximumFileSize)
    if files.count(where: { $0.path == file.path }) > 1 { collections[file.path] = bytes }
    return bytes
  }

  /// The rank of the folder a face is from: 0 for the layout's own, then as they were named.
  func rank(of index: Int) -> Int { files[index].rank }

  /// Whether a face has glyphs for all of these; reads its character map, and no more of its file.
  func covers(_ index: Int, _ scalars: [UInt32]) -> Bool {
    let coverage = coverages[index] ?? CharacterCoverage(map: files[index].map())
    coverages[index] = coverage
    return scalars.allSatisfy(coverage.has)
  }

  /// The dictionary for a language: its own, else the one of the tag shortened from the right (`de-AT` takes `de`).
  func dictionary(for language: String) -> HyphenationDictionary? {
    var tag = Substring(language.lowercased())
    while !tag.isEmpty {
      let key = String(tag)
      if let known = dictionaries[key] { return known }
      if let entry = dictionaryPaths[key] {
        let dictionary = HyphenationDictionary(path: entry.path, fileName: entry.name)
        dictionaries[key] = .some(dictionary)
        return dictionary
      }
      guard let hyphen = tag.lastIndex(of: "-") else { return nil }
      tag = tag[..<hyphen]
    }
    return nil
  }

  // MARK: Reading folders

  private struct FaceKey: Hashable, Comparable {
    var family: String
    var name: String
    var weight: Int
    var isItalic: Bool
    var text: String { "\(name), weight \(weight), \(isItalic ? "italic" : "upright")" }
    static func == (a: FaceKey, b: FaceKey) -> Bool { a.family == b.family && a.weight == b.weight && a.isItalic == b.isItalic }
    func hash(into hasher: inout Hasher) {
      hasher.combine(family)
      hasher.combine(weight)
      hasher.combine(isItalic)
    }
    static func < (a: FaceKey, b: FaceKey) -> Bool {
      (a.family, a.weight, a.isItalic ? 1 : 0) < (b.family, b.weight, b.isItalic ? 1 : 0)
    }
  }

  /// Where a face lies.
  private struct FaceFile {
    let path: String
    let rank: Int
    let index: Int
    let directory: [UInt8]
    private let characterMap: (offset: Int, length: Int)

    init(path: String, rank: Int, description: FontDescription) {
      (self.path, self.rank, index) = (path, rank, description.index)
      (directory, characterMap) = (description.directory, description.characterMap)
    }

    /// The bytes of its character map; none where it is too large, or the file has changed.
    func map() -> [UInt8] {
      guard characterMap.length <= CharacterCoverage.maximumMap,
        let file = OpenedFile(path: path, limit: FontDescription.maximumFileSize)
      else { return [] }
      return file.bytes(at: characterMap.offset, count: characterMap.length) ?? []
    }
  }

  private struct FoundFace {
    var description: FontDescription
    var path: String
    var fileName: String
    var rank: Int
    /// Families compare without regard to case, as in CSS.
    var key: FaceKey {
      FaceKey(
        family: description.family.lowercased(), name: description.family, weight: description.weight, isItalic: description.isItalic)
    }
  }

  /// The path of a file of a folder; `nil`, and a fault, where a symbolic link leads out of the folder.
  private static func place(of file: String, in root: String, _ prefix: String, _ faults: inout [Diagnostic]) -> String? {
    do throws(BoundedFile.Failure) {
      _ = try FolderFile.place(of: file, in: try BoundedFile.resolved(root))
    } catch {
      // What cannot be reached at all is told when it is read.
      guard error.cause == .outsideFolder else { return root + "/" + file }
      faults.append(
        Diagnostic(
          id: "font-outside-folder", "font file '\(prefix + file)' \(error.reason); expected the file itself, copied into the folder"))
      return nil
    }
    return root + "/" + file
  }

  private static func listing(_ root: String, _ faults: inout [Diagnostic]) -> [String] {
    do {
      return try FolderListing.files(below: root, endings: FontBook.endings + [".dic"])
    } catch {
      switch error {
      case .unreadable(let path): faults.append(Diagnostic(id: "unreadable-folder", "font folder '\(path)' cannot be read"))
      case .tooMany:
        faults.append(
          Diagnostic(
            id: "unreadable-folder",
            "font folder '\(root)' holds more than \(FolderListing.maximumFiles) fonts; expected a bill's fonts only"))
      }
      return []
    }
  }

  private static func diagnostic(_ fault: FontDescription.Fault, file: String) -> Diagnostic {
    let reason =
      switch fault {
      case .unreadable: "cannot be read or is larger than \(FontDescription.maximumFileSize >> 20) MiB"
      case .notAFont: "is not a font; expected a TrueType or OpenType file, or a collection of them"
      case .faultyTable(let tag): "has no usable '\(tag)' table"
      case .emptyOperator: "has an operator without operands in its 'CFF ' table, so that cairo cannot embed it; expected it to be left out"
      }
    return Diagnostic(id: "not-a-font", "font file '\(file)' \(reason)")
  }
}
