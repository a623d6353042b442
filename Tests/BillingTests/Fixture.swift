import Billing
import Diagnostics
import Testing

/// The record of the contract, and variations of it.
enum Fixture {
  static let record = #"""
    {"v":1,"account":"4400-1182-07","invoice":"2026-11-004711","kind":"bill","issued":"2026-11-23","due":"2026-12-14","period":{"from":"2026-10-20","to":"2026-11-19"},"currency":"USD","language":"en-US","segment":"residential","jurisdiction":"US-OR","customer":{"name":"Ana Petrović","address":["18 Larkspur Ave Apt 4","Portland OR 97204"],"postal":{"city":"Portland","region":"OR","code":"97204","country":"US","imb_routing":"97204123418"},"email":null},"delivery":"paper","consent":null,"format":"standard","balance":{"previous":"82.10","payments":"-82.10","adjustments":"0.00"},"sections":[{"title":"Electricity","lines":[{"date":"2026-11-19","description":"Peak energy","quantity":"214","unit":"kWh","price":"0.1432","amount":"30.64"}],"subtotal":"30.64"}],"taxes":[{"label":"City tax","rate":"3","base":"30.64","amount":"0.92"}],"totals":{"charges":"31.56","due":"31.56"},"payment":{"iban":null,"name":null,"reference":null,"scan_line":null},"usage":[{"label":"Dec","value":"412"}],"extra":{}}
    """#

  /// The record with one piece replaced; the piece must be there, or the test tests nothing.
  static func record(_ old: String, _ new: String) -> [UInt8] {
    var text = record
    guard let range = text.firstRange(of: old) else {
      Issue.record("the record has no '\(old)'")
      return []
    }
    text.replaceSubrange(range, with: new)
    return Array(text.utf8)
  }

  static func read(_ bytes: [UInt8], strictLines: Bool = false) -> Result<(bill: Bill, warnings: [RecordWarning]), RecordFault> {
    do throws(RecordFault) { return .success(try BillReader(strictLines: strictLines).read(bytes)) } catch { return .failure(error) }
  }

  static func fault(_ bytes: [UInt8], strictLines: Bool = false) -> RecordFault? {
    if case .failure(let fault) = read(bytes, strictLines: strictLines) { return fault }
    return nil
  }

  static func fault(_ old: String, _ new: String) -> RecordFault? { fault(record(old, new)) }
}
