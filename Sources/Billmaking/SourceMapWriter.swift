internal import Billing
internal import Diagnostics
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage

/// Writes what was drawn where, from which element and which record path: `{"elements":[…],"pages":[…]}`.
struct SourceMapWriter {
  private let template: Template
  private var pages = JSONWriter(capacity: 1 << 14)
  private var used: Set<Int> = []
  private var structure = StructureBuilder(language: "")

  init(_ template: Template) {
    self.template = template
    pages.beginList()
  }

  mutating func add(_ page: Frame, number: Int) {
    var boxes = JSONWriter(capacity: 1 << 14)
    boxes.beginList()
    for area in structure.add(page, number: number).areas where template.nodes.indices.contains(area.tag.source) {
      let (tag, rect) = (area.tag, area.rect)
      used.insert(tag.source)
      boxes.beginObject()
      boxes.member("element", tag.source)
      boxes.key("box")
      boxes.beginList()
      for length in [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height] {
        boxes.value(digits: String((length.points * 100).rounded() / 100))
      }
      boxes.endList()
      boxes.member("path", tag.path?.text)
      boxes.endObject()
    }
    boxes.endList()
    pages.beginObject()
    pages.member("page", number)
    pages.key("boxes")
    pages.raw(boxes.bytes)
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
