internal import CHarfBuzz
internal import CICU
internal import Layout

/// The faces of a book in the order they are asked for a cluster that a style's stack lacks, for one weight and slant.
///
/// A face's file is read when it is first taken; until then only its character map is, and that when it is first asked.
final class FallbackFaces {
  private let book: FontBook
  private let weight: Int
  private let slant: TextStyle.Slant
  private var orders: [FallbackOrder.Region: [Int]] = [:]

  init(book: FontBook, weight: Int, slant: TextStyle.Slant) { (self.book, self.weight, self.slant) = (book, weight, slant) }

  /// The first face that has all of a cluster's characters but those that steer; `nil` where none has.
  ///
  /// A sequence that asks for a picture (U+FE0F, a joiner, a skin tone, a keycap, a flag) is looked for in faces of emoji first. Characters of
  /// private use mean something in their own font only, and are not looked for at all.
  func face(for scalars: [UInt32], region: FallbackOrder.Region) -> ShapingFace? {
    let wanted = scalars.filter { !cicu_is_default_ignorable($0) }
    guard !wanted.isEmpty, !wanted.contains(where: FallbackFaces.isPrivate) else { return nil }
    let order = order(for: region)
    if scalars.contains(where: FallbackFaces.asksForPicture) {
      if let face = first(of: order.filter { book.faces[$0].family.contains("Emoji") }, having: wanted) { return face }
    }
    return first(of: order, having: wanted)
  }

  private func first(of order: [Int], having scalars: [UInt32]) -> ShapingFace? {
    for index in order where book.covers(index, scalars) {
      if let face = try? book.shapingFace(index) { return face }
    }
    return nil
  }

  /// Whether the face is from a folder that was made for this layout: the signs it has for private use are those that are meant.
  func isOwn(_ face: ShapingFace) -> Bool {
    book.rank(of: face.id.index) == 0 || !FallbackOrder.stock.contains(book.faces[face.id.index].family)
  }

  static func isPrivate(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar).map { $0.properties.generalCategory == .privateUse } ?? true
  }

  private static func asksForPicture(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xFE0F, 0x200D, 0x20E3, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0xE0020...0xE007F: true
    default: false
    }
  }

  /// All faces: family after family, of each the nearest weight of the slant first.
  private func order(for region: FallbackOrder.Region) -> [Int] {
    if let known = orders[region] { return known }
    var members: [String: [Int]] = [:]
    var ranks: [String: Int] = [:]
    for (index, face) in book.faces.enumerated() {
      members[face.family, default: []].append(index)
      ranks[face.family] = min(ranks[face.family] ?? .max, book.rank(of: index))
    }
    let families = ranks.map { (name: $0.key, rank: $0.value) }
    let order = FallbackOrder.sorted(families, for: region).flatMap { family in
      (members[family] ?? []).sorted { distance($0) < distance($1) }
    }
    orders[region] = order
    return order
  }

  private func distance(_ index: Int) -> (Int, Int, Int) {
    let face = book.faces[index]
    return (face.slant == slant ? 0 : 1, abs(face.weight - weight), index)
  }
}
