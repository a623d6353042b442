internal import Contract
internal import Diagnostics
internal import Files
internal import Reporting

/// Does `new`.
struct NewLayout {
  let makers: Makers
  let reporter: Reporter

  /// Starts a layout folder: a copy of another layout, sample bills made up for it, and a copy of its campaign.
  ///
  /// - Parameters:
  ///   - folder: The folder to be made; refused where anything of that name is there. Appears whole or not at all.
  ///   - like: The name of a layout below `Layouts/`, looked for like fonts (here, then in each folder above, then above the program), or the
  ///     path of a layout's folder.
  /// - Returns: `success`, 78 where there is no such layout or it is faulty, 73 where the folder exists, 74 where it cannot be written.
  func start(_ folder: String, like: String) -> ExitCode {
    var name = folder
    while name.utf8.count > 1, name.hasSuffix("/") { name.removeLast() }
    do throws(LayoutStarter.Failure) {
      let starter = try LayoutStarter(like: like)
      try starter.write(to: name)
    } catch {
      reporter.report(error.findings)
      return error.code
    }
    // What was made must work, or the user should know at once why not.
    let campaign = name + "/" + LayoutStarter.campaignFolder
    let hasCampaign = Folder.isFolder(campaign)
    do throws(DiagnosticList) {
      _ = try makers.prepare(JobOptions(layout: name, campaign: hasCampaign ? campaign : nil, specimen: true))
    } catch {
      reporter.report(error.diagnostics)
      return .configuration
    }
    let word = NewLayout.shellWord(name)
    let options = "--layout \(word) --data \(word)/\(LayoutStarter.billsFile)"
    reporter.result("made '\(name)'; look at it with:")
    reporter.result("  billfold check \(options)" + (hasCampaign ? " --campaign \(word)/\(LayoutStarter.campaignFolder)" : ""))
    reporter.result(
      "  billfold render \(options)" + (hasCampaign ? " --campaign \(word)/\(LayoutStarter.campaignFolder)" : "")
        + " --specimen --out \(word)-out")
    return .success
  }

  /// A path as a shell takes it for one word.
  private static func shellWord(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/._-+=:,@".utf8.contains(byte)
    }
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
  }
}
