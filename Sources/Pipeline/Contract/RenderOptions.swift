internal import CSystem

/// What `billfold render` was asked to do.
public struct RenderOptions: Sendable, Hashable {
  public var job: JobOptions
  /// Files, folders, or `-` for the standard input, in the order given.
  public var data: [String]
  /// The output folder.
  public var out: String
  /// `nil`: the first 12 digits of the data digest.
  public var cycle: String?
  /// How many workers at most; not part of the run's identity.
  public var jobs: Int
  /// `ACCOUNT` or `@FILE`; empty: every account.
  public var only: [String]
  /// `ACCOUNT` or `@FILE`.
  public var exclude: [String]
  /// Remove what an earlier run left in the output folder?
  public var force: Bool
  public var limits: WorkerLimits
  public var faults: [TestFault]

  /// Makes options; what is left out has the command's default.
  public init(
    job: JobOptions, data: [String], out: String, cycle: String? = nil, jobs: Int = RenderOptions.defaultJobs, only: [String] = [],
    exclude: [String] = [], force: Bool = false, limits: WorkerLimits = WorkerLimits(), faults: [TestFault] = []
  ) {
    (self.job, self.data, self.out, self.cycle, self.jobs) = (job, data, out, cycle, jobs)
    (self.only, self.exclude, self.force, self.limits, self.faults) = (only, exclude, force, limits, faults)
  }

  /// As many workers as there are processors for this process.
  public static var defaultJobs: Int { max(1, Int(bf_processor_count())) }
}

/// What one record may cost before its worker is ended.
public struct WorkerLimits: Sendable, Hashable {
  /// Seconds of the worker's processor time: a bill of 2,000 pages takes about 10.
  public var recordSeconds: Int
  /// Mebibytes a worker may have resident.
  public var memory: Int
  /// Seconds without a result in which the worker uses no processor time either: it waits for something that will not come.
  public var idleSeconds: Int

  /// Makes limits; the defaults are those of the command.
  public init(recordSeconds: Int = 120, memory: Int = 2048, idleSeconds: Int = 60) {
    (self.recordSeconds, self.memory, self.idleSeconds) = (recordSeconds, memory, idleSeconds)
  }
}

/// A fault that a worker commits on purpose when it meets an account, to show that the rest of the cycle survives.
public struct TestFault: Sendable, Hashable {
  /// What the worker does.
  public enum Kind: String, Sendable, CaseIterable {
    /// Traps.
    case crash
    /// Spins for ever.
    case hang
    /// Waits for ever.
    case sleep
    /// Takes memory until it is stopped.
    case memory
  }

  public var kind: Kind
  /// The bytes of the account.
  public var account: [UInt8]

  /// Makes a fault.
  public init(_ kind: Kind, account: [UInt8]) { (self.kind, self.account) = (kind, account) }

  /// Reads `KIND:ACCOUNT`; `nil` for anything else.
  public init?(_ text: String) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), let kind = Kind(rawValue: String(text[..<colon])) else { return nil }
    let account = Array(text.utf8[text.utf8.index(after: colon)...])
    guard !account.isEmpty else { return nil }
    self.init(kind, account: account)
  }

  /// The form that is read.
  public var text: String { "\(kind.rawValue):\(String(decoding: account, as: UTF8.self))" }
}
