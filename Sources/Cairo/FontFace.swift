internal import CCairo
internal import Synchronization

/// The owner of one FreeType library. Faces keep it alive; like them it belongs to one task.
public final class FontLibrary {
  let raw: FT_Library
  /// Held while a face is opened or closed. Cairo closes faces that it had kept when it needs room, on whatever thread that happens.
  let lock = Mutex(())

  /// Starts FreeType.
  ///
  /// - Throws: ``CairoError``, where FreeType cannot be started.
  public init() throws(CairoError) {
    var library: FT_Library?
    guard FT_Init_FreeType(&library) == 0, let library else { throw CairoError(code: .freeTypeError, operation: "start FreeType") }
    raw = library
  }

  deinit { FT_Done_FreeType(raw) }
}

/// A face of a font file, for drawing only: what text measures is decided elsewhere, from the font's own unhinted widths.
public final class FontFace {
  let raw: OpaquePointer
  /// The face's PostScript name, such as `Inter-Bold`; the name traces and PDFs use.
  public let postScriptName: String
  /// How many glyphs the face has; ids from 0.
  public let glyphCount: Int
  /// The units its widths are in, to the em.
  public let unitsPerEm: Int

  /// Reads a face from a font file's bytes (TrueType or OpenType, single or collection). The bytes are copied once and kept as long as
  /// cairo needs them.
  ///
  /// Hinting is off for good: a hinted outline or width belongs to a screen, not to print.
  ///
  /// - Throws: ``CairoError/Code/unreadableFont`` when FreeType cannot read it or it has no outlines.
  public convenience init(bytes: [UInt8], index: Int = 0, library: FontLibrary) throws(CairoError) {
    let copy = CopiedBytes(bytes)
    try self.init(memory: UnsafeRawBufferPointer(copy.buffer), keptBy: copy, index: index, library: library)
  }

  /// Reads a face from a font file's bytes where they lie, without a copy of them.
  ///
  /// - Parameters:
  ///   - memory: The bytes; nobody changes them.
  ///   - keeper: Whoever keeps them at their place as long as it lives. It is held until cairo is done with the face.
  /// - Throws: ``CairoError/Code/unreadableFont`` when FreeType cannot read it or it has no outlines.
  package init(memory: UnsafeRawBufferPointer, keptBy keeper: AnyObject, index: Int, library: FontLibrary) throws(CairoError) {
    let owner = try FaceOwner(memory: memory, keptBy: keeper, index: index, library: library)
    postScriptName = FT_Get_Postscript_Name(owner.face).map { String(cString: $0) } ?? "unnamed"
    glyphCount = Int(owner.face.pointee.num_glyphs)
    unitsPerEm = Int(owner.face.pointee.units_per_EM)
    guard let face = cairo_ft_font_face_create_for_ft_face(owner.face, billfold_ft_load_no_hinting) else {
      throw CairoError(code: .noMemory, operation: "new font face")
    }
    let retained = Unmanaged.passRetained(owner)
    // cairo keeps a face longer than we do: scaled fonts rest in its own cache after their last use. Hence the face goes with cairo's
    // object.
    let status = cairo_font_face_set_user_data(face, UserDataKey.owner, retained.toOpaque(), releaseUserData)
    if status != CAIRO_STATUS_SUCCESS {
      cairo_font_face_destroy(face)
      retained.release()
    }
    try CairoError.check(status, "new font face")
    raw = face
  }

  deinit { cairo_font_face_destroy(raw) }

  /// The first of these glyphs whose outline FreeType cannot read; `nil` where it reads all of them.
  public func unreadableGlyph(among glyphs: some Sequence<UInt32>) -> UInt32? {
    guard let owner = cairo_font_face_get_user_data(raw, UserDataKey.owner) else { return nil }
    let face = Unmanaged<FaceOwner>.fromOpaque(owner).takeUnretainedValue().face
    return glyphs.first {
      FT_Load_Glyph(face, FT_UInt($0), FT_Int32(billfold_ft_load_no_hinting) | FT_Int32(billfold_ft_load_no_scale)) != 0
    }
  }

