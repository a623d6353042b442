/// Writes the reference page of the finding codes, in Markdown.
public enum FindingsReference {
  /// The page.
  public static func page() -> String {
    var text = """
      # Findings

      Made from the registry of codes; do not edit. Every finding has a code in brackets behind its message; `--format json`, `rejects.jsonl`
      (`code`), `manifest.jsonl` (`warnings`) and `summary.json` carry it as it stands here, and it does not change.

      - **reject**: the record makes no bill and stands in `rejects.jsonl` with the message and the path; all others are written; exit code 65.
      - **error**: the command ends before the first bill is written (64, 66, 73, 74, 75 or 78), or where it is (66, 69, 70 or 74).
      - **warning**: worth a look; nothing stops. `check --strict` ends with 1.
      - **finding**: something in a finished output folder is not as it was written; `verify` tells all of them and ends with 1, or 66 where
        something cannot be read.
      - **note**: an explanation.

      `--accept CODE` of `render`, `check` and `preview` turns these rejects into warnings of the same code, and the bill is made: \
      \(list(FindingCodes.acceptable)).

      """
    for area in FindingCode.Area.allCases {
      text += "\n## \(area.title)\n\n| code | | what was found | what to do |\n|---|---|---|---|\n"
      for code in FindingCodes.all where code.area == area {
        let effects = code.effects.map(\.rawValue).joined(separator: ", ") + (code.isAcceptable ? "; `--accept`" : "")
        text += "| `\(code.id)` | \(effects) | \(cell(code.meaning)) | \(cell(code.remedy)) |\n"
      }
    }
    return text
  }

  private static func list(_ codes: [String]) -> String { codes.map { "`\($0)`" }.joined(separator: ", ") }
  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|").replacing("<", with: "&lt;") }
}

extension FindingCode.Area {
  fileprivate var title: String {
    switch self {
    case .record: "Records and e-invoices"
    case .page: "The pages of a bill"
    case .layout: "Layouts, strings and pictures"
    case .campaign: "Campaigns"
    case .sample: "sample.yaml"
    case .font: "Fonts"
    case .run: "Data, output and the run"
    case .verification: "Finished output folders"
    case .ledger: "The ledger and the law"
    case .sending: "E-mails on their way"
    }
  }
}
