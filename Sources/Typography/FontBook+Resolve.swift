internal import Diagnostics
public import Layout

extension FontBook {
  /// The faces of a fallback stack, first choice first, their files loaded.
  ///
  /// Within a family the nearest weight is taken by the rule of CSS Fonts 4, 5.2. A missing family or slant is an error, never a substitute; only a
  /// family that has no italic at all (as in Arabic and Hebrew, which know none) serves upright behind a first family that has one.
  ///
  /// - Throws: The first family of the list that cannot serve, and why.
  public func resolve(_ families: [String], weight: Int, slant: TextStyle.Slant) throws(FontFamilyFault) -> [FontID] {
    var stack: [FontID] = []
    for (place, family) in families.enumerated() {
      let name = family.lowercased()
      let members = faces.filter { $0.family.lowercased() == name }
      guard !members.isEmpty else {
        throw FontFamilyFault(family: family, reason: .unknown(known: self.families))
      }
      var candidates = members.filter { $0.slant == slant }
      if candidates.isEmpty, place > 0, slant == .italic { candidates = members }
      guard let face = FontBook.nearest(to: weight, among: candidates) else {
        throw FontFamilyFault(family: family, reason: .missingSlant(slant))
      }
      if !stack.contains(face.id) {
        do throws(Diagnostic) { _ = try shapingFace(face.id.index) } catch {
          throw FontFamilyFault(family: family, reason: .unreadable(error))
        }
        stack.append(face.id)
      }
    }
    return stack
  }

  /// The nearest weight (CSS Fonts 4, 5.2): between 400 and 500 first up to 500, then lighter, then heavier; below 400 lighter first, above 500
  /// heavier first. `candidates` are sorted by weight.
  static func nearest(to weight: Int, among candidates: [Typeface]) -> Typeface? {
    let lighter = candidates.last { $0.weight <= weight }
    let heavier = candidates.first { $0.weight >= weight }
    if weight < 400 { return lighter ?? heavier }
    if weight > 500 { return heavier ?? lighter }
    if let heavier, heavier.weight <= 500 { return heavier }
    return lighter ?? heavier
  }
}
