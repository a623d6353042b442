/// Writes the reference pages of the language from its registries, in Markdown.
public enum ReferenceWriter {
  /// A page: its file name and its text.
  public struct Page: Sendable {
    /// The file's name.
    public let name: String
    /// Markdown.
    public let text: String
  }

  /// All pages. Pictures are referred to as `images/KIND.png`, one for each element of ``examples``.
  public static func pages() -> [Page] {
    [
      Page(name: "Elements.md", text: elements()), Page(name: "Emails.md", text: emails()), Page(name: "Filters.md", text: filters()),
      Page(name: "Fields.md", text: record()),
    ]
  }

  /// The elements that have an example to be drawn: its kind, and the files of a layout folder that shows it.
  ///
  /// The layout has a small sheet and expects the sample bill of the reference pages.
  public static var examples: [(kind: ElementKind, files: [String: String])] {
    ElementRegistry.all.compactMap { spec in spec.example.map { (spec.kind, files(of: $0)) } }
  }

  private static func files(of example: ElementSpec.Example) -> [String: String] {
    let pages = example.pages.isEmpty ? "<page name=\"next\" margin=\"6mm\"/>" : example.pages
    let formats = example.declarations.contains("large-print") ? " formats=\"standard large-print\"" : ""
    let declarations = example.declarations.isEmpty ? "" : "\n  " + example.declarations
    let layout = """
      <bill paper="110mm \(example.sheet)mm" style="text"\(formats) xmlns="\(XMLParser.namespace)">
        <style name="text" font="Inter" size="10pt" line-height="14pt"/>\(declarations)
        \(pages)
        <body>
          \(example.body)
        </body>
      </bill>

      """
    return ["layout.xml": layout, "strings/en-US.yaml": "{}\n"].merging(example.files) { _, own in own }
  }

  // MARK: Elements

  /// Attributes that many elements share are listed once, under these headings.
  private static let shared: [(title: String, attributes: [AttributeSpec])] = [
    ("every block", ElementRegistry.block), ("text attributes", ElementRegistry.textStyle),
  ]

  private static func elements() -> String {
    var text = """
      # Elements

      Made from the element registry; do not edit. Attributes are of three kinds: **L** literal, **T** text with `{…}`,
      **E** an expression without braces. How lengths, colours, lines and expressions are written: [README.md](README.md).

      Blocks (\(list(ElementRegistry.kinds(in: .blocks).map(\.tag)))) stand wherever an element below is said to hold blocks. In examples
      that show a `body`, what stands before it stands beside it in `bill`; the others show what stands in the body.

      ## Every block

      \(table(ElementRegistry.block))
      ## Text attributes

      \(table(ElementRegistry.textStyle))
      """
    for spec in ElementRegistry.all {
      text += "\n## \(spec.kind.title)\n\n\(spec.doc)\n"
      if spec.example != nil { text += "\n![\(spec.kind.title)](images/\(spec.kind.rawValue).png)\n" }
      text += "\nStands in: \(parents(spec))\(note(spec.placement)).\n"
      let children = spec.content == .inherited ? "what may stand where it stands" : holds(spec)
      text += "Holds: \(children).\n"
      var own = spec.attributes
      for (title, attributes) in shared {
        let missing = attributes.filter { !own.contains($0) }
        // An element that takes all but a few of them says which it leaves out or changes.
        guard missing.count <= 2 else { continue }
        own.removeAll { attributes.contains($0) }
        let but = missing.filter { attribute in !own.contains { $0.name == attribute.name } }
        let link = title.replacing(" ", with: "-")
        text += "Takes the attributes of [\(title)](#\(link))" + (but.isEmpty ? "" : " but \(list(but.map(\.name.rawValue)))") + ".\n"
      }
      if !own.isEmpty || spec.takesArguments {
        text += "\n" + table(own)
        if spec.takesArguments {
          text +=
            "| any other | T | words with {…} | "
            + (spec.kind == .string ? "An argument of the string. |\n" : "A parameter of the partial. |\n")
        }
      }
      if let example = spec.example {
        text += "\n```xml\n\(code(example, of: spec.kind))\n```\n"
        for (path, content) in example.files.sorted(by: { $0.key < $1.key }) where spec.kind != .leaflet && spec.kind != .postcard {
          text += "\n`\(path)`:\n\n```\(path.hasSuffix(".yaml") ? "yaml" : "xml")\n\(content)```\n"
        }
      }
    }
    return text
  }

  private static func table(_ attributes: [AttributeSpec]) -> String {
    var text = "| attribute | kind | takes | |\n|---|---|---|---|\n"
    for attribute in attributes {
      let kind = attribute.type.kind == .literal ? "L" : attribute.type.kind == .text ? "T" : "E"
      let name = "`\(attribute.name.rawValue)`" + (attribute.isRequired ? " (required)" : "")
      text += "| \(name) | \(kind) | \(cell(attribute.type.phrase)) | \(cell(attribute.doc)) |\n"
    }
    return text
  }

