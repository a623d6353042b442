/// Writes the reference page of `campaign.yaml` from ``CampaignKeys``, in Markdown.
public enum CampaignReference {
  /// The page.
  public static func page() -> String {
    """
    # The campaign

    Made from the registry of campaign keys; do not edit. A campaign is a folder with `campaign.yaml`, which is described here, and the
    terms as CommonMark files. `--campaign` takes the file or its folder.

    For completion and checks in an editor, put this line on top of the file (the path is that of `Layouts/campaign.schema.json`):

    ```yaml
    # yaml-language-server: $schema=../../../Layouts/campaign.schema.json
    ```

    Values are texts as they are written: `no` is no flag, and `1.10` keeps its zero. Quote a text that begins with `{`, `[`, `*`, `&`, `!`,
    `|`, `>`, `@`, `%`, a quote or a backtick, or that holds `: ` or ` #`. Anchors, aliases and tags are refused (`yaml-alias`, `yaml-tag`):
    words that stand in several phases are written once and taken over with `same-as`. A key left empty counts as left out.

    Where a key is set **by language**, its value is a mapping from languages of `languages`, such as `{en-US: …, es-US: …}`.

    \(sections)
    ## Words

    The texts of `notices` are CommonMark: paragraphs, lists, headings, quotes, `**strong**`, `*emphasis*`, links, `\\` at a line's end for a
    break. HTML, pictures, code blocks and tables are refused. `heading`, `label` and each of `benefits` are one paragraph.

    A value stands in braces, `{{` is a brace: `{campaign.active | date('long')}`, `{customer.name}`, `{terms-page}`. What can be
    named is in [Fields.md](Fields.md), what `|` does in [Filters.md](Filters.md). Values are put in after the text has been read, so data
    cannot add marks. The terms carry no expressions: what is printed is what is in the file, and the manifest has its digest.

    ## Terms

    The terms are CommonMark, too, with tables:

    ```
    ## 3. Fees

    | Service         | When | Fee    |
    |:----------------|:----:|-------:|
    | Meter test      | any  |  $9.50 |
    ```

    The second line says by colons how a column is aligned. A row has no more cells than its table has columns; `\\|` is the sign itself.

    - **Clauses** begin with a heading. Where the terms have fewer than two headings, each item of an ordered list is one, and each paragraph, of
      those that begin in bold with what follows it; items of an ordered list that begin in bold always are. A number that opens a heading (`3.`, `3)`,
      `(3)`, `3.1`, `§ 3`), and that of an ordered list's item, hangs in a margin, so that all text aligns.
    - **Words are defined** in a list each of whose items begins with the word in bold: `- **Bill** means …`. It is set without bullets, the word at the
      edge, further lines further in. A paragraph that begins in bold stays as it is.
    - **What changed** is found by words, wherever a clause stands: a clause that only moved or has another number is not marked. A clause that only
      lost a passage is marked at its head. What the terms change may be said by themselves, in a block quote at their head, or in a first section
      whose heading begins with the title of the layout's `terms-changes`; else that box lists the clauses.

    Which phase a bill is in follows from its issue date, or from `--as-of`. Without an `audience`, notice and terms stand in bills of kind
    `bill` that are delivered on paper (`paper`, `both`) to customers without `consent`.

    ## A whole campaign

    Beside it lie the terms that it names.

    ```yaml campaign.yaml
    \(example)
    ```

    """
  }

  /// A whole campaign file in one language, put together from the examples of all keys; no line end at its end.
  public static var example: String { lines(CampaignKeys.campaign, indent: "").joined(separator: "\n") }

  private static func lines(_ keys: [CampaignKey], indent: String) -> [String] {
    keys.flatMap { key -> [String] in
      if !key.example.isEmpty { return ["\(indent)\(key.name): \(key.example)"] }
      switch key.form {
      case .group(let inner): return ["\(indent)\(key.name):"] + lines(inner, indent: indent + "  ")
      case .phaseWords(let inner): return ["\(indent)\(key.name):", "\(indent)  en-US:"] + lines(inner, indent: indent + "    ")
      case .notices(let phases, _, _): return ["\(indent)\(key.name):"] + lines(phases, indent: indent + "  ")
      case .groups(let inner, _):
        return [
          "\(indent)\(key.name):", "\(indent)  - " + lines(inner, indent: indent + "    ").joined(separator: "\n").drop { $0 == " " },
        ]
      default: return []
      }
    }
  }

  // MARK: Tables

