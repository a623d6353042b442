internal import Composition
internal import Contract
internal import Diagnostics
internal import Files
internal import Formats
internal import Typography

/// Fonts and locales of a job: what costs time to open, fills with what was shaped, and depends on no layout.
///
/// The preview hands it from one reading of a layout to the next as long as the font files are the same.
final class FontSet {
  let book: FontBook
  let setter: TypographicSetter
  let shelf: FontShelf
  private var formats: [String: FormatsBinding] = [:]
  private let folders: [String]
  private let own: String?
  private let marks: [String: FileMark]

  /// Opens the fonts the options name, and those beside the layout.
  ///
  /// - Throws: What is wrong with a font folder or file.
  init(_ options: JobOptions) throws(DiagnosticList) {
    folders = try FontFolder.find(options)
    own = try FontFolder.own(options.layout)
    // Before the files are read: a change meanwhile must not go unseen.
    marks = FontSet.marks(folders + [own])
    book = try FontBook(folders: folders, layoutFolder: own)
    setter = TypographicSetter(book: book)
    shelf = FontShelf(book)
  }

  /// Whether opening the options' fonts anew would give the same.
  func isCurrent(for options: JobOptions) -> Bool {
    guard let folders = try? FontFolder.find(options), let own = try? FontFolder.own(options.layout) as String?? else { return false }
    return folders == self.folders && own == self.own && marks == FontSet.marks(folders + [own])
  }

  /// The formats of a language.
  func formats(_ language: String) throws(Diagnostic) -> FormatsBinding {
    if let known = formats[language] { return known }
    let made = FormatsBinding(try LocaleFormats(language: language))
    formats[language] = made
    return made
  }

  private static func marks(_ folders: [String?]) -> [String: FileMark] {
    var marks: [String: FileMark] = [:]
    for case let folder? in folders {
      for name in FolderListing.names(below: folder) { marks["\(folder)/\(name)"] = FileMark(of: "\(folder)/\(name)") }
    }
    return marks
  }
}
