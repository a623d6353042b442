internal import Geometry
internal import Layout
internal import LayoutLanguage

/// What becomes of measures where a bill is set smaller to save a sheet; see ``FitMeasures``.
extension BillComposer {
  /// What is left of a space between blocks.
  ///
  /// On a baseline grid it is a whole number of steps, for anything else would be made up again by the next line of text, which moves down to the grid;
  /// a space that is less than a step is left alone.
  func space(_ length: Length, _ scope: Scope) -> Length {
    guard measures.spaceShare < 1, !scope.keepsSpace, length > .zero else { return length }
    guard let step = edition.baseline else { return length * measures.spaceShare }
    // What is written in millimetres may miss a whole number of steps by a hair.
    let steps = length / step + 1e-6
    guard steps >= 1 else { return length }
    // To the nearest step, but never more than there was.
    let left = min((steps * measures.spaceShare).rounded(), steps.rounded(.down))
    return step * max(1, left)
  }

  /// The looks of the terms' text and headings; smaller where that was decided, neither below the least size of terms.
  func termsLooks(_ element: TermsElement, _ scope: Scope) -> ProseLooks {
    var style = scope.style
    var heading = element.headingStyle.map { style.styled($0) } ?? style.bold
    if let size = measures.termsSize, size < style.text.properties.size {
      let factor = size / style.text.properties.size
      let least = min(1, max(factor, FitSheet.leastTermsSize / heading.text.properties.size))
      (style, heading) = (style.scaled(by: factor), heading.scaled(by: least))
    }
    return ProseLooks(
      text: style, heading: heading, gap: space(style.text.properties.lineHeight * 0.5, scope), leastSize: scope.leastSize)
  }
}
