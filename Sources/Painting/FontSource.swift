public import Cairo
public import Layout

/// Where painting finds the faces that runs name. The font book conforms; painting itself knows nothing of shaping.
public protocol FontSource: AnyObject {
  /// The face behind an id that stands in a ``GlyphRun``. Called once per face and size, not per run.
  func face(_ id: FontID) throws -> Cairo.FontFace
  /// The face's name in traces: its PostScript name, such as `Inter-Bold`. Must not depend on the order fonts were found in.
  func name(_ id: FontID) -> String
}

extension FontSource {
  /// The PostScript name of the face, or `?` when there is none.
  public func name(_ id: FontID) -> String { (try? face(id))?.postScriptName ?? "?" }
}
