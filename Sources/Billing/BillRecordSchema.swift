/// The JSON Schema (draft 2020-12) of the bill record, for programs that write records.
public enum BillRecordSchema {
  /// The schema of version 1 as UTF-8 JSON.
  public static var version1: [UInt8] { PackageResources.bill_record_1_schema_json }
}
