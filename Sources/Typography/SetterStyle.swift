internal import CHarfBuzz
internal import Geometry
internal import Layout
internal import Vocabulary

/// A text style with its faces found and its measures worked out.
final class SetterStyle {
  /// Its number: equal numbers, equal looks.
  let index: UInt32
  /// The number of what decides its glyphs, sizes left out: stack, features, spacing.
  let shapingIndex: UInt32
  let families: [String]
  /// The stack; empty where the families cannot be resolved, so that every cluster is reported as missing.
  let faces: [ShapingFace]
  /// Where a cluster is looked for that the stack lacks.
  let fallback: FallbackFaces
  let features: [hb_feature_t]
  let size: Double
  let lineHeight: Double
  /// From a line's top to its baseline, half of the leading included.
  let baseline: Double
  let ascent: Double
  let descent: Double
  /// The height of the first face's capitals.
  let capHeight: Double
  let letterSpacing: Double
  let rise: Double
  let isUnderlined: Bool
  let color: Color
  /// The hyphen at the end of a parted word, shaped when first needed.
  var hyphen: ShapedText?
  /// The width of a space in points, in the language it was asked for last.
  var space: (language: UInt16, width: Double)?
  /// Three of the widest digit.
  var widestNumber: String?

  init(
    _ properties: TextStyle.Properties, index: UInt32, shapingIndex: UInt32, faces: [ShapingFace], fallback: FallbackFaces,
    features: [hb_feature_t]
  ) {
    self.index = index
    self.shapingIndex = shapingIndex
    self.faces = faces
    self.fallback = fallback
    self.features = features
    families = properties.families
    size = properties.size.points
    lineHeight = properties.lineHeight.points
    letterSpacing = properties.letterSpacing.points
    rise = properties.rise.points
    isUnderlined = properties.isUnderlined
    color = properties.color
    if let face = faces.first {
      ascent = face.ascent * size / face.unitsPerEm
      descent = face.descent * size / face.unitsPerEm
      capHeight = face.capHeight * size / face.unitsPerEm
    } else {
      (ascent, descent, capHeight) = (size * 0.8, size * 0.2, size * 0.7)
    }
    baseline = (lineHeight - ascent - descent) / 2 + ascent
  }

  /// The height of the first face's letter x.
  var xHeight: Double { faces.first.map { $0.xHeight * scale($0) } ?? size * 0.5 }

  /// How far a picture among words in that style reaches above the line's baseline.
  func top(of picture: InlinePicture) -> Double {
    let height = picture.size.height.points
    let top: Double =
      switch picture.alignment {
      case .baseline: height
      case .middle: (capHeight + height) / 2
      case .xMiddle: (xHeight + height) / 2
      case .top: capHeight
      case .bottom: height - descent
      }
    return top + rise
  }

  /// Points to a font unit.
  @inline(__always) func scale(_ face: ShapingFace) -> Double { size / face.unitsPerEm }
}

/// The styles met so far, by identity and by value.
struct StyleTable {
  /// Beyond this many styles (shrunk text makes one for each size) everything that refers to them is dropped, and beyond this many objects
  /// the memory of who they are.
  ///
  /// - Stops: text shrunk to ever new sizes, each a style.
  static let limit = 4_096

  private let book: FontBook
  private var known: [ObjectIdentifier: (style: TextStyle, found: SetterStyle)] = [:]
  private var byValue: [TextStyle.Properties: SetterStyle] = [:]
  private var shapingIndexes: [ShapingKey: UInt32] = [:]
  /// The style found last and whose it is, which the tables hold.
  private var last: (identity: ObjectIdentifier, found: SetterStyle)?
  private var fallbacks: [FallbackKey: FallbackFaces] = [:]

  private struct FallbackKey: Hashable {
    var weight: Int
    var slant: TextStyle.Slant
  }

  private struct ShapingKey: Hashable {
    var families: [String]
    var weight: Int
    var slant: TextStyle.Slant
    var figures: TextStyle.Figures
    var features: [String]
    var isSpaced: Bool
  }

  init(book: FontBook) { self.book = book }

  var isFull: Bool { byValue.count >= StyleTable.limit }

  mutating func removeAll() {
    known.removeAll()
    byValue.removeAll()
    shapingIndexes.removeAll()
    last = nil
  }

  @inline(__always) mutating func find(_ style: TextStyle) -> SetterStyle {
    if last?.identity == ObjectIdentifier(style), let found = last?.found { return found }
    return findByIdentity(style)
  }

  private mutating func findByIdentity(_ style: TextStyle) -> SetterStyle {
    if let found = known[ObjectIdentifier(style)]?.found {
      last = (ObjectIdentifier(style), found)
      return found
    }
    let found = byValue[style.properties] ?? make(style.properties)
    byValue[style.properties] = found
    if known.count >= StyleTable.limit { known.removeAll(keepingCapacity: true) }
    // The style is held, so that no other one can take its identity.
    known[ObjectIdentifier(style)] = (style, found)
    last = (ObjectIdentifier(style), found)
    return found
  }

  private mutating func make(_ properties: TextStyle.Properties) -> SetterStyle {
    let isSpaced = properties.letterSpacing != .zero
    var features: [hb_feature_t] = []
    if properties.figures == .tabular { features.append(OpenTypeFeature.make("tnum", 1)) }
    // Spaced letters must not stick together (CSS Text 3, 8.2).
    if isSpaced { features += ["liga", "clig"].map { OpenTypeFeature.make($0, 0) } }
    features += properties.features.compactMap(OpenTypeFeature.parse)
    let key = ShapingKey(
      families: properties.families, weight: properties.weight, slant: properties.slant, figures: properties.figures,
      features: properties.features, isSpaced: isSpaced)
    let shapingIndex = shapingIndexes[key] ?? UInt32(shapingIndexes.count)
    shapingIndexes[key] = shapingIndex
    let stack = (try? book.resolve(properties.families, weight: properties.weight, slant: properties.slant)) ?? []
    let faces = stack.compactMap { try? book.shapingFace($0.index) }
    let fallbackKey = FallbackKey(weight: properties.weight, slant: properties.slant)
    let fallback = fallbacks[fallbackKey] ?? FallbackFaces(book: book, weight: properties.weight, slant: properties.slant)
    fallbacks[fallbackKey] = fallback
    return SetterStyle(
      properties, index: UInt32(byValue.count), shapingIndex: shapingIndex, faces: faces, fallback: fallback, features: features)
  }
}