  /// The glyph the font's character map gives for one character, 0 where it has none. No shaping: for probes and tests.
  package func glyph(for scalar: Unicode.Scalar) -> UInt32 {
    guard let face = cairo_font_face_get_user_data(raw, UserDataKey.owner) else { return 0 }
    return Unmanaged<FaceOwner>.fromOpaque(face).takeUnretainedValue().glyph(for: scalar)
  }
}

/// Bytes at a place of their own.
private final class CopiedBytes {
  let buffer: UnsafeMutableRawBufferPointer

  init(_ source: [UInt8]) {
    buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: 16)
    buffer.copyBytes(from: source)
  }

  deinit { buffer.deallocate() }
}

/// A FreeType face with whoever keeps the bytes it reads from.
private final class FaceOwner {
  let face: FT_Face
  private let characters: FT_CharMap?
  private let keeper: AnyObject
  private let library: FontLibrary

  init(memory: UnsafeRawBufferPointer, keptBy keeper: AnyObject, index: Int, library: FontLibrary) throws(CairoError) {
    var face: FT_Face?
    let bytes = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let status = library.lock.withLock { _ in FT_New_Memory_Face(library.raw, bytes, FT_Long(memory.count), FT_Long(index), &face) }
    guard status == 0, let face else { throw CairoError(code: .unreadableFont, operation: "read font") }
    (self.face, self.keeper, self.library, characters) = (face, keeper, library, face.pointee.charmap)
    // Bitmap-only fonts cannot be set at every size.
    if face.pointee.face_flags & FT_Long(FT_FACE_FLAG_SCALABLE) == 0 { throw CairoError(code: .unreadableFont, operation: "read font") }
    // cairo asks the font's own table first what character a glyph is, and then, where no character has that glyph, as the one for what is missing, walks
    // through all of FreeType's map to find the same. Without a map it takes what the text says, which it prefers in any case.
    face.pointee.charmap = nil
  }

  /// The glyph of a character by the font's map.
  func glyph(for scalar: Unicode.Scalar) -> UInt32 {
    face.pointee.charmap = characters
    defer { face.pointee.charmap = nil }
    return UInt32(FT_Get_Char_Index(face, FT_ULong(scalar.value)))
  }

  deinit { _ = library.lock.withLock { _ in FT_Done_Face(face) } }
}

/// A face at one size, ready to be drawn with: metric hinting off, hinting off, glyphs where they are put and not on whole pixels.
public final class ScaledFont {
  let raw: OpaquePointer
  /// The type size in points.
  public let size: Double

  /// Makes the face ready at `size` points; `scale` is the number of device units a point, 1 but for pixels.
  ///
  /// - Throws: ``CairoError``, where cairo or FreeType refuses the face at that size.
  public init(_ face: FontFace, size: Double, scale: Double = 1) throws(CairoError) {
    guard size > 0, size <= Context.coordinateLimit, scale > 0, scale <= Context.coordinateLimit else {
      throw CairoError(code: .coordinateOutOfRange, operation: "type size")
    }
    var matrix = cairo_matrix_t(xx: size, yx: 0, xy: 0, yy: size, x0: 0, y0: 0)
    var device = cairo_matrix_t(xx: scale, yx: 0, xy: 0, yy: scale, x0: 0, y0: 0)
    let options = cairo_font_options_create()
    defer { cairo_font_options_destroy(options) }
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    guard let font = cairo_scaled_font_create(face.raw, &matrix, &device, options) else {
      throw CairoError(code: .noMemory, operation: "scale font")
    }
    let status = cairo_scaled_font_status(font)
    if status != CAIRO_STATUS_SUCCESS { cairo_scaled_font_destroy(font) }
    try CairoError.check(status, "scale font")
    raw = font
    self.size = size
  }

  deinit { cairo_scaled_font_destroy(raw) }

  /// The unhinted advance of one glyph at this size, in points.
  public func advance(of glyph: UInt32) -> Double {
    var one = cairo_glyph_t(index: UInt(glyph), x: 0, y: 0)
    var extents = cairo_text_extents_t()
    cairo_scaled_font_glyph_extents(raw, &one, 1, &extents)
    return extents.x_advance
  }
}
