internal import Contract
internal import Diagnostics
internal import Files

/// Finds the folders fonts come from. The machine's own fonts are never among them.
package enum FontFolder {
  /// The folders named with `--fonts`, then `Fonts/` of the nearest folder above the layout that has one, else above the program's real path:
  /// the order in which they win.
  static func find(_ options: JobOptions) throws(DiagnosticList) -> [String] {
    var folders: [String] = []
    for folder in options.fonts {
      guard Folder.isFolder(folder) else {
        throw DiagnosticList([Diagnostic(id: "unreadable-folder", "the font folder '\(folder)' is no folder that can be read")])
      }
      folders.append(folder)
    }
    if let stock = above((try? Folder.resolved(options.layout))) ?? above(programPath) { folders.append(stock) }
    // One folder under two names is one folder.
    var known: Set<String> = []
    return folders.filter { known.insert((try? Folder.resolved($0)) ?? $0).inserted }
  }

  /// Where the project's own folders are looked for, besides above a layout: the current folder and the program's.
  package static var places: [String] { [try? Folder.resolved("."), programPath].compactMap { $0 } }

  /// The layout's own `fonts` folder, if it has one.
  ///
  /// - Throws: Where it is a symbolic link that leads out of the layout.
  static func own(_ layout: String) throws(DiagnosticList) -> String? {
    let folder = layout + "/fonts"
    guard Folder.isFolder(folder) else { return nil }
    do throws(BoundedFile.Failure) {
      _ = try FolderFile.place(of: "fonts", in: try BoundedFile.resolved(layout))
    } catch {
      throw DiagnosticList([
        Diagnostic(
          id: "font-outside-folder", "the layout's folder 'fonts' \(error.reason); expected the fonts themselves, copied into the folder")
      ])
    }
    return folder
  }

  /// Parts of a path that are walked up: one the system takes has fewer that are worth a look.
  ///
  /// - Stops: a walk up that links make endless.
  private static let mostParts = 256

  private static func above(_ path: String?) -> String? {
    guard var path else { return nil }
    for _ in 0..<mostParts {
      let candidate = path == "/" ? "/Fonts" : path + "/Fonts"
      if Folder.isFolder(candidate) { return candidate }
      guard path != "/", let cut = path.lastIndex(of: "/") else { return nil }
      path = cut == path.startIndex ? "/" : String(path[..<cut])
    }
    return nil
  }

  private static var programPath: String? { try? Folder.resolved("/proc/self/exe") }
}

/// Finds the campaign file a user means.
package enum CampaignPath {
  /// The file itself, or `campaign.yaml` in the folder named.
  package static func file(_ path: String) -> String {
    guard Folder.isFolder(path) else { return path }
    return path.hasSuffix("/") ? path + "campaign.yaml" : path + "/campaign.yaml"
  }
}
