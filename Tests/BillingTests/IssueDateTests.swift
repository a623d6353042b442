import Billing
import Dates
import Testing

/// The issue date that is found without reading a record.
@Suite struct IssueDateTests {
  private static let cases: [(String, String?)] = [
    (#"{"v":1,"issued":"2026-11-23","x":[{"issued":"2030-01-01"}]}"#, "2026-11-23"), (#"{"a":{"issued":"2030-01-01"}}"#, nil),
    (#"{"issued":"2026-11-\u00323"}"#, "2026-11-23"), (#"{"issued":"2026-13-01"}"#, nil), (#"{"issued":20261123}"#, nil),
    (#"{"issued":null}"#, nil), (#"{"issued":"2026-11-23","issued":"2026-11-24"}"#, nil), (#"{"issued":"2026-11-23""#, nil),
    (#"{"issued":"2026-11-23"} x"#, nil), (#"["issued","2026-11-23"]"#, nil), ("", nil), ("nonsense", nil),
  ]

  @Test(arguments: cases.indices) func dayIsFoundWhereTheRecordSaysOne(_ index: Int) {
    let (text, expected) = Self.cases[index]
    let found = Array(text.utf8).withUnsafeBufferPointer { IssueDate.scan($0)?.iso }
    #expect(found == expected)
  }
}
