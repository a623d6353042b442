public import Contract

/// What `billfold preview` was asked to do.
public struct PreviewOptions: Sendable, Hashable {
  /// What decides how the bills look.
  public var job: JobOptions
  /// Files or folders of bills.
  public var data: [String]
  /// The port on 127.0.0.1; 0 takes a free one.
  public var port: UInt16
  /// For tests only.
  public var faults: [TestFault]

  /// Makes options.
  public init(job: JobOptions, data: [String], port: UInt16, faults: [TestFault] = []) {
    (self.job, self.data, self.port, self.faults) = (job, data, port, faults)
  }
}
