internal import Billing
internal import Diagnostics
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

/// Writes what was drawn where, from which element and which record path: `{"elements":[…],"pages":[…]}`; and of each page the
/// zones of its sheet.
struct SourceMapWriter {
  private let template: Template
  private var pages = JSONWriter(capacity: 1 << 14)
  private var used: Set<Int> = []
  private var structure = StructureBuilder(language: "")

  init(_ template: Template) {
    self.template = template
    pages.beginList()
  }

  /// Adds a page with the zones of its sheet.
  mutating func add(_ page: Frame, number: Int, zones: [PageZone] = []) {
    var boxes = JSONWriter(capacity: 1 << 14)
    boxes.beginList()
    for area in structure.add(page, number: number).areas where template.nodes.indices.contains(area.tag.source) {
      let (tag, rect) = (area.tag, area.rect)
      used.insert(tag.source)
      boxes.beginObject()
      boxes.member("element", tag.source)
      boxes.member("box", rect)
      boxes.member("path", tag.path?.text)
      boxes.endObject()
    }
    boxes.endList()
    pages.beginObject()
    pages.member("page", number)
    pages.key("boxes")
    pages.raw(boxes.bytes)
    pages.key("zones")
    pages.beginList()
    for zone in zones {
      pages.beginObject()
      pages.member("name", zone.name)
      pages.member("kind", zone.kind.rawValue)
      pages.member("box", zone.area)
      pages.member("reach", zone.reach)
      pages.member("core", zone.core)
      pages.endObject()
    }
    pages.endList()
    pages.endObject()
  }

  consuming func finished() -> [UInt8] {
    pages.endList()
    var json = JSONWriter(capacity: pages.bytes.count + 4096)
    json.beginObject()
    json.key("elements")
    json.beginList()
    for element in used.sorted() {
      let node = template.nodes[element]
      let position = node.nameRange.file.position(of: node.nameRange.bytes.lowerBound)
      json.beginObject()
      json.member("element", element)
      json.member("name", node.element)
      json.member("label", node.label)
      json.member("file", node.nameRange.file.name)
      json.member("line", position.line)
      json.member("column", position.column)
      json.endObject()
    }
    json.endList()
    json.key("pages")
    json.raw(pages.bytes)
    json.endObject()
    return json.bytes
  }
}

extension JSONWriter {
  /// Left, top, width and height in points, to a hundredth.
  fileprivate mutating func member(_ name: String, _ rect: Rect) {
    key(name)
    beginList()
    for length in [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height] {
      value(digits: String((length.points * 100).rounded() / 100))
    }
    endList()
  }
}
