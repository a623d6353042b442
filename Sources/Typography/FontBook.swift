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

  private let paths: [String]
  private var shaping: [ShapingFace?]
  private let dictionaryPaths: [String: (name: String, path: String)]
  private var dictionaries: [String: HyphenationDictionary?] = [:]

  /// Finds the faces in `folder` and in the layout's own folder, whose faces win over those of the same family, weight and slant.
  ///
  /// Takes `.ttf` and `.otf` files, and hyphenation dictionaries named `hyph_LANGUAGE.dic`, in subfolders too.
  ///
  /// - Parameters:
  ///   - folder: The `Fonts` folder; `nil` for none.
  ///   - layoutFolder: The layout's `fonts` folder; `nil` for none.
  /// - Throws: every fault found: `unreadable-folder`, `not-a-font`, `duplicate-face`.
  public init(folder: String?, layoutFolder: String? = nil) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    var found: [FoundFace] = []
    var dictionaries: [String: (name: String, path: String)] = [:]
    for (root, isOwn) in [(folder, false), (layoutFolder, true)] {
      guard let root else { continue }
      let prefix = isOwn ? "fonts/" : ""
      var taken: [FaceKey: String] = [:]
      for file in FontBook.listing(root, &faults) {
        guard let path = FontBook.place(of: file, in: root, prefix, &faults) else { continue }
        if file.hasSuffix(".dic") {
          if let language = HyphenationDictionary.language(ofFile: file) { dictionaries[language] = (prefix + file, path) }
          continue
        }
        do {
          let face = FoundFace(description: try FontDescription(path: path), path: path, fileName: prefix + file, isOwn: isOwn)
          if let first = taken[face.key] {
            faults.append(
              Diagnostic(
                id: "duplicate-face",
                "font files '\(first)' and '\(prefix + file)' hold the same face (\(face.key.text)); expected one file for each face"))
          } else {
            taken[face.key] = prefix + file
            found.append(face)
          }
        } catch {
          faults.append(FontBook.diagnostic(error, file: prefix + file))
        }
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    let own = Set(found.filter(\.isOwn).map(\.key))
    let kept = found.filter { $0.isOwn || !own.contains($0.key) }.sorted { $0.key < $1.key }
    faces = kept.enumerated().map { index, face in
      Typeface(
        id: FontID(index), family: face.description.family, weight: face.description.weight,
        slant: face.description.isItalic ? .italic : .upright, postScriptName: face.description.postScriptName, fileName: face.fileName)
    }
    paths = kept.map(\.path)
    shaping = Array(repeating: nil, count: kept.count)
    dictionaryPaths = dictionaries
  }

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

  /// The font and hyphenation files read so far with their bytes, sorted by name: what the output depends on.
  public var loadedFiles: [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for (index, face) in shaping.enumerated() {
      if let face { files.append((faces[index].fileName, face.file.bytes)) }
    }
    for dictionary in dictionaries.values {
      if let dictionary { files.append((dictionary.fileName, dictionary.bytes)) }
    }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
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
    let opened = known ?? FontBytes(path: paths[id.index], limit: FontDescription.maximumFileSize).flatMap { ShapingFace(id: id, file: $0) }
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
    guard let file = FontBytes(path: paths[index], limit: FontDescription.maximumFileSize),
      let face = ShapingFace(id: FontID(index), file: file)
    else { throw Diagnostic(id: "not-a-font", "font file '\(faces[index].fileName)' can no longer be read as a font") }
    shaping[index] = face
    return face
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

  private struct FoundFace {
    var description: FontDescription
    var path: String
    var fileName: String
    var isOwn: Bool
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
      return try FolderListing.files(below: root, endings: [".ttf", ".otf", ".dic"])
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
      case .notAFont: "is not a font; expected a TrueType or OpenType file"
      case .collection: "is a font collection; expected a file with one face"
      case .faultyTable(let tag): "has no usable '\(tag)' table"
      case .emptyOperator: "has an operator without operands in its 'CFF ' table, so that cairo cannot embed it; expected it to be left out"
      }
    return Diagnostic(id: "not-a-font", "font file '\(file)' \(reason)")
  }
}
