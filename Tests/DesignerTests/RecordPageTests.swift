import Billing
import Foundation
import JSON
import Testing

/// The record's reference page.
@Suite struct RecordPageTests {
  private static let line = RecordReference.example.split(separator: "\n").joined()

  @Test func exampleIsARecordWithoutFault() throws {
    let (bill, warnings) = try BillReader().read(Array(Self.line.utf8))
    #expect(warnings.isEmpty)
    #expect("\(bill.totals.due)" == "42.42" && bill.consent != nil)
  }

  /// No key of the schema is left out of the example, and each has its words on the page.
  @Test func exampleHasEveryKey() throws {
    let schema = try JSONValue(parsing: BillRecordSchema.version1)
    let example = try JSONValue(parsing: Array(Self.line.utf8))
    let page = try RecordReference.page()
    var keys: Set<String> = []
    func collect(_ value: JSONValue) {
      for member in value.members ?? [] where member.name != "extra" {
        keys.insert(member.name)
        collect(member.value)
      }
      for element in value.list ?? [] { collect(element) }
    }
    collect(example)
    let objects = [schema] + (schema["$defs"]?.members ?? []).map(\.value)
    for key in objects.flatMap({ $0["properties"]?.members ?? [] }) where key.name != "extra" {
      #expect(keys.contains(key.name), "\(key.name)")
      #expect(key.value["description"]?.text != nil, "\(key.name) has no words in the schema")
      #expect(page.contains("| `\(key.name)`"), "\(key.name)")
    }
  }
}
