internal import Contract
internal import Diagnostics
internal import Intake
internal import Languages
internal import Synchronization
internal import WorkerLink

/// Where the bytes of an index's records come from.
///
/// Lines are read again from the data file, which stays open where there are few of them, so that a file that is replaced by a rename still
/// gives its records. Derived records are kept as JSON in one file without a name: reading them again is one call of the
/// system, where unpacking and converting takes a thousand times as long.
final class RecordStore: Sendable {
  /// So many data files stay open; more are opened again for each record.
  ///
  /// - Stops: a folder of thousands of files, all held open.
  private static let openLimit = 16
  /// Bytes of derived records that are kept: some 300,000 of them, each about 15 kB.
  ///
  /// - Stops: archives that fill the disk with records.
  static let derivedLimit = 4 << 30

  let files: DataFiles
  /// The files' names as the user wrote them.
  let paths: [String]

  private struct Kept {
    /// Data files that stay open, by their positions.
    var open: [Int: KeptFile] = [:]
    /// The file of derived records; made with the first of them.
    var derived: KeptFile?
    /// How much was written to it.
    var derivedBytes = 0
  }

  private let kept = Mutex(Kept())

  init(_ files: DataFiles) { (self.files, paths) = (files, files.paths) }

  /// Opens a data file to read all its records.
  func open(_ position: Int) throws(DiagnosticList) -> KeptFile {
    let file = try files.inputs[position].kept()
    kept.withLock { if $0.open.count < RecordStore.openLimit { $0.open[position] = file } }
    return file
  }

  /// Keeps a derived record with its warnings behind it, and tells where; `nil` when there is no more room. Only one thread keeps.
  func keep(_ record: UnsafeBufferPointer<UInt8>, warnings: [UInt8]) throws(DiagnosticList) -> Int? {
    let (derived, offset) = kept.withLock { ($0.derived, $0.derivedBytes) }
    guard offset + record.count + warnings.count <= RecordStore.derivedLimit else { return nil }
    let file: KeptFile
    if let derived {
      file = derived
    } else {
      let fresh = try KeptFile.temporary()
      kept.withLock { $0.derived = fresh }
      file = fresh
    }
    try file.append(UnsafeRawBufferPointer(record))
    try warnings.withUnsafeBufferPointer { bytes throws(DiagnosticList) in try file.append(UnsafeRawBufferPointer(bytes)) }
    kept.withLock { $0.derivedBytes = offset + record.count + warnings.count }
    return offset
  }

  /// The bytes that were indexed for a record, to the last one; `nil` if they are there no longer.
  func bytes(of entry: RecordEntry, language: String?) -> [UInt8]? {
    guard entry.finding == nil, files.inputs.indices.contains(entry.file) else { return nil }
    let held = kept.withLock { entry.isDerived ? $0.derived : $0.open[entry.file] }
    let file: KeptFile
    if let held {
      file = held
    } else {
      do throws(DiagnosticList) { file = try files.inputs[entry.file].kept() } catch { return nil }
    }
    guard let bytes = file.bytes(at: entry.offset, count: entry.length),
      bytes.withUnsafeBufferPointer({ RecordStore.check($0) }) == entry.check
    else { return nil }
    guard let place = entry.languagePlace, let tag = language.flatMap({ LanguageTag($0) }) else { return bytes }
    return SourceRecord.bytes(bytes, language: tag, at: place)
  }

  /// What was odd about what a derived record was made from.
  func warnings(of entry: RecordEntry) -> [RecordWarning] {
    guard entry.isDerived, entry.warningLength > 0, let file = kept.withLock({ $0.derived }),
      let bytes = file.bytes(at: entry.offset + entry.length, count: entry.warningLength)
    else { return [] }
    return bytes.withUnsafeBytes { (try? FrameReader.value([RecordWarning].self, of: $0)) ?? [] }
  }

  /// A number that tells the bytes of a record from any others, but for one chance in four thousand million. Complexity: O(bytes), about
  /// 0.3 ns each.
  static func check(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var state = UInt64(raw.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at + 8 <= raw.count {
      state = (state ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 32
      at += 8
    }
    while at < raw.count {
      state = (state ^ UInt64(raw[at])) &* 0xFF51_AFD7_ED55_8CCD
      state ^= state >> 32
      at += 1
    }
    return UInt32(truncatingIfNeeded: state)
  }
}
