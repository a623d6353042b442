internal import Billing
internal import Composition
internal import Crypto
internal import Diagnostics
internal import Files
internal import Formats
internal import Geometry
internal import Glibc
internal import Layout
internal import LayoutLanguage
internal import Painting
internal import Contract
internal import Reporting

/// Times the stages of making bills, one after the other, in this process.
public enum Bench {
  /// `LAYOUT CAMPAIGN KEY DATA ROUNDS`: lays out each record of DATA that often and prints CPU milliseconds a bill, by stage.
  public static func run(_ arguments: [String]) {
    guard arguments.count == 5, let rounds = Int(arguments[4]), rounds > 0 else {
      print("usage: billfold-bench LAYOUT CAMPAIGN KEY DATA ROUNDS")
      exit(64)
    }
    do {
      let options = JobOptions(layout: arguments[0], campaign: arguments[1], tokenKey: arguments[2])
      let maker = BillMaker(try LayoutJob(options))
      let records = try records(arguments[3])
      var stages = Stages()
      // One round warms the caches: a cycle has thousands of bills, the first few do not count.
      for round in 0...rounds {
        if round == 1 { stages = Stages() }
        for record in records { try maker.measure(record, &stages) }
      }
      stages.report()
    } catch let list as DiagnosticList {
      for diagnostic in list.diagnostics { print(DiagnosticRenderer.text(diagnostic)) }
      exit(78)
    } catch {
      print("\(error)")
      exit(70)
    }
  }

  private static func records(_ path: String) throws -> [[UInt8]] {
    let file: OpenFile
    do throws(SystemError) { file = try OpenFile(reading: path) } catch {
      throw Diagnostic(id: "data-unreadable", "'\(path)' cannot be read: \(error.text)")
    }
    let lines = RecordLines(descriptor: file.descriptor)
    var records: [[UInt8]] = []
    while let line = try lines.next() { records.append(Array(line.bytes)) }
    withExtendedLifetime(file) {}
    return records
  }

  /// CPU time of this thread in milliseconds.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
  }
}

/// Milliseconds by stage.
struct Stages {
  var read = 0.0
  var compose = 0.0
  var layOut = 0.0
  var bind = 0.0
  var paint = 0.0
  var finish = 0.0
  var bills = 0
  var pages = 0
  var bytes = 0

  func report() {
    let count = Double(max(1, bills))
    func line(_ name: String, _ value: Double) {
      let micros = Int((value / count * 1000).rounded())
      let rest = String(micros % 1000)
      print("\(name) \(micros / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest)
    }
    line("read", read)
    line("compose", compose)
    line("lay-out", layOut)
    line("bind-and-inspect", bind)
    line("paint", paint)
    line("finish", finish)
    line("total", read + compose + layOut + bind + paint + finish)
    print("bills \(bills)")
    print("pages-per-bill \(Double(Int(Double(pages) / count * 100)) / 100)")
    print("bytes-per-bill \(bytes / max(1, bills))")
  }
}

extension BillMaker {
  /// Makes one bill like ``render(_:)`` and adds up what each stage took.
  func measure(_ record: [UInt8], _ stages: inout Stages) throws {
    var last = Bench.now()
    func lap(_ stage: WritableKeyPath<Stages, Double>) {
      let now = Bench.now()
      stages[keyPath: stage] += now - last
      last = now
    }
    var warnings: [RecordWarning] = []
    let bill = try read(record)
    lap(\.read)
    let composed = try compose(bill, occasion, &warnings)
    lap(\.compose)
    let laidOut = try layOut(composed)
    try judge(laidOut, &warnings)
    lap(\.layOut)
    var hash = SHA256()
    let painter = try painter(laidOut) { hash.update(bufferPointer: $0) }
    lap(\.paint)
    try laidOut.pagination.forEachPage { number, page in
      if number == laidOut.pagination.page(of: .notice) { _ = NoticeProminence(page: page) }
      lap(\.bind)
      try painter.addPage(page)
      lap(\.paint)
    }
    let pdf = try painter.finish()
    _ = hash.finalize()
    lap(\.finish)
    stages.bills += 1
    stages.pages += laidOut.pagination.count
    stages.bytes += pdf.count
  }
}
