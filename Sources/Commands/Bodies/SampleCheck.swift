internal import Languages
internal import Diagnostics
internal import LayoutLanguage
internal import Sampling

/// What `check` says of a layout's `sample.yaml`, which nothing else reads before someone makes bills up.
enum SampleCheck {
  /// Warnings: languages that the layout has no strings for, or whatever keeps the file from being read; none where there is no such file.
  static func warnings(layout folder: String, _ template: Template) -> [Diagnostic] {
    let source: SampleSource
    do throws(DiagnosticList) { source = try SampleSource.load(layout: folder) } catch {
      return error.diagnostics.filter { $0.range != nil }.map { finding in
        var warning = finding
        warning.severity = .warning
        return warning
      }
    }
    return source.languagePlaces.filter { template.languageIndex(for: $0.tag.text) == nil }.map { place in
      Diagnostic(
        .warning, id: "sample-language-not-offered",
        "'billfold sample' makes bills in '\(place.tag)', and the layout has no strings for it; it has \(template.languages.joined(separator: ", "))",
        at: place.range, suggestion: "make strings/\(place.tag).yaml, or take it out")
    }
  }
}
