internal import Billing
internal import CSystem
internal import Foundation
internal import Money

/// Where every record of the data lies and what is searched in it, filled in by a thread of its own.
///
/// `@unchecked Sendable`: all that changes is guarded by `lock`.
final class RecordIndex: @unchecked Sendable {
  /// How far the index is.
  struct Progress: Sendable, Hashable {
    var count: Int
    var readBytes: Int
    var totalBytes: Int
    var isDone: Bool
    /// Why it ended early.
    var fault: String?
  }

  /// More records than this are not shown: each takes about 300 bytes here.
  static let recordLimit = 2_000_000
  /// So many records are added at once: the first appear at once, and the lock is seldom taken.
  private static let batch = 500

  let files: [String]
  private let lock = NSLock()
  private var entries: [RecordEntry] = []
  private var found = Extremes()
  private var state: Progress
  private var isCancelled = false

  /// Begins to read the files.
  ///
  /// - Parameter changed: Called from the thread whenever there is more.
  init(files: [String], strictLines: Bool, changed: @escaping @Sendable () -> Void) {
    self.files = files
    let sizes = files.map { path -> Int in
      var status = bf_status()
      return bf_status_at(-100, path, true, &status) >= 0 ? Int(status.size) : 0
    }
    state = Progress(count: 0, readBytes: 0, totalBytes: sizes.reduce(0, +), isDone: false)
    let thread = Thread { [self] in fill(strictLines: strictLines, sizes: sizes, changed) }
    thread.name = "preview index"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Stops reading; what was read stays.
  func cancel() { lock.withLock { isCancelled = true } }

  var progress: Progress { lock.withLock { state } }
  var extremes: [Extremes.Found] { lock.withLock { found }.found }

  /// The record at `index`, from 0; `nil` while there is none.
  func entry(_ index: Int) -> RecordEntry? { lock.withLock { entries.indices.contains(index) ? entries[index] : nil } }

  /// Up to `count` records from `start`.
  func entries(from start: Int, count: Int) -> [RecordEntry] {
    lock.withLock {
      let start = min(max(0, start), entries.count)
      return Array(entries[start..<min(entries.count, start + max(0, count))])
    }
  }

  /// The first record of an account and invoice, from 0.
  func index(account: String, invoice: String) -> Int? {
    let all = lock.withLock { entries }
    return all.firstIndex { $0.account.utf8.elementsEqual(account.utf8) && $0.invoice.utf8.elementsEqual(invoice.utf8) }
  }

  /// The records whose account, invoice, name or amount holds every word of `query`, whatever the case: at most `limit`, and how many
  /// there are.
  ///
  /// Complexity: O(bytes of all keys); 200,000 records take some hundredths of a second.
  func search(_ query: String, limit: Int) -> (indexes: [Int], total: Int) {
    let words = query.lowercased().split(separator: " ").prefix(8).map { Array($0.utf8) }
    guard !words.isEmpty else { return ([], 0) }
    let all = lock.withLock { entries }
    var (indexes, total): ([Int], Int) = ([], 0)
    for (index, entry) in all.enumerated() {
      let isMatch = words.allSatisfy { word in
        entry.key.utf8.withContiguousStorageIfAvailable { RecordIndex.holds($0, word) } ?? entry.key.utf8.contains(word)
      }
      guard isMatch else { continue }
      total += 1
      if indexes.count < limit { indexes.append(index) }
    }
    return (indexes, total)
  }

  private static func holds(_ text: UnsafeBufferPointer<UInt8>, _ word: [UInt8]) -> Bool {
    guard let first = word.first, let base = text.baseAddress, text.count >= word.count else { return word.isEmpty }
    var position = 0
    while position <= text.count - word.count, let found = memchr(base + position, Int32(first), text.count - word.count + 1 - position) {
      position = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      if UnsafeBufferPointer(rebasing: text[position..<position + word.count]).elementsEqual(word) { return true }
      position += 1
    }
    return false
  }

  /// The bytes of a record, read anew; `nil` if the file has gone or shrunk.
  func bytes(of entry: RecordEntry) -> [UInt8]? {
    guard files.indices.contains(entry.file) else { return nil }
    let descriptor = bf_open_for_reading(-100, files[entry.file])
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.length) { buffer, filled in
      while filled < entry.length {
        let got = pread(descriptor, buffer.baseAddress.map { $0 + filled }, entry.length - filled, entry.offset + filled)
        if got <= 0 { break }
        filled += got
      }
    }
    return bytes.count == entry.length ? bytes : nil
  }

  // MARK: The thread

  private func fill(strictLines: Bool, sizes: [Int], _ changed: @Sendable () -> Void) {
    let reader = BillReader(strictLines: strictLines)
    var fresh: [RecordEntry] = []
    var extremes = Extremes()
    var (count, before) = (0, 0)
    var fault: String?
    files: for (position, path) in files.enumerated() {
      let descriptor = bf_open_for_reading(-100, path)
      guard descriptor >= 0 else {
        fault = "cannot read the data '\(path)': \(String(cString: bf_error_text(-descriptor)))"
        continue
      }
      defer { close(descriptor) }
      let lines = RecordLines(descriptor: descriptor)
      do throws(RecordLines.ReadFailure) {
        while let line = try lines.next() {
          fresh.append(RecordIndex.entry(line, file: position, index: count, reader, &extremes))
          count += 1
          if fresh.count >= (count < RecordIndex.batch ? 20 : RecordIndex.batch) {
            guard add(fresh, extremes, readBytes: before + lines.offset) else { return }
            fresh = []
            changed()
          }
          if count >= RecordIndex.recordLimit {
            fault = "only the first \(RecordIndex.recordLimit) records are shown"
            break files
          }
        }
      } catch {
        fault = "cannot read the data '\(path)': \(String(cString: bf_error_text(error.code)))"
      }
      before += sizes[position]
    }
    guard add(fresh, extremes, readBytes: before, isDone: true, fault: fault) else { return }
    changed()
  }

  private func add(_ fresh: [RecordEntry], _ extremes: Extremes, readBytes: Int, isDone: Bool = false, fault: String? = nil) -> Bool {
    lock.withLock {
      guard !isCancelled else { return false }
      entries += fresh
      found = extremes
      state = Progress(count: entries.count, readBytes: readBytes, totalBytes: state.totalBytes, isDone: isDone, fault: fault)
      return true
    }
  }

  private static func entry(
    _ line: RecordLines.Line, file: Int, index: Int, _ reader: BillReader, _ extremes: inout Extremes
  ) -> RecordEntry {
    var entry = RecordEntry(
      file: file, number: line.number, offset: line.offset, length: line.isTooLong ? 0 : line.length, account: "", invoice: "", name: "",
      due: "", language: "", isFaulty: true, key: "")
    do throws(RecordFault) {
      if let fault = line.fault { throw fault }
      let bill = try reader.read(line.bytes).bill
      extremes.add(bill, index: index)
      (entry.account, entry.invoice, entry.name) = (bill.account, bill.invoice, bill.customer.name)
      entry.due = "\(bill.totals.due.description(decimals: bill.currency.decimals)) \(bill.currency.code)"
      entry.language = bill.language.text
      entry.isFaulty = false
    } catch {
      let identity = line.isTooLong ? nil : RecordIdentity.scan(line.bytes)
      (entry.account, entry.invoice) = (identity?.accountText ?? "", identity?.invoiceText ?? "")
      entry.name = error.message
      entry.due = error.code.rawValue
      extremes.addFaulty(error.message, index: index)
    }
    entry.key = "\(entry.account) \(entry.invoice) \(entry.name) \(entry.due)".lowercased()
    return entry
  }
}