  private static var sections: String {
    var text = "## The file\n\n" + table(CampaignKeys.campaign)
    text += groups(CampaignKeys.campaign, path: "")
    text +=
      "\n## notices.NAME\n\nThe notice `standard` has the keys of `notices`; every other one these:\n\n" + table(CampaignKeys.otherNotice)
    text += "\n## notices.PHASE\n\nA mapping from languages to words, and beside them:\n\n" + table([CampaignKeys.sameAs])
    text += "\n## notices.PHASE.LANGUAGE\n\n" + table(CampaignKeys.words)
    text += "\n## channels.postcard.words.PHASE\n\nAs `notices.PHASE`, where every language may be left out.\n"
    text += "\n## channels.postcard.words.PHASE.LANGUAGE\n\n" + table(CampaignKeys.postcardWords)
    text += "\n## channels.email.words.PHASE\n\nAs `notices.PHASE`; phases after `announce` may leave out every language.\n"
    text += "\n## channels.email.words.PHASE.LANGUAGE\n\n" + table(CampaignKeys.emailWords)
    return text
  }

  private static func groups(_ keys: [CampaignKey], path: String) -> String {
    keys.reduce(into: "") { text, key in
      let inner: [CampaignKey]
      switch key.form {
      case .group(let keys), .groups(let keys, _): inner = keys
      case .notices(let phases, _, _): inner = phases
      default: return
      }
      let name = path + key.name
      text += "\n## \(name)\n\n\(key.doc)\n\n" + table(inner) + groups(inner, path: name + ".")
    }
  }

  private static func table(_ keys: [CampaignKey]) -> String {
    keys.reduce(into: "| key | takes | default | | example |\n|---|---|---|---|---|\n") { text, key in
      let standard = key.isRequired ? "**required**" : key.standard.map { "`\($0)`" } ?? "none"
      let example = key.example.isEmpty ? "" : "`\(key.example)`"
      text += "| `\(key.name)` | \(cell(key.form.phrase)) | \(standard) | \(cell(key.doc)) | \(cell(example)) |\n"
    }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension CampaignKey.Form {
  /// What may be written, in words.
  var phrase: String {
    switch self {
    case .version: "1"
    case .line(let limit): "one line of at most \(limit) characters"
    case .word(let limit): "a text without white space of at most \(limit) characters"
    case .address(let limit): "a web address (`https:` or `http:`) of at most \(limit) characters"
    case .secureAddress(let limit): "a web address (`https:`) of at most \(limit) characters"
    case .mailbox: "an e-mail address, or `Name <address>`"
    case .mailAddress: "an e-mail address"
    case .mailto: "an e-mail address, and behind `?` a `subject` and a `body`"
    case .date: "a day, `YYYY-MM-DD`"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .number(let bounds, let isWhole):
      "a \(isWhole ? "whole " : "")number from \(Self.plain(bounds.lowerBound)) to \(Self.plain(bounds.upperBound))"
    case .typeSize(let bounds): "a type size from \(Self.plain(bounds.lowerBound))pt to \(Self.plain(bounds.upperBound))pt"
    case .languages(let limit): "a list of 1 to \(limit) language tags (BCP 47), each once"
    case .file: "a path in the campaign's folder"
    case .text(let limit, let isOneParagraph):
      "CommonMark with values, \(isOneParagraph ? "one paragraph, " : "")at most \(limit.formattedInThousands) characters"
    case .list(let form, let limit): "a list of at most \(limit): \(form.phrase)"
    case .byLanguage(let form, let isComplete): "by language\(isComplete ? ", each of them" : ""): \(form.phrase)"
    case .forAllOrByLanguage(let form, let isComplete):
      "\(form.phrase); for all languages, or by language\(isComplete ? ", each of them" : "")"
    case .amount: "an amount in decimal digits"
    case .currency: "a currency of ISO 4217"
    case .cadence: "`monthly`, or `every N weeks`, N from 1 to 52"
    case .name(let limit): "a name of at most \(limit) letters, digits, `-` and `_`, a letter first"
    case .noticeName: "the name of a notice, or `none`"
    case .condition(let limit): "a condition of at most \(limit.formattedInThousands) characters, as in a layout's `if`"
    case .groups(_, let limit): "a list of 1 to \(limit) mappings, see below"
    case .notices(_, _, let limit): "a mapping from phases, or from at most \(limit) names of notices, see below"
    case .group: "a mapping, see below"
    case .phaseWords(let keys): "by language\(keys.required.isEmpty ? "" : ", each of them"): a mapping, see below"
    }
  }

  static func plain(_ number: Double) -> String { number == number.rounded() ? String(Int(number)) : String(number) }
}

extension Int {
  fileprivate var formattedInThousands: String {
    let digits = String(self)
    return digits.count > 3 ? digits.dropLast(3) + "," + digits.suffix(3) : digits
  }
}
