internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Vocabulary

extension BillComposer {
  /// Where the coupon's upper edge stands and how it is torn off.
  func form(_ coupon: CouponElement, _ attributes: BlockAttributes) -> CouponNode.Form {
    var form = CouponNode.Form()
    form.gap = attributes.spaceBefore ?? .zero
    form.isAboveFooter = coupon.footer == .below
    form.perforation = coupon.perforation.map { perforation($0) }
    form.edge = coupon.edge
    form.valign = attributes.valign ?? .top
    return form
  }

  private func perforation(_ value: PerforationValue) -> Perforation {
    let stroke = value.thickness.map { thickness in
      Shape.Stroke(width: thickness, color: book.color(value.color, or: .black), dashes: dashes(value.line, thickness))
    }
    return Perforation(stroke, crossesSheet: value.reach == .sheet)
  }

  /// Dashes that show as such at any thickness, dots as long as they are thick.
  private func dashes(_ line: PerforationLine, _ thickness: Length) -> [Length] {
    switch line {
    case .solid: []
    case .dashed: [max(.pt(3), thickness * 4), max(.pt(2.5), thickness * 3)]
    case .dotted: [thickness, max(.pt(1.5), thickness * 2)]
    }
  }
}
