@testable import Billing
import JSON
import Testing

@Suite struct SchemaTests {
  /// The objects of the reader with the definitions of the schema that describe them.
  static let objects: [(String?, KeySet)] = [
    (nil, RecordKeys.record), ("period", RecordKeys.period), ("customer", RecordKeys.customer), ("postal", RecordKeys.postal),
    ("consent", RecordKeys.consent), ("balance", RecordKeys.balance), ("section", RecordKeys.section), ("line", RecordKeys.line),
    ("tax", RecordKeys.tax), ("totals", RecordKeys.totals), ("payment", RecordKeys.payment), ("usage", RecordKeys.usage),
  ]

  @Test func schemaAndReaderKnowTheSameFields() throws {
    let schema = try JSONValue(parsing: BillRecordSchema.version1)
    #expect(schema["$schema"]?.text == "https://json-schema.org/draft/2020-12/schema")
    for (name, keys) in SchemaTests.objects {
      let object = try name.map { try #require(schema["$defs"]?[$0]) } ?? schema
      #expect(object["additionalProperties"]?.flag == false)
      #expect(object["properties"]?.members?.map(\.name) == keys.names, "\(keys.owner)")
      let required = keys.names.enumerated().filter { keys.required & (1 << UInt32($0.offset)) != 0 }.map(\.element)
      #expect((object["required"]?.list ?? []).compactMap(\.text) == required, "\(keys.owner)")
    }
    // No object of the schema is left out here.
    let defined = schema["$defs"]?.members?.filter { $0.value["type"]?.text == "object" }.map(\.name) ?? []
    #expect(Set(defined) == Set(SchemaTests.objects.compactMap(\.0)))
  }

  @Test func schemaAndReaderHaveTheSameBounds() throws {
    let schema = try JSONValue(parsing: BillRecordSchema.version1)
    let definitions = try #require(schema["$defs"])
    #expect(definitions["line"]?["properties"]?["description"]?["maxLength"]?.integer == RecordLimits.description)
    #expect(definitions["customer"]?["properties"]?["name"]?["maxLength"]?.integer == RecordLimits.text)
    #expect(definitions["customer"]?["properties"]?["address"]?["maxItems"]?.integer == RecordLimits.addressLines)
    #expect(definitions["identity"]?["maxLength"]?.integer == RecordLimits.identity)
    #expect(definitions["series"]?["maxLength"]?.integer == RecordLimits.series)
    #expect(definitions["series"]?["minLength"]?.integer == 1)
    for (key, words) in [
      ("kind", Bill.Kind.allCases.map(\.rawValue)), ("delivery", Bill.Delivery.allCases.map(\.rawValue)),
      ("format", Bill.Format.allCases.map(\.rawValue)),
    ] {
      #expect(schema["properties"]?[key]?["enum"]?.list?.compactMap(\.text) == words)
    }
  }
}
