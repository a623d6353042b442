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

  /// The compiled layout of bills; `nil` where ``diagnostics`` has an error.
  public let template: Template?
  /// The compiled layout of leaflets; `nil` where the folder has no `terms.xml`, and where ``diagnostics`` has an error.
  public let leaflet: Template?
  /// The compiled layout of postcards; `nil` where the folder has no `postcard.xml`, and where ``diagnostics`` has an error.
  public let postcard: Template?
  /// The compiled templates of e-mails; `nil` where the folder has no `email.html` and `email.txt`, and where ``diagnostics`` has an error.
  public let email: EmailTemplate?
  /// All findings by file and place, errors and warnings, at most ``LanguageLimits/diagnostics``.
  public let diagnostics: [Diagnostic]
  /// Every file that was read (layout, partials, strings, images, templates of e-mails), sorted by the bytes of their paths, for the layout's digest.
  public let files: [File]

  /// Reads and checks the layout in a folder: `layout.xml` and, where there are any, `terms.xml`, `postcard.xml`, `email.html` and
  /// `email.txt`, their partials, `strings/LANG.yaml` and the pictures they name.
  ///
  /// All faults are found in one go; a broken tag does not hide what stands behind it.
  public static func load(folder: String) -> LayoutPackage { load(FolderFiles(folder)) }

  /// The same through any way of reaching files.
  public static func load(_ files: any LayoutFiles) -> LayoutPackage {
    let compiler = LayoutCompiler(files: files)
    let template = compiler.compile()
    let leaflets = LayoutCompiler(.leaflet, beside: compiler)
    let leaflet = leaflets.compile()
    let postcards = LayoutCompiler(.postcard, beside: leaflets)
    let postcard = postcards.compile()
    let emails = EmailCompiler(beside: postcards, bill: compiler)
    let email = template == nil ? nil : emails.compile()
    compiler.catalog.checkCompleteness(findings: compiler.findings)
    let isFaulty = compiler.findings.hasErrors
    return LayoutPackage(
      template: isFaulty ? nil : template, leaflet: isFaulty ? nil : leaflet, postcard: isFaulty ? nil : postcard,
      email: isFaulty ? nil : email, diagnostics: compiler.findings.sorted, files: emails.tools.library.files)
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
