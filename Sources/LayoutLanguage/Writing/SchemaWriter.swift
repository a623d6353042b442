/// Writes the XML schema (XSD 1.0) of layouts and partials, for editors that complete and mark.
///
/// Made from ``ElementRegistry``, so that it cannot say anything else than the checker. It is a little wider where a schema cannot tell:
/// what must stand in `notice` or in the flow of pages is accepted wherever a block is.
public enum SchemaWriter {
  /// The schema as text, ending with a line end; the same bytes every time.
  public static func xsd() -> String {
    var writer = Writer()
    writer.schema()
    return writer.lines.joined(separator: "\n") + "\n"
  }

  private struct Writer {
    var lines: [String] = []
    var depth = 0

    mutating func line(_ text: String) { lines.append(String(repeating: "  ", count: depth) + text) }

    mutating func block(_ open: String, _ close: String, _ body: (inout Writer) -> Void) {
      line(open)
      depth += 1
      body(&self)
      depth -= 1
      line(close)
    }

    mutating func element(_ name: String, _ attributes: String, _ body: (inout Writer) -> Void) {
      block("<xs:\(name)\(attributes.isEmpty ? "" : " " + attributes)>", "</xs:\(name)>", body)
    }

    mutating func doc(_ text: String) {
      line("<xs:annotation><xs:documentation>\(escaped(text))</xs:documentation></xs:annotation>")
    }

