internal import Diagnostics
internal import Geometry
internal import Vocabulary

/// Folds that what flows over the pages keeps clear of by itself.
extension LayoutCompiler {
  /// How far from a fold the body stays; `.some(nil)` where nothing is written, `nil` where it is wrong.
  func avoided(_ element: XMLElement, _ form: ZoneDeclaration.Form, _ file: SourceFile) -> Length?? {
    guard let attribute = element["avoid"] else { return .some(nil) }
    guard case .level = form else {
      error(
        .conflictingAttributes, "only a level fold is avoided: a zone of kind 'fold' with 'y'", file, attribute.nameRange)
      return nil
    }
    let reader = literal(attribute)
    guard case .length(.fixed(let length))? = reader.read(.length([])) else { return nil }
    guard length > .zero, length.fits(.mm(10)) else {
      reader.wrong(.wrongValue, "a length up to 10mm: how far from the fold nothing stands, on either side")
      return nil
    }
    return length
  }
}
