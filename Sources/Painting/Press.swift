internal import Cairo
public import Imaging
internal import Layout

/// What a worker keeps between documents: faces ready at their sizes, the images, and buffers that are filled again and again.
///
/// One per worker; nothing in it shows in the bytes of a document, whichever were painted before.
public final class Press {
  /// How many (face, size) pairs are kept before all are let go, 512: a layout has a few dozen, but shrinking text makes sizes of its own.
  ///
  /// - Stops: text shrunk to ever new sizes, each with its glyphs.
  public static let scaledFontLimit = 512

  /// The faces.
  public let fonts: any FontSource
  /// The layout's images.
  public let images: ImageTable

  private struct Key: Hashable {
    let font: Int
    let size: UInt64
    let scale: UInt64
  }
  private var scaled: [Key: ScaledFont] = [:]
  let scratch = GlyphBuffer()
  let recorder: TraceRecorder

  /// Makes a press over the worker's fonts and images.
  public init(fonts: any FontSource, images: ImageTable) {
    (self.fonts, self.images) = (fonts, images)
    recorder = TraceRecorder(fonts: fonts, images: images)
  }

  /// Makes a press without images.
  public convenience init(fonts: any FontSource) { self.init(fonts: fonts, images: ImageTable()) }

  /// The face at that size, made once.
  func scaledFont(_ font: FontID, size: Double, scale: Double) throws(PaintingError) -> ScaledFont {
    let key = Key(font: font.index, size: size.bitPattern, scale: scale.bitPattern)
    if let known = scaled[key] { return known }
    let face: FontFace
    do { face = try fonts.face(font) } catch { throw .unknownFont(font, reason: "\(error)") }
    let made: ScaledFont
    do { made = try ScaledFont(face, size: size, scale: scale) } catch { throw .drawing(error) }
    if scaled.count >= Press.scaledFontLimit { scaled.removeAll(keepingCapacity: true) }
    scaled[key] = made
    return made
  }
}
