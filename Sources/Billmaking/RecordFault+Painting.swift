internal import Diagnostics
internal import Painting

extension RecordFault {
  /// Why the pages of a bill could not be drawn, in the painter's own sentence.
  init(painting error: any Error) {
    let finding = (error as? PaintingError)?.diagnostic
    self.init("painting-failed", finding?.message ?? "an unexpected error: \(error)")
  }
}
