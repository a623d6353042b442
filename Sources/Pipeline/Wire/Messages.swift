internal import Billing
internal import Dates
internal import Diagnostics
internal import Money

/// What a worker is told before its first record.
struct WorkerOrders: Equatable {
  var job: WorkerJob
  var faults: [TestFault]
  /// Bytes of private memory after which the kernel refuses more: the backstop behind the parent's watch.
  var memoryLimit: Int

  func message() -> [UInt8] {
    var out = WireWriter(.orders, capacity: 512 + job.payload.count)
    let options = job.options
    out.text(options.layout)
    out.optional(options.campaign) { $0.text($1) }
    out.optional(options.tokenKey) { $0.text($1) }
    out.optional(options.fonts) { $0.text($1) }
    out.optional(options.asOf) { $0.int($1.daysSinceEpoch) }
    out.optional(options.language) { $0.text($1) }
    out.flag(options.strictLines)
    out.flag(options.specimen)
    out.flag(options.paints)
    out.text(job.cycle)
    out.blob(job.payload)
    out.list(faults) { out, fault in
      out.text(fault.kind.rawValue)
      out.blob(fault.account)
    }
    out.int(memoryLimit)
    return out.finish()
  }

  init(job: WorkerJob, faults: [TestFault], memoryLimit: Int) {
    (self.job, self.faults, self.memoryLimit) = (job, faults, memoryLimit)
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(WireFailure) {
    var reader = WireReader(bytes)
    var options = JobOptions(layout: try reader.text())
    options.campaign = try reader.optional { reader throws(WireFailure) in try reader.text() }
    options.tokenKey = try reader.optional { reader throws(WireFailure) in try reader.text() }
    options.fonts = try reader.optional { reader throws(WireFailure) in try reader.text() }
    options.asOf = try reader.optional { reader throws(WireFailure) in
      guard let date = PlainDate(daysSinceEpoch: try reader.int()) else { throw .malformed }
      return date
    }
    options.language = try reader.optional { reader throws(WireFailure) in try reader.text() }
    options.strictLines = try reader.flag()
    options.specimen = try reader.flag()
    options.paints = try reader.flag()
    job = WorkerJob(options: options, cycle: try reader.text(), payload: try reader.blob())
    faults = try reader.list { reader throws(WireFailure) in
      TestFault(try reader.name(TestFault.Kind.self), account: try reader.blob())
    }
    memoryLimit = try reader.int()
    try reader.finish()
  }
}

extension RecordInput {
  func message(ticket: Int) -> [UInt8] {
    var out = WireWriter(.record, capacity: 256 + bytes.count)
    out.int(ticket)
    out.text(file)
    out.int(input)
    out.int(number)
    out.int(offset)
    out.optional(identity) { out, identity in
      out.blob(identity.account)
      out.blob(identity.invoice)
    }
    out.blob(bytes)
    return out.finish()
  }

  static func read(_ bytes: UnsafeRawBufferPointer) throws(WireFailure) -> (ticket: Int, record: RecordInput) {
    var reader = WireReader(bytes)
    let ticket = try reader.int()
    let (file, input, number, offset) = (try reader.text(), try reader.int(), try reader.int(), try reader.int())
    let identity = try reader.optional { reader throws(WireFailure) in
      RecordIdentity(account: try reader.blob(), invoice: try reader.blob())
    }
    let record = RecordInput(
      file: file, input: input, number: number, offset: offset, identity: identity, bytes: try reader.blob())
    try reader.finish()
    return (ticket, record)
  }
}

extension WorkerStartFailure {
  func message() -> [UInt8] {
    var out = WireWriter(.failed)
    out.byte(cause.rawValue)
    out.list(diagnostics) { out, diagnostic in
      out.text(diagnostic.id)
      out.text(diagnostic.message)
    }
    return out.finish()
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(WireFailure) {
    var reader = WireReader(bytes)
    guard let cause = Cause(rawValue: try reader.byte()) else { throw .malformed }
    let diagnostics = try reader.list { reader throws(WireFailure) in
      Diagnostic(id: try reader.text(), try reader.text())
    }
    try reader.finish()
    self.init(cause, diagnostics)
  }
}