    func escaped(_ text: String) -> String {
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    // MARK: The whole

    mutating func schema() {
      line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
      line("<!-- Made from the element registry of Billfold; do not edit. -->")
      let name = XMLParser.namespace
      let head =
        "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"\(name)\" targetNamespace=\"\(name)\" elementFormDefault=\"qualified\""
      element("schema", head) { writer in
        writer.roots()
        for group in Self.attributeGroups { writer.attributeGroup(group.name, group.attributes) }
        for content in Self.contents { writer.group(content) }
        for spec in ElementRegistry.all where !ElementRegistry.isControl(spec.kind) { writer.type(of: spec) }
        for content in Self.contents {
          for kinds in Self.kinds(in: content) where kinds.count > 1 { writer.type(ofEither: kinds, in: content) }
        }
        for content in Self.controlContents {
          for kind in ElementRegistry.controlKinds { writer.type(of: ElementRegistry.spec(kind), in: content) }
        }
        writer.simpleTypes()
      }
    }

    private mutating func roots() {
      for root in LayoutRoot.allCases {
        // Names of constraints are the schema's, not their element's.
        let prefix = root == .bill ? "" : root.kind.tag + "-"
        element("element", "name=\"\(root.kind.tag)\" type=\"\(root.kind.rawValue)\"") { writer in
          for (key, path) in [("style", "style"), ("color", "color")] {
            // A schema's paths know no default namespace, so the prefix is declared on the spot.
            writer.element("unique", "name=\"\(prefix)\(key)-names\" xmlns:l=\"\(XMLParser.namespace)\"") { writer in
              writer.line("<xs:selector xpath=\"l:\(path)\"/>")
              writer.line("<xs:field xpath=\"@name\"/>")
            }
          }
        }
      }
      line("<xs:element name=\"partial\" type=\"partial\"/>")
    }

    // MARK: Attributes

    private static let attributeGroups: [(name: String, attributes: [AttributeSpec])] = [
      ("block", ElementRegistry.block.filter { $0.name != .align && $0.name != .describe && $0.name != .name && $0.name != .each }),
      ("text-style", ElementRegistry.textStyle.filter { ![.align, .hyphenate, .balance].contains($0.name) }),
    ]

    private mutating func attributeGroup(_ name: String, _ attributes: [AttributeSpec]) {
      element("attributeGroup", "name=\"\(name)\"") { writer in for attribute in attributes { writer.attribute(attribute) } }
    }

    private mutating func attributes(of spec: ElementSpec) {
      var left = spec.attributes
      for group in Self.attributeGroups where group.attributes.allSatisfy(left.contains) {
        left.removeAll { group.attributes.contains($0) }
        line("<xs:attributeGroup ref=\"\(group.name)\"/>")
      }
      for attribute in left { self.attribute(attribute) }
      if spec.takesArguments { line("<xs:anyAttribute namespace=\"##local\" processContents=\"skip\"/>") }
    }

    private mutating func attribute(_ spec: AttributeSpec) {
      let use = spec.isRequired ? " use=\"required\"" : ""
      let type = typeName(spec.type)
      let head = "name=\"\(spec.name.rawValue)\"" + (type.map { " type=\"\($0)\"" } ?? "") + use
      element("attribute", head) { writer in
        writer.doc(spec.doc)
        guard type == nil else { return }
        switch spec.type {
        case .keyword(let words): writer.enumeration(words)
        case .keywords(let words):
          writer.element("simpleType", "") { writer in
            writer.element("restriction", "") { writer in
              writer.element("simpleType", "") { writer in writer.element("list", "") { writer in writer.enumeration(words) } }
              writer.line("<xs:minLength value=\"1\"/>")
            }
          }
        default: break
        }
      }
    }

    private mutating func enumeration(_ words: [String]) {
      element("simpleType", "") { writer in
        writer.element("restriction", "base=\"xs:token\"") { writer in
          for word in words { writer.line("<xs:enumeration value=\"\(word)\"/>") }
        }
      }
    }

    /// The named simple type of an attribute; `nil` for enumerations, which stand in place.
    private func typeName(_ type: AttributeType) -> String? {
      // Elements' types share their names' room with these.
      valueName(type).map { $0.hasPrefix("xs:") ? $0 : "value-" + $0 }
    }

    private func valueName(_ type: AttributeType) -> String? {
      switch type {
      case .length(let forms):
        "length" + (forms.contains(.share) ? "-share" : "") + (forms.contains(.fraction) ? "-fraction" : "")
          + (forms.contains(.auto) ? "-auto" : "")
          + (forms.contains(.negative) ? "-signed" : "")
      case .lengths: "lengths"
      case .insets: "insets"
      case .lineHeight: "line-height"
      case .weight: "weight"
      case .share: "share"
      case .integer(let bounds): "integer-\(bounds.lowerBound)-\(bounds.upperBound)"
      case .keyword, .keywords: nil
      case .flag: "flag"
      case .label, .families, .path, .text: "xs:string"
      case .declaration, .style: "name"
      case .color: "color"
      case .hexColor: "hex-color"
      case .format: "format"
      case .formats: "formats"
      case .language: "xs:language"
      case .features: "features"
      case .fieldPath: "field-path"
      case .line: "line"
      case .bar: "bar"
      case .perforation: "perforation"
      case .zones: "zones"
      case .tabs: "tabs"
      case .span: "span"
      case .rowRules: "row-rules"
      case .rowSpan: "row-span"
      case .keep: "keep"
      case .paper: "paper"
      case .fitSteps: "fit-steps"
      case .loop: "loop"
      case .expression: "expression"
      }
    }

    // MARK: Content

    private static let contents: [ElementSpec.Content] = [.blocks, .inline, .cell, .table, .rows, .cells, .band]
    private static let controlContents = contents

    private mutating func group(_ content: ElementSpec.Content) {
      element("group", "name=\"\(content)\"") { writer in
        writer.element("choice", "") { writer in
          for kinds in Self.kinds(in: content) {
            if kinds.count == 1 {
              writer.child(kinds[0], in: content)
            } else {
              writer.line("<xs:element name=\"\(kinds[0].tag)\" type=\"\(kinds[0].tag).\(content)\"/>")
            }
          }
        }
      }
    }

    /// The kinds of elements that may stand in content of that form, those of one name together.
    private static func kinds(in content: ElementSpec.Content) -> [[ElementKind]] {
      var found: [[ElementKind]] = []
      for kind in ElementRegistry.kinds(in: content) {
        if let place = found.firstIndex(where: { $0[0].tag == kind.tag }) { found[place].append(kind) } else { found.append([kind]) }
      }
      return found
    }

    /// The type of an empty element that is one of several kinds, as what stands around it tells: a schema cannot, so that it takes the attributes
    /// of all of them.
    private mutating func type(ofEither kinds: [ElementKind], in content: ElementSpec.Content) {
      let specs = kinds.map { ElementRegistry.spec($0) }
      element("complexType", "name=\"\(kinds[0].tag).\(content)\"") { writer in
        writer.doc(specs.map(\.doc).joined(separator: " "))
        var names: [AttributeName] = []
        for attribute in specs.flatMap(\.attributes) where !names.contains(attribute.name) { names.append(attribute.name) }
        for name in names {
          let found = specs.compactMap { spec in spec.attributes.first { $0.name == name } }
          writer.attribute(name, ofEither: found, isRequired: found.count == specs.count && found.allSatisfy(\.isRequired))
        }
      }
    }

    private mutating func attribute(_ name: AttributeName, ofEither found: [AttributeSpec], isRequired: Bool) {
      let use = isRequired ? " use=\"required\"" : ""
      var types: [String] = []
      var words: [String] = []
      for spec in found {
        if case .keyword(let some) = spec.type { words += some.filter { !words.contains($0) } }
        if let type = typeName(spec.type), !types.contains(type) { types.append(type) }
      }
      let only = words.isEmpty && types.count == 1 ? " type=\"\(types[0])\"" : ""
      element("attribute", "name=\"\(name.rawValue)\"" + only + use) { writer in
        writer.doc(found[0].doc)
        guard only.isEmpty else { return }
        if types.isEmpty { return writer.enumeration(words) }
        writer.element("simpleType", "") { writer in
          writer.element("union", "memberTypes=\"\(types.joined(separator: " "))\"") { writer in
            if !words.isEmpty { writer.enumeration(words) }
          }
        }
      }
    }

    private mutating func child(_ kind: ElementKind, in content: ElementSpec.Content) {
      let type = ElementRegistry.isControl(kind) ? "\(kind.rawValue).\(content)" : kind.rawValue
      line("<xs:element name=\"\(kind.tag)\" type=\"\(type)\"/>")
    }

    /// The type of an element; a control element has one for each kind of content it may stand in.
    private mutating func type(of spec: ElementSpec, in outer: ElementSpec.Content? = nil) {
      let content = spec.content == .inherited ? outer ?? .blocks : spec.content
      let name = spec.content == .inherited ? "\(spec.kind.rawValue).\(content)" : spec.kind.rawValue
      let isMixed = content == .inline || content == .cell
      element("complexType", "name=\"\(name)\"" + (isMixed ? " mixed=\"true\"" : "")) { writer in
        writer.doc(spec.doc)
        switch content {
        case .empty, .inherited: break
        case .bill, .leaflet, .fields, .variant, .variantPage, .variantTable, .page, .pictures:
          writer.element("choice", "minOccurs=\"0\" maxOccurs=\"unbounded\"") { writer in
            for kind in ElementRegistry.kinds(in: content) { writer.child(kind, in: content) }
          }
        case .partial:
          writer.element("sequence", "") { writer in
            writer.line("<xs:element name=\"param\" type=\"param\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>")
            writer.line("<xs:group ref=\"blocks\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>")
          }
        case .blocks, .inline, .cell, .table, .rows, .cells, .band:
          writer.element("sequence", "") { writer in
            writer.line("<xs:group ref=\"\(content)\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>")
          }
        }
        writer.attributes(of: spec)
      }
    }

    // MARK: Simple types

    private mutating func simpleTypes() {
      let number = "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)"
      let length = "(0|\(number)(pt|mm|cm|in))"
      let color = "(#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|[A-Za-z_][A-Za-z0-9_-]*)"
      let sides = "(start|end|top|bottom|left|right)"
      pattern("name", "[A-Za-z_][A-Za-z0-9_-]*")
      var forms: Set<AttributeType.LengthForms> = []
      var bounds: Set<ClosedRange<Int>> = []
      for attribute in ElementRegistry.all.flatMap(\.attributes) {
        if case .length(let form) = attribute.type { forms.insert(form) }
        if case .integer(let range) = attribute.type { bounds.insert(range) }
      }
      for form in forms.sorted(by: { $0.rawValue < $1.rawValue }) {
        var ways = [form.contains(.negative) ? "-?\(length)" : length]
        if form.contains(.share) { ways.append("\(number)%") }
        if form.contains(.fraction) { ways.append("\(number)fr") }
        if form.contains(.auto) { ways.append("auto") }
        pattern(valueName(.length(form)) ?? "", ways.joined(separator: "|"))
      }
      for range in bounds.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
        element("simpleType", "name=\"value-integer-\(range.lowerBound)-\(range.upperBound)\"") { writer in
          writer.element("restriction", "base=\"xs:integer\"") { writer in
            writer.line("<xs:minInclusive value=\"\(range.lowerBound)\"/>")
            writer.line("<xs:maxInclusive value=\"\(range.upperBound)\"/>")
          }
        }
      }
      pattern("lengths", "\(length)( \(length)){0,7}")
      pattern("insets", "\(length)( \(length)){0,3}")
      pattern("line-height", "\(length)|\(number)")
      pattern("weight", "regular|medium|semibold|bold|[1-8][0-9][0-9]|900")
      pattern("share", "\(number)%")
      pattern("flag", "yes|no")
      pattern("color", color)
      pattern("hex-color", "#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}")
      pattern("format", "standard|large-print")
      pattern("formats", "(standard|large-print)( (standard|large-print))*")
      pattern("features", "-?[!-~]{4}( -?[!-~]{4})*")
      pattern("field-path", "extra(\\.[A-Za-z_][A-Za-z0-9_-]*(\\[\\])?)+")
      pattern("line", "\(length)( \(color))?")
      pattern("bar", "\(length)( \(color))?( \(sides))?")
      pattern("zones", "[A-Za-z_][A-Za-z0-9_-]*( [A-Za-z_][A-Za-z0-9_-]*)*")
      pattern("perforation", "none|\(length)( \(color)){0,3}")
      pattern("tabs", "(\(length)|\(number)%|end)( [a-z]+)?( ?, ?(\(length)|\(number)%|end)( [a-z]+)?)*")
      pattern("span", "all|[1-9][0-9]?")
      pattern("row-rules", "every-(1?[1-9]|10|20)( \(length)( \(color))?)?( all)?")
      pattern("row-span", "[2-9]|[1-4][0-9]|50|group")
      pattern("keep", "(together|previous|next(-[0-9]+)?)( (together|previous|next(-[0-9]+)?))*")
      pattern("paper", "Letter|Legal|A4|A5|A6|\(length) \(length)")
      let step = "(space-[5-9][0-9]|terms-\(number)(pt|mm|cm|in)|alternatives)"
      pattern("fit-steps", "none|\(step)( \(step)){0,\(FitSheet.stepLimit - 1)}")
      pattern("loop", "[A-Za-z_][A-Za-z0-9_-]*( ?, ?[A-Za-z_][A-Za-z0-9_-]*)? in .+")
      pattern("expression", ".+")
    }

    private mutating func pattern(_ name: String, _ pattern: String) {
      element("simpleType", "name=\"value-\(name)\"") { writer in
        writer.element("restriction", "base=\"xs:token\"") { writer in writer.line("<xs:pattern value=\"\(writer.escaped(pattern))\"/>") }
      }
    }
  }
}
