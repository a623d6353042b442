import Billing
import Campaigns
import Diagnostics
import Foundation
import Languages
import TestSupport
import Testing

/// `Layouts/campaign.schema.json`, which editors complete and mark `campaign.yaml` with, and the campaign's reference page.
@Suite struct CampaignSchemaTests {
  private static let path = Desk.layouts.appendingPathComponent("campaign.schema.json")

  /// Validates each file named as an argument behind the schema; prints `ok` or `no` and why for each.
  private static let script = """
    import json, sys, warnings
    warnings.simplefilter("ignore")
    import yaml, jsonschema
    class Loader(yaml.SafeLoader): pass
    # Editors read YAML 1.2, where days and 'yes' are texts.
    Loader.yaml_implicit_resolvers = {
      first: [(tag, form) for tag, form in forms if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
      for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    schema = json.load(open(sys.argv[1]))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for path in sys.argv[2:]:
      try: errors = list(validator.iter_errors(yaml.load(open(path, encoding="utf-8-sig"), Loader)))
      except Exception as error: errors = [error]
      print("no " + str(errors[0]).split("\\n")[0] if errors else "ok")
    """

  private static func verdicts(_ files: [String]) throws -> [String] {
    let (status, output) = try Tool.run([Tool.python, "-c", script] + [path.path] + files)
    try #require(status == 0, "\(output)")
    return output.split(separator: "\n").map(String.init)
  }

  @Test func schemaIsCurrent() throws {
    let text = CampaignSchema.json()
    if Project.isRecording { try Data(text.utf8).write(to: Self.path) }
    #expect(try Data(contentsOf: Self.path) == Data(text.utf8), "stale: RECORD=1 swift test --filter DesignerTests")
  }

  @Test(.needs(Tool.schemaValidator))
  func everyCampaignOfTheProjectIsValid() throws {
    let bench = try TemporaryFolder([
      "page.yaml": CampaignReference.example, "desk.yaml": Desk.campaign,
      "loose.yaml": Self.changed("prominence: {page: 1", "prominence: {page: \"1\"").replacing("label: Important", with: "label: 2027"),
      "empty.yaml": Self.changed("prominence: {page: 1, area: 0.08, heading: 1.3, contrast: 7}", "prominence:"),
    ])
    var files = ["Samples/larkspur/campaign/campaign.yaml", "Layouts/tutorial/campaign/campaign.yaml"].map {
      Project.url($0).path
    }
    files += ["page", "desk", "loose", "empty"].map { bench.url.appendingPathComponent("\($0).yaml").path }
    let verdicts = try Self.verdicts(files)
    #expect(verdicts == files.map { _ in "ok" })
  }

  /// What the reader refuses for its keys and values alone, editors mark.
  @Test(.needs(Tool.schemaValidator))
  func mistakesAreMarked() throws {
    let mistakes = [
      ("billfold: 1", "billfold: 2"), ("mode: optional", "mode: sometimes"), ("mode: optional", "mod: optional"),
      ("languages: [en-US]", "languages: []"), ("languages: [en-US]", "languages: [en-US, en-US]"),
      ("languages: [en-US]", "languages: en-US"),
      ("announce: 2026-11-01", "announce: 1 Nov 2026"), ("announce: 2026-11-01", "announce: 2026-13-01"), ("active: 2027-03-01\n", "\n"),
      ("https://my", "ftp://my"), ("/p/{token}", "/p/{tokn}"), ("area: 0.08", "area: 2"), ("page: 1", "page: 1.5"),
      ("contrast: 7", "contrst: 7"), ("    heading:", "    hading:"), ("same-as: announce", "same-as: sometimes"),
      ("id: paperless-2027", "id: two words"), ("{same-as: remind}", "{en-US: {heading: Alone}}"), ("remind: {same-as", "remnd: {same-as"),
      ("once: campaign", "once: monthly"), ("card: send", "card: maybe"), ("rule: waiting", "rule: 2nd"), ("  postcard:", "  letter:"),
      ("heading: \"Still on paper?\"", "keep-paper: \"Call us\""), ("<billing@larkspur.example>", "billing"),
      ("email: send", "email: maybe"),
      ("return-path: bounces@larkspur.example", "return-path: bounces"),
      ("https://my.larkspur.example/unsubscribe", "http://my.larkspur.example/u"),
      ("?subject=unsubscribe", "?subject=take me off"), ("        preheader:", "        prehead:"), ("  email:\n", "  e-mail:\n"),
    ]
    var files: [String: String] = [:]
    for (index, mistake) in mistakes.enumerated() {
      let text = Self.changed(mistake.0, mistake.1)
      #expect(text != CampaignReference.example, "\(mistake)")
      files["\(index).yaml"] = text
    }
    let bench = try TemporaryFolder(files)
    let verdicts = try Self.verdicts(mistakes.indices.map { bench.url.appendingPathComponent("\($0).yaml").path })
    for (mistake, verdict) in zip(mistakes, verdicts) { #expect(verdict.hasPrefix("no "), "\(mistake.0) → \(mistake.1)") }
    // And so does the reader, each of them.
    for (index, mistake) in mistakes.enumerated() {
      let folder = try TemporaryFolder([
        "campaign.yaml": files["\(index).yaml"] ?? "", "terms/2027-03.en.md": "New.\n", "terms/2024-01.en.md": "Old.\n",
      ])
      #expect(throws: DiagnosticList.self, "\(mistake.0) → \(mistake.1)") { try Campaign.load(folder.url.path + "/campaign.yaml") }
    }
  }

  @Test func exampleOfThePageIsACampaign() throws {
    let bench = try TemporaryFolder([
      "campaign.yaml": CampaignReference.example, "terms/2027-03.en.md": "New.\n", "terms/2024-01.en.md": "Old.\n",
    ])
    let campaign = try Campaign.load(bench.url.path + "/campaign.yaml").campaign
    #expect(campaign.terms.previousVersion == "2024-01" && campaign.languages.map(\.text) == ["en-US"])
    let words = try #require(campaign.words(.active, campaign.languages[0]))
    #expect(words.label?.text == "Important" && words.benefits.count == 1)
    let keys =
      CampaignKeys.campaign + CampaignKeys.phases + CampaignKeys.optIn + CampaignKeys.terms + CampaignKeys.previousTerms
      + CampaignKeys.channels + CampaignKeys.postcard + CampaignKeys.postcardRule + CampaignKeys.postcardPhases
      + CampaignKeys.email + CampaignKeys.unsubscribing + CampaignKeys.emailRule + CampaignKeys.emailPhases + CampaignKeys.emailWords
    for key in keys + CampaignKeys.prominence + CampaignKeys.notices + CampaignKeys.words + [CampaignKeys.sameAs] {
      #expect(CampaignReference.example.contains("\(key.name):"), "\(key.name) is missing in the example")
      #expect(CampaignReference.page().contains("| `\(key.name)` |"), "\(key.name)")
    }
  }

  private static func changed(_ old: String, _ new: String) -> String {
    // The groups of the example are written out; a short form stands for one that is changed as a whole.
    CampaignReference.example
      .replacing(
        "prominence:\n  page: 1\n  area: 0.08\n  heading: 1.3\n  contrast: 7\n  text: 9.5pt",
        with: "prominence: {page: 1, area: 0.08, heading: 1.3, contrast: 7}"
      )
      .replacing(old, with: new, maxReplacements: 1)
  }
}
