package import Contract

/// What a worker is told before its first record.
package struct WorkerOrders: Sendable, Hashable {
  package var options: JobOptions
  package var faults: [TestFault]
  /// Bytes of private memory after which the kernel refuses more: the backstop behind the parent's watch.
  package var memoryLimit: Int

  package init(_ options: JobOptions, faults: [TestFault], memoryLimit: Int) {
    (self.options, self.faults, self.memoryLimit) = (options, faults, memoryLimit)
  }
}

extension WorkerOrders: Fielded {
  package static var blank: WorkerOrders { WorkerOrders(.blank, faults: [], memoryLimit: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("options", &options)
      try walker.field("faults", &faults)
      try walker.field("memory_limit", &memoryLimit)
    }
  }
}
