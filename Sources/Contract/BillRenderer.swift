/// Makes bills of records, one after the other, inside one worker.
///
/// Made once per worker by a factory ``RendererFactory``; it owns its layout, fonts, caches and Cairo
/// objects, and shares nothing with other workers. The same record must give the same outcome in every worker and in every order.
public protocol BillRenderer: AnyObject {
  /// Lays out one record.
  ///
  /// A trap, a loop without end or running out of memory costs only this record: the parent tries it once more and then rejects it.
  ///
  /// - Returns: The record's pieces, or why there are none.
  func render(_ record: borrowing RecordInput) -> Outcome
}
