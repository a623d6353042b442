internal import Billing
internal import Campaigns
internal import Contract
internal import Diagnostics
internal import Languages
internal import Layout

extension BillMaker {
  /// The leaflet that goes with a bill whose rule asks for one, as a piece of the bill's record.
  ///
  /// - Parameter bill: What is known of the bill.
  /// - Returns: `nil` where the bill is to have none. The bytes are empty where nothing is painted.
  /// - Throws: `leaflet-failed`; `disclosure-missing`, where it does not say what the bill's law asks of the terms. Either rejects the bill: one
  ///   that promises the terms never goes without them.
  func enclosure(of laidOut: LaidOutBill, _ bill: PieceFacts) throws(RecordFault) -> Piece? {
    guard let decision = laidOut.decision, decision.terms == .leaflet else { return nil }
    // The rules of the campaign were held against the layout when both were read.
    guard let leaflets else { throw RecordFault(.defect, "a bill asks for a leaflet, and the layout has none") }
    let leaflet = try leaflets.leaflet(in: decision.language, format: laidOut.bill.format)
    if laidOut.required.isDue(in: .terms) {
      let said: PlainWords
      do { said = try leaflet.said() } catch { throw RecordFault(painting: error) }
      if let fault = laidOut.required.fault(in: .terms, said, pages: nil) { throw fault }
    }
    var facts = bill
    (facts.kind, facts.channel) = (.terms, .print)
    (facts.language, facts.format, facts.content) = (leaflet.language.text, leaflet.format, leaflet.content)
    (facts.firstPage, facts.pages, facts.sha256, facts.bytes) = (1, leaflet.pagination.count, "", 0)
    (facts.notice, facts.terms, facts.fit) = (nil, leaflet.terms, "")
    facts.warnings = leaflet.warnings
    if leaflet.format != laidOut.bill.format {
      facts.warnings.append(
        RecordWarning(
          "format-not-offered", "the leaflet has no format '\(laidOut.bill.format.rawValue)'; enclosed as standard", path: "$.format"))
    }
    return Piece(facts: facts, bytes: leaflet.bytes)
  }
}
