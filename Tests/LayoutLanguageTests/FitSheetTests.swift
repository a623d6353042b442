import Diagnostics
import Geometry
import LayoutLanguage
import Testing

/// The steps that may be tried to save a sheet, as they are written.
@Suite struct FitSheetTests {
  @Test(arguments: [
    ("fit-sheet=\"space-90 space-80 terms-8.5pt alternatives\"", [] as [String]), ("fit-sheet=\"alternatives\" fit-below=\"10%\"", []),
    ("fit-sheet=\" space-50\n terms-8pt \"", []), ("fit-sheet=\"terms-9pt terms-8pt\"", []),
    ("fit-sheet=\"\"", ["wrong-value"]), ("fit-sheet=\"space-90 space-80 space-70 space-60 space-50\"", ["wrong-value"]),
    ("fit-sheet=\"space-49\"", ["wrong-value"]), ("fit-sheet=\"space-100\"", ["wrong-value"]), ("fit-sheet=\"space-9x\"", ["wrong-value"]),
    ("fit-sheet=\"space-80 space-90\"", ["wrong-value"]), ("fit-sheet=\"space-80 terms-9pt space-80\"", ["wrong-value"]),
    ("fit-sheet=\"alternatives alternatives\"", ["wrong-value"]), ("fit-sheet=\"terms-8pt terms-9pt\"", ["wrong-value"]),
    ("fit-sheet=\"terms-7.9pt\"", ["wrong-length"]), ("fit-sheet=\"terms-8\"", ["wrong-length"]),
    ("fit-sheet=\"terms-\"", ["wrong-length"]),
    ("fit-sheet=\"terms--9pt\"", ["wrong-length"]), ("fit-sheet=\"alternative\"", ["wrong-keyword"]),
    ("fit-below=\"20%\"", ["conflicting-attributes"]), ("fit-sheet=\"space-90\" fit-below=\"20\"", ["wrong-number"]),
    ("fit-sheet=\"space-90\" fit-below=\"120%\"", ["wrong-length"]),
  ])
  func isReadOrRefused(_ root: String, _ ids: [String]) {
    #expect(Layout(body: "<text>x</text>", strings: "", root: root + " ").load().diagnostics.map(\.id) == ids)
  }

  @Test func stepsAddUp() throws {
    let root = "fit-sheet=\"space-90 terms-8.5pt space-80 alternatives\" fit-below=\"12%\" "
    let sheet = try #require(Layout(body: "<text>x</text>", root: root).load().template?.plain.fitSheet)
    #expect(sheet.below == 0.12 && sheet.steps.map(\.name) == ["space-90", "terms-8.5pt", "space-80", "alternatives"])
    let all = (0...4).map { sheet.measures(ofFirst: $0) }
    #expect(all[0] == .none)
    #expect(all.map(\.spaceShare) == [1, 0.9, 0.9, 0.8, 0.8])
    #expect(all.map { $0.termsSize?.points } == [nil, nil, 8.5, 8.5, 8.5])
    #expect(all.map(\.takesSmallerForms) == [false, false, false, false, true])
    #expect(Layout(body: "<text>x</text>").load().template?.plain.fitSheet == nil)
  }

  @Test(arguments: [
    ("<column min-height=\"40mm\" min-height-if=\"due\"><text>x</text></column>", [] as [String]),
    ("<column min-height-if=\"due\"><text>x</text></column>", ["missing-attribute"]),
    ("<column min-height=\"40mm\" min-height-if=\"nothing\"/>", ["unknown-name"]),
    ("<alternatives when=\"fit-sheet\"><rule/><space height=\"1mm\"/></alternatives>", []),
    ("<alternatives when=\"never\"><rule/></alternatives>", ["wrong-keyword"]),
    ("<text balance=\"yes\">x</text>", []), ("<text balance=\"maybe\">x</text>", ["wrong-keyword"]),
    ("<text><span balance=\"yes\">x</span></text>", ["unknown-attribute"]),
  ])
  func blocksTakeWhatBelongsToThem(_ body: String, _ ids: [String]) {
    #expect(Layout(body: body, strings: "").load().diagnostics.map(\.id) == ids)
  }
}
