internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension PageZone {
  /// The zone of a page of that size.
  init(_ zone: ZoneDeclaration, on sheet: Size) {
    let rejects = zone.rule == .reject
    switch zone.form {
    case .area(let area):
      self.init(name: zone.name, kind: zone.kind, area: area, slide: zone.slide, rejects: rejects, element: zone.node)
    case .level(let y): self = .fold(zone.name, y: y, across: sheet, avoided: zone.avoided, rejects: rejects, element: zone.node)
    case .upright(let x): self = .fold(zone.name, x: x, across: sheet, rejects: rejects, element: zone.node)
    }
  }
}

extension Landmark {
  private static let zonePrefix = "zones "

  /// What belongs into zones of its page.
  init(zones: [String]) { self.init(rawValue: Landmark.zonePrefix + zones.joined(separator: " ")) }

  /// The zones that what is known by this name belongs to; `nil` for other landmarks.
  package var zones: [Substring]? {
    rawValue.hasPrefix(Landmark.zonePrefix) ? rawValue.dropFirst(Landmark.zonePrefix.count).split(separator: " ") : nil
  }
}

extension BillComposer {
  /// The zones of the page that are in force for the bill.
  ///
  /// - Throws: The finding, where a condition cannot be evaluated for this bill.
  func zones(of page: LayoutLanguage.PageMaster, _ environment: borrowing Environment) throws(Diagnostic) -> [PageZone] {
    var zones: [PageZone] = []
    for zone in page.zones {
      if let condition = zone.condition, try !condition.isTrue(in: environment) { continue }
      zones.append(PageZone(zone, on: stock.template.paper.size))
    }
    return zones
  }

  /// The content of a place or coupon, known by the zones it belongs to.
  func member(of zones: [String], _ content: any Node) -> any Node {
    zones.isEmpty ? content : TaggedNode(.group, landmark: Landmark(zones: zones), content)
  }
}
