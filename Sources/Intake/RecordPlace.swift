/// Where a record stands among all the data: its file's position and its line. Ordered as the data are read.
package struct RecordPlace: Hashable, Comparable {
  /// So many data files at most; with them and 10^12 lines a place is one integer of SQLite.
  ///
  /// - Stops: a command with millions of files, whose places would run into each other.
  package static let maximumInputs = 1 << 20

  /// From 0.
  package var input: Int
  /// From 1.
  package var number: Int

  package init(input: Int, number: Int) { (self.input, self.number) = (input, number) }

  /// The place as one integer that sorts alike.
  package var key: Int64 { Int64(input) << 40 | Int64(number) }

  package init(key: Int64) { self.init(input: Int(key >> 40), number: Int(key & (1 << 40 - 1))) }

  package static func < (a: RecordPlace, b: RecordPlace) -> Bool { a.key < b.key }
}
