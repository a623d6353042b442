import Foundation
import TestSupport
import Testing

/// The page in a real browser: `Browser/tour.py` goes through it in headless Chromium, by mouse and by keyboard alone.
@Suite(.serialized, .onOwnThreads) struct BrowserTests {
  /// What the tour needs and this machine has not.
  static let missing = ["python3", "chromium", "chromedriver"].filter { !ChildRun.isInstalled($0) }

  /// Seconds for the tour; its own watchdog ends it sooner and says where it stood.
  private static let limit = 660.0

  @Test(
    .enabled(
      if: missing.isEmpty,
      "the browser tests did not run, for want of \(missing.joined(separator: ", ")); Scripts/setup installs chromium and chromium-driver"),
    .timeLimit(.minutes(15)))
  func aDesignerGetsThroughThePageByMouseAndByKeyboard() async throws {
    let studio = try Studio()
    var render = studio.arguments
    render[0] = "render"
    render.replaceSubrange(render.count - 2..<render.count, with: ["--out", studio.path("out"), "--jobs", "1"])
    let rendered = try await ChildRun.run(Studio.program.path, render, seconds: 120)
    try #require(rendered.code == 0, "\(rendered.output)")

    let script = Project.path("Tests/PreviewTests/Browser/tour.py")
    let tour = try await ChildRun.run(
      "python3", ["-B", script, studio.address.text, studio.folder.path], seconds: BrowserTests.limit)
    #expect(!tour.tookTooLong, "the tour did not end:\n\(tour.output)")
    // Each step that failed for itself, with all that stands below it.
    for failure in tour.output.components(separatedBy: "\n").split(whereSeparator: { $0.hasPrefix("ok: ") }) {
      let text = failure.joined(separator: "\n")
      if text.hasPrefix("FAILED: ") || text.hasPrefix("HUNG: ") { Issue.record("\(text)") }
    }
    #expect(tour.code == 0, "\(tour.output)")
    #expect(tour.output.contains("21 of 21 steps went well"), "\(tour.output)")
    #expect(studio.isRunning, "the preview has ended")
  }
}
