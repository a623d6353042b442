internal import Diagnostics
internal import Vocabulary

extension LayoutCompiler {
  /// Reports what has no place on a postcard, whatever is around it; whether the element is that.
  func refuseOnPostcard(_ element: XMLElement, _ kind: ElementKind, _ place: Place) -> Bool {
    let reason: String
    switch kind {
    case .terms, .termsChanges: reason = "the terms go with the bill, as a part of it or on a leaflet"
    case .coupon: reason = "nothing is torn off a card and sent back"
    default: return false
    }
    error(.misplacedElement, "'\(element.name)' cannot stand on a postcard: \(reason)", place.file, element.nameRange)
    return true
  }
}
