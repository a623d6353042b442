internal import Billing
internal import CLinux
internal import Contract
internal import Diagnostics
internal import Foundation
internal import Files
internal import Intake
internal import Synchronization
internal import WorkerLink

/// Reads the data of an index: one thread reads the records, as many as there are processors make them into blocks.
///
/// All of them give way to whatever else wants the processor: the bill on the screen comes first.
final class IndexFiller: Sendable {
  /// Records of a block; the first are smaller, so that something can be shown at once.
  private static let blockSizes = [20, 200, 1_024]
  /// Bytes of a block's records, so that a few large bills do not fill the memory.
  ///
  /// - Stops: giant records, many in one block.
  private static let blockBytes = 1 << 20
  /// Nanoseconds after which a block is closed however small it is, and between two reports.
  private static let pause: Int64 = 100_000_000
  /// How often a file that cannot be opened is tried again in all, every 20 milliseconds: an editor that saves by renaming makes it vanish
  /// for a moment.
  ///
  /// - Stops: waiting for ever for a file that is gone.
  private static let attempts = 25
  /// More threads than this wait for the reading one.
  ///
  /// - Stops: taking the machine from the editor.
  private static let threadLimit = 4
  /// How far the threads give way (0: not at all, 19: whenever anything else runs): to three quarters of a processor that is wanted twice.
  private static let niceness: Int32 = 5

  private let index: RecordIndex
  private let sizes: [Int]
  private let reader: BillReader
  private let changed: @Sendable () -> Void
  private let threads = min(IndexFiller.threadLimit, max(1, Int(bf_processor_count())))

  /// What the threads share.
  private struct Work {
    var waiting: [(sequence: Int, batch: RecordBatch)] = []
    var made: [Int: (block: RecordBlock, extremes: Extremes, readBytes: Int)] = [:]
    /// The sequence number of the batch to be added next.
    var next = 0
    /// How many batches there are, once all is read.
    var total: Int?
    var lastNews: Int64 = 0
    /// Why the reading thread ended early; known when `total` is.
    var fault: String?
  }

  private let work = Mutex(Work())
  /// Counts batches that wait to be made into blocks, and at the end once for each thread that makes them.
  private let arrival = DispatchSemaphore(value: 0)
  /// Counts batches that were taken out of the line.
  private let room = DispatchSemaphore(value: 0)

  /// What the reading thread remembers.
  private struct Reading {
    var batch = RecordBatch(start: 0)
    var sequence = 0
    var count = 0
    /// When the batch was begun, in nanoseconds of the monotonic clock.
    var batchStart = bf_monotonic_nanoseconds()
    var fault: String?
    var attemptsLeft = IndexFiller.attempts
  }

  init(_ index: RecordIndex, sizes: [Int], reader: BillReader, _ changed: @escaping @Sendable () -> Void) {
    (self.index, self.sizes, self.reader, self.changed) = (index, sizes, reader, changed)
  }

  /// Starts the threads; they end by themselves when all is read or the index is cancelled.
  func start() {
    do throws(SystemError) {
      for number in 0..<threads {
        // One is enough.
        do throws(SystemError) { try begin { [self] in makeBlocks() } } catch { if number == 0 { throw error } }
      }
      try begin { [self] in read() }
    } catch {
      finishReading(total: 0, fault: nil)
      index.finish(readBytes: 0, fault: "cannot start a thread that reads the data: \(error.text)")
      changed()
    }
  }

  /// Tells the threads that no more batches will come; whether all there were are added already.
  @discardableResult private func finishReading(total: Int, fault: String?) -> Bool {
    let isOver = work.withLock { work in
      (work.total, work.fault) = (total, fault)
      return work.next == total
    }
    for _ in 0..<threads { arrival.signal() }
    return isOver
  }