  private static func parents(_ spec: ElementSpec) -> String {
    let parents = ElementRegistry.parents(of: spec.kind)
    if parents.isEmpty { return "nothing, it is the outermost element of a file" }
    let blocks = ElementRegistry.parents(of: .column)
    guard Set(parents).isSuperset(of: blocks) else { return list(parents.map(\.title)) }
    let others = parents.filter { !blocks.contains($0) }
    return "whatever holds blocks" + (others.isEmpty ? "" : ", and in " + list(others.map(\.title)))
  }

  /// An example with as much round it as tells where its parts stand.
  private static func code(_ example: ElementSpec.Example, of kind: ElementKind) -> String {
    if let root = LayoutRoot.allCases.first(where: { $0.kind == kind }), root.isOptional {
      return String((example.files[root.file] ?? "").dropLast())
    }
    if kind == .bill { return String((files(of: example)["layout.xml"] ?? "").dropLast()) }
    let outside = [example.declarations, example.pages].filter { !$0.isEmpty }
    if outside.isEmpty, kind != .body { return example.body }
    let lines = example.body.split(separator: "\n").map { "  \($0)" }
    return (outside + ["<body>"] + lines + ["</body>"]).joined(separator: "\n")
  }

  private static func note(_ placement: ElementSpec.Placement) -> String {
    switch placement {
    case .anywhere: ""
    case .inMessages: ", within `messages`"
    case .inNotice: ", within `notice`"
    case .inFlow: ", right in the flow of `body`"
    }
  }

  private static func holds(_ spec: ElementSpec) -> String {
    switch spec.content {
    case .empty: "nothing"
    case .inline: "words, values and " + list(ElementRegistry.kinds(in: .inline).map(\.tag))
    case .cell: "either what `text` holds, or blocks"
    case .blocks: "blocks"
    case .band: "cells, or rows of cells"
    case .partial: "`param`s, then blocks"
    default: list(ElementRegistry.kinds(in: spec.content).map(\.tag))
    }
  }

  static func list(_ names: [String]) -> String {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }.map { "`\($0)`" }.joined(separator: ", ")
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  // MARK: Filters

  private static func filters() -> String {
    var text = """
      # Filters

      Made from the filter registry; do not edit. A filter stands behind a bar: `{totals.due | money(symbol: 'code')}`. Behind an optional
      value it gives an optional one; `default` ends that. The examples are tested with the sample bill in en-US.

      """
    for spec in FilterRegistry.all {
      text += "\n## \(spec.name.rawValue)\n\n\(spec.doc)\n\nTakes \(spec.input), gives \(spec.output).\n"
      if !spec.parameters.isEmpty {
        text += "\n| argument | takes | |\n|---|---|---|\n"
        for parameter in spec.parameters {
          let name = "`\(parameter.name)\(parameter.isPositional ? "" : ":")`" + (parameter.isRequired ? " (required)" : "")
          text += "| \(name) | \(cell(phrase(parameter.kind))) | \(cell(parameter.doc)) |\n"
        }
      }
      text += "\n"
      if spec.name == .code {
        text += "A list is a file of the layout's folder, here of these examples:\n"
        for (path, file) in FilterRegistry.exampleFiles.sorted(by: { $0.key < $1.key }) { text += "\n```yaml \(path)\n\(file)```\n" }
        text += "\n"
      }
      for example in spec.examples {
        text += "- `{\(example.expression)}` → \(example.result.isEmpty ? "(nothing)" : "`\(example.result)`")\n"
      }
    }
    return text
  }

  private static func phrase(_ kind: FilterSpec.ParameterKind) -> String {
    switch kind {
    case .choice(let words): AttributeType.list(words)
    case .integer(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .text: "a text in quotes"
    case .field: "a field's name in quotes"
    case .expression: "an expression"
    }
  }

  // MARK: The record

  private static func record() -> String {
    var text = """
      # The bill's fields

      What layouts and campaign words can name. Made from the layout language's own table of the record; do not edit. What each means and which
      a record must have: [Record.md](Record.md). `?` marks what a bill may lack: say what to do without it, with `default`
      or `if`. Below `extra` a layout declares its own. `campaign` is there on bills that carry a notice or
      the terms: `campaign.notice` is the notice's name, `campaign.terms.place` where the terms stand (`bill`, `leaflet` or `none`).

      | field | type |
      |---|---|

      """
    rows(BillSchema.standard, "", &text)
    rows(RecordType("", [RecordType.Field("campaign", .optional(.record(BillSchema.campaign)))]), "", &text)
    return text
  }

  private static func rows(_ record: RecordType, _ prefix: String, _ text: inout String) {
    // What only e-mails know stands on their page.
    for field in record.fields where field.withheld == nil {
      let path = prefix + field.name
      let mark = field.type.isOptional ? "?" : ""
      switch field.type.unwrapped {
      case .record(let inner):
        text += "| `\(path)` | record\(mark) |\n"
        rows(inner, path + ".", &text)
      case .list(.record(let inner)):
        text += "| `\(path)` | list of records\(mark) |\n"
        rows(inner, path + "[].", &text)
      case .list(let inner): text += "| `\(path)` | list of \(inner.noun)s\(mark) |\n"
      default: text += "| `\(path)` | \(field.isIdentifier ? "identifier" : field.type.unwrapped.noun)\(mark) |\n"
      }
    }
  }
}
