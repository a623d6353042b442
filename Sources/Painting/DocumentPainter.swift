public import Geometry
public import Imaging
public import Layout

/// Makes one bill's PDF: pages in, finished bytes out, and the trace for the manifest's `content` alongside.
///
/// ```swift
/// let document = try DocumentPainter(pageSize: size, metadata: metadata, press: press) { digest.update(bufferPointer: $0) }
/// for page in pages { try document.addPage(page) }
/// let pdf = try document.finish()
/// ```
///
/// The same pages and metadata give the same bytes, whatever the press painted before. One document at a time per press.
public final class DocumentPainter {
  private let canvas: PDFCanvas
  private let recorder: TraceRecorder?
  private let traced: ((UnsafeRawBufferPointer) -> Void)?
  private let metadata: DocumentMetadata
  private let bleed: Length
  private let hasMarks: Bool
  private var fault: PaintingError?
  /// The number of pages painted so far.
  public private(set) var pageCount = 0

  /// Begins a document.
  ///
  /// - Parameters:
  ///   - pageSize: Of the first page; pages may differ.
  ///   - bleed: How far each page is painted beyond its size, on each side; its trim box is the page.
  ///   - marks: Whether crop marks are printed at the corners, outside trim and bleed; see ``CropMarks``. The trace has none of them.
  ///   - trace: Is given the trace's bytes page by page, in order; feed them to a digest. Without it no trace is made.
  /// - Throws: ``PaintingError``, where no document can be begun.
  public init(
    pageSize: Size, bleed: Length = .zero, marks: Bool = false, metadata: DocumentMetadata, press: Press,
    trace: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) throws(PaintingError) {
    (self.metadata, self.bleed, hasMarks) = (metadata, bleed, marks)
    traced = trace
    recorder = trace == nil ? nil : press.recorder
    recorder?.reset()
    canvas = try PDFCanvas(pageSize: pageSize, bleed: bleed, marks: marks, metadata: metadata, press: press)
  }

  /// Begins a document with a press of its own, for single documents and tests.
  ///
  /// - Throws: ``PaintingError``, where no document can be begun.
  public convenience init(
    pageSize: Size, metadata: DocumentMetadata, fonts: any FontSource, images: ImageTable,
    trace: ((UnsafeRawBufferPointer) -> Void)? = nil
  ) throws(PaintingError) {
    try self.init(pageSize: pageSize, metadata: metadata, press: Press(fonts: fonts, images: images), trace: trace)
  }

  /// Paints the next page. Its memory is given back once it is painted.
  ///
  /// An error ends the document: it is thrown again by whatever is called after it.
  ///
  /// - Throws: ``PaintingError``: what on the page could not be painted.
  public func addPage(_ page: Frame) throws(PaintingError) {
    if let fault { throw fault }
    pageCount += 1
    do {
      if let recorder, let traced {
        try Painter.paint(page, on: recorder, number: pageCount)
        recorder.drain(traced)
      }
      try Painter.paint(page, on: canvas, number: pageCount)
    } catch {
      fault = error
      throw error
    }
  }

  /// Closes the document and gives its bytes.
  ///
  /// - Throws: ``PaintingError``, where painting or writing has failed.
  public func finish() throws(PaintingError) -> [UInt8] {
    if let fault { throw fault }
    let raw = try canvas.finish()
    let side = SideList(
      created: metadata.pdfDate, language: metadata.language, bleed: bleed,
      slug: hasMarks ? CropMarks(bleed: bleed).slug : .zero, repeatsPictures: canvas.repeatsPictures)
    return try Finisher.finish(raw, side: side)
  }
}