  private func begin(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    try SystemThread.start {
      // On Linux 0 is the calling thread alone.
      setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, IndexFiller.niceness)
      body()
    }
  }

  // MARK: Reading

  private func read() {
    var reading = Reading()
    // Made here: a reader lives no longer than the thread that started it.
    let reader = index.store.files.reader(niceness: IndexFiller.niceness)
    let index = self.index
    reader.isAbandoned = { index.isCancelled }
    var before = 0
    for (position, size) in sizes.enumerated() {
      guard read(position, size, before, reader, &reading) else { break }
      before += size
    }
    reading.batch.readBytes = before
    _ = submit(&reading)
    if finishReading(total: reading.sequence, fault: reading.fault) { end() }
  }

  /// Reads a file; `false` when no more is to be read.
  private func read(_ position: Int, _ size: Int, _ before: Int, _ reader: FileReader, _ reading: inout Reading) -> Bool {
    guard let source = open(position, reader, &reading) else { return !index.isCancelled }
    do throws(SourceFailure) {
      while let record = try source.next() {
        guard take(record, position, &reading) else { return false }
        let limit = IndexFiller.blockSizes[min(reading.sequence, IndexFiller.blockSizes.count - 1)]
        // The clock is looked at where it matters: a derived record takes a millisecond, a line none.
        if reading.batch.items.count >= limit || reading.batch.size >= IndexFiller.blockBytes
          || (record.isDerived && bf_monotonic_nanoseconds() - reading.batchStart > IndexFiller.pause)
        {
          reading.batch.readBytes = before + source.readBytes(of: size)
          guard submit(&reading) else { return false }
        }
        if reading.count >= RecordIndex.recordLimit {
          reading.fault = "only the first \(RecordIndex.recordLimit) records are shown"
          return false
        }
      }
    } catch {
      if case .abandoned = error { return false }
      reading.fault = index.store.files.inputs[position].failure(error).diagnostics.first?.message
    }
    return true
  }

  private func open(_ position: Int, _ reader: FileReader, _ reading: inout Reading) -> (any RecordSource)? {
    while true {
      do throws(DiagnosticList) {
        let file = try index.store.open(position)
        let inputs = index.store.files.inputs
        return try inputs[position].source(file: file, reader: reader, next: position + 1 < inputs.count ? inputs[position + 1] : nil)
      } catch {
        guard reading.attemptsLeft > 0, !index.isCancelled else {
          reading.fault = error.diagnostics.first?.message
          return nil
        }
        reading.attemptsLeft -= 1
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  /// Puts a record into the batch; `false` where it can no longer be kept.
  private func take(_ record: SourceRecord, _ position: Int, _ reading: inout Reading) -> Bool {
    var item = RecordBatch.Item(
      file: position, number: record.number, offset: record.offset, bytes: 0..<0, origin: record.origin, part: record.entry,
      fault: record.fault)
    if item.isDerived, record.fault == nil {
      do throws(DiagnosticList) {
        let warnings = record.warnings.isEmpty ? [] : FrameWriter.fields(of: record.warnings, for: .pipe)
        item.warningLength = warnings.count
        guard let offset = try index.store.keep(record.bytes, warnings: warnings) else {
          reading.fault = "only the first \(reading.count) records are shown: derived ones take more than \(RecordStore.derivedLimit) bytes"
          return false
        }
        item.offset = offset
      } catch {
        reading.fault = error.diagnostics.first?.message
        return false
      }
    }
    reading.batch.add(record.fault == nil ? record.bytes : UnsafeBufferPointer(rebasing: record.bytes[..<0]), item)
    reading.count += 1
    return true
  }

  /// Hands the batch on; `false` when the index is cancelled.
  private func submit(_ reading: inout Reading) -> Bool {
    if !reading.batch.items.isEmpty {
      while work.withLock({ $0.waiting.count > threads }), !index.isCancelled { _ = room.wait(timeout: .now() + .milliseconds(200)) }
      let entry = (reading.sequence, reading.batch)
      work.withLock { $0.waiting.append(entry) }
      arrival.signal()
      reading.sequence += 1
    }
    reading.batch = RecordBatch(start: reading.count)
    reading.batchStart = bf_monotonic_nanoseconds()
    return !index.isCancelled
  }

  // MARK: Blocks

  private func makeBlocks() {
    while let (sequence, batch) = takeBatch() {
      let (block, extremes) = batch.block(reader)
      add(sequence, block, extremes, batch.readBytes)
    }
  }

  private func takeBatch() -> (sequence: Int, batch: RecordBatch)? {
    while !index.isCancelled {
      let (entry, isOver) = work.withLock { ($0.waiting.isEmpty ? nil : $0.waiting.removeFirst(), $0.total != nil) }
      if let entry {
        room.signal()
        return entry
      }
      if isOver { return nil }
      arrival.wait()
    }
    return nil
  }

  /// Adds blocks in the order of the data, whichever thread has made them.
  private func add(_ sequence: Int, _ block: RecordBlock, _ extremes: Extremes, _ readBytes: Int) {
    let (isOver, isNews) = work.withLock { work in
      work.made[sequence] = (block, extremes, readBytes)
      while let ready = work.made.removeValue(forKey: work.next) {
        index.add(ready.block, ready.extremes, readBytes: ready.readBytes)
        work.next += 1
      }
      let now = bf_monotonic_nanoseconds()
      let isNews = now - work.lastNews > IndexFiller.pause
      if isNews { work.lastNews = now }
      return (work.next == work.total, isNews)
    }
    if isOver { end() } else if isNews { changed() }
  }

  /// Runs once, on the thread that finds that all is done.
  private func end() {
    guard !index.isCancelled else { return }
    index.finish(readBytes: sizes.reduce(0, +), fault: work.withLock { $0.fault })
    changed()
  }
}
