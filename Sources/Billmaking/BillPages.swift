internal import Composition
package import Contract
package import Diagnostics
package import Layout
internal import Typography

/// Hands over the pages of bills as they would be painted, and paints nothing: for those who measure what painting alone costs.
package final class BillPages {
  private let maker: BillMaker

  /// Reads layout, campaign, fonts and key.
  ///
  /// - Throws: All that is wrong with them.
  package init(_ options: JobOptions) throws(DiagnosticList) { maker = BillMaker(try LayoutJob(options)) }

  /// Hands over each page of a record's bill in order: its number from 1, and its finished frame.
  ///
  /// - Throws: `RecordFault` for what is wrong with the record, and what `body` throws.
  /// - Complexity: As making the bill without painting it.
  package func forEachPage(of record: borrowing RecordInput, _ body: (Int, Frame) throws -> Void) throws {
    var warnings = record.warnings
    let composed = try maker.compose(try maker.read(record.bytes), maker.occasion, &warnings)
    let laidOut = try maker.settled(composed, smallest: try maker.layOut(composed), &warnings)
    try laidOut.pagination.forEachPage { number, page in
      try body(number, laidOut.specimenMark?.laid(under: page) ?? laidOut.marked(page))
    }
  }

  /// The face's file below its font folder, such as `Inter/Inter-Bold.otf`; empty for a face that the book does not have.
  package func file(of face: FontID) -> String {
    let faces = maker.job.book.faces
    return faces.indices.contains(face.index) ? faces[face.index].fileName : ""
  }
}
