internal import Diagnostics
internal import Foundation
internal import Pipeline

/// Finds the folders fonts come from. The machine's own fonts are never among them.
enum FontFolder {
  /// `--fonts`, else `Fonts/` of the nearest folder above the layout that has one, else above the program's real path; `nil` where there is none.
  static func find(_ options: JobOptions) throws(DiagnosticList) -> String? {
    if let folder = options.fonts {
      guard isFolder(folder) else {
        throw DiagnosticList([Diagnostic(id: "unreadable-folder", "the font folder '\(folder)' is no folder that can be read")])
      }
      return folder
    }
    return above(absolute(options.layout)) ?? above(programPath)
  }

  /// Where the project's own folders are looked for, besides above a layout: the current folder and the program's.
  static var places: [String] { [absolute("."), programPath].compactMap { $0 } }

  /// The layout's own `fonts` folder, if it has one.
  static func own(_ layout: String) -> String? {
    let folder = layout + "/fonts"
    return isFolder(folder) ? folder : nil
  }

  private static func above(_ path: String?) -> String? {
    guard var path else { return nil }
    // A path has fewer parts than this; links cannot make the walk endless.
    for _ in 0..<256 {
      let candidate = path == "/" ? "/Fonts" : path + "/Fonts"
      if isFolder(candidate) { return candidate }
      guard path != "/", let cut = path.lastIndex(of: "/") else { return nil }
      path = cut == path.startIndex ? "/" : String(path[..<cut])
    }
    return nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  /// The path with links resolved, so that "above" means what the file system means.
  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static var programPath: String? { absolute("/proc/self/exe") }
}

/// Finds the campaign file a user means.
enum CampaignPath {
  /// The file itself, or `campaign.yaml` in the folder named.
  static func file(_ path: String) -> String {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else { return path }
    return path.hasSuffix("/") ? path + "campaign.yaml" : path + "/campaign.yaml"
  }
}
