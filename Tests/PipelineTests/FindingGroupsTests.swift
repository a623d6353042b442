import Diagnostics
import Testing

@testable import Pipeline

@Suite struct FindingGroupsTests {
  private func finding(_ message: String, _ record: Int, path: String = "$.a", id: String = "i", file: String = "f") -> Diagnostic {
    Diagnostic(.warning, id: id, message, place: DataPlace(file: file, record: record, path: path))
  }

  private func finding(_ message: String, _ record: Int, line: Int, column: Int) -> Diagnostic {
    var finding = finding(message, record)
    finding.statement.origin = .document(DocumentPlace(line: line, column: column))
    return finding
  }

  @Test func equalOnesAreToldOnceWithTheNumberOfTheirRecords() {
    var told: [Diagnostic] = []
    var groups = FindingGroups { told.append($0) }
    groups.add(finding("b", 1), record: 1)
    groups.add(finding("a", 1, line: 3, column: 4), record: 1)
    groups.add(finding("b", 2, file: "g"), record: 2)
    // Twice in one record is one record.
    groups.add(finding("b", 2), record: 2)
    groups.add(finding("a", 3, line: 9, column: 1), record: 3)
    groups.add(finding("b", 3, path: "$.b"), record: 3)
    groups.add(finding("b", 3, id: "j"), record: 3)
    #expect(told.isEmpty)
    groups.tell()
    #expect(told.map(\.message) == ["b", "a (line 3, column 4)", "b", "b"])
    #expect(told.map(\.count) == [2, 2, 1, 1])
    #expect(told.map(\.place?.record) == [1, 1, 3, 3])
    groups.tell()
    #expect(told.count == 4)
  }

  /// What a record says is never taken for a place.
  @Test func wordsThatLookLikeAPlaceTellFindingsApart() {
    var told: [Diagnostic] = []
    var groups = FindingGroups { told.append($0) }
    groups.add(finding("unknown key 'x (line 3, column 4)' in the record", 1), record: 1)
    groups.add(finding("unknown key 'x (line 9, column 4)' in the record", 2), record: 2)
    groups.tell()
    #expect(told.map(\.count) == [1, 1])
  }

  @Test func noMoreAreHeldThanTheLimit() {
    var told = 0
    var groups = FindingGroups { told += $0.count ?? 0 }
    for record in 0..<FindingGroups.limit * 2 + 5 {
      groups.add(finding("m \(record)", record), record: record)
      if record == FindingGroups.limit - 1 { #expect(told == 0) }
      if record == FindingGroups.limit { #expect(told == FindingGroups.limit) }
    }
    groups.tell()
    #expect(told == FindingGroups.limit * 2 + 5)
  }
}
