public import Diagnostics

/// A layout folder, read: the compiled layout, everything found on the way, and the files it is made of.
public struct LayoutPackage: Sendable {
  /// A file of the folder that the layout refers to.
  public struct File: Sendable, Hashable {
    /// Relative to the layout folder.
    public let path: String
    /// The whole file.
    public let bytes: [UInt8]
  }

  /// The compiled layout; `nil` where ``diagnostics`` has an error.
  public let template: Template?
  /// All findings by file and place, errors and warnings, at most ``LanguageLimits/diagnostics``.
  public let diagnostics: [Diagnostic]
  /// Every file that was read (layout, partials, strings, images), sorted by the bytes of their paths, for the layout's digest.
  public let files: [File]

  /// Reads and checks the layout in a folder: `layout.xml`, its partials, `strings/LANG.yaml` and the pictures it names.
  ///
  /// All faults are found in one go; a broken tag does not hide what stands behind it.
  public static func load(folder: String) -> LayoutPackage { load(FolderFiles(folder)) }

  /// The same through any way of reaching files.
  public static func load(_ files: any LayoutFiles) -> LayoutPackage {
    let compiler = LayoutCompiler(files: files)
    let template = compiler.compile()
    return LayoutPackage(
      template: compiler.findings.hasErrors ? nil : template, diagnostics: compiler.findings.sorted, files: compiler.library.files)
  }

  /// The compiled layout alone.
  ///
  /// - Throws: all findings, where any of them is an error.
  public static func template(folder: String) throws(DiagnosticList) -> Template {
    let package = load(folder: folder)
    guard let template = package.template else { throw DiagnosticList(package.diagnostics) }
    return template
  }
}
