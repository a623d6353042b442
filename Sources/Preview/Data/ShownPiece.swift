internal import Contract

/// What is on screen: a piece of a record, in a scenario.
struct ShownPiece: Sendable {
  /// Which record.
  var bill: BillName
  /// What is to be otherwise than in it.
  var scenario = PreviewScenario()
  /// Which of its pieces.
  var kind = PieceKind.bill

  /// The pieces that can be shown.
  static let kinds: [PieceKind] = [.bill, .terms, .postcard, .email]

  /// A request for it to a worker.
  ///
  /// - Parameters:
  ///   - record: Its bytes.
  ///   - file: The data file's name as the user wrote it.
  ///   - number: The record's line, from 1.
  func request(_ output: PreviewRequest.Output, record: [UInt8], file: String, number: Int) -> PreviewRequest {
    var request = PreviewRequest(record: record, file: file, number: number, scenario: scenario, output: output)
    request.piece = kind
    return request
  }
}
