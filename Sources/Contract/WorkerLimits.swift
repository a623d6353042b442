/// What one record may cost before its worker is ended; what reading one file, of an archive one entry, may cost its reader.
public struct WorkerLimits: Sendable, Hashable {
  /// Seconds of the worker's processor time for one record, if the command says nothing else: a bill of 2,000 pages takes about 10.
  ///
  /// - Stops: a bill or file that computes without end.
  public static let standardRecordSeconds = 120
  /// Mebibytes a worker may have resident, if the command says nothing else: a bill of 90,000 lines takes about 400.
  ///
  /// - Stops: a bill that takes the machine's memory.
  public static let standardMemory = 2_048
  /// Seconds in which a worker may neither answer nor use processor time, if the command says nothing else: it waits for what will not come.
  ///
  /// - Stops: a worker that waits for ever.
  public static let standardIdleSeconds = 60

  /// Seconds of the worker's processor time.
  public var recordSeconds: Int
  /// Mebibytes a worker may have resident.
  public var memory: Int
  /// Seconds without a result in which the worker uses no processor time either.
  public var idleSeconds: Int

  /// Bytes of private memory after which the kernel refuses a process more. It counts what is reserved, the parent looks at what is in use:
  /// the backstop must lie well above the limit.
  package var memoryBackstop: Int { memory << 20 + memory << 18 + 512 << 20 }

  /// Makes limits; the defaults are those of the command.
  public init(
    recordSeconds: Int = standardRecordSeconds, memory: Int = standardMemory, idleSeconds: Int = standardIdleSeconds
  ) {
    (self.recordSeconds, self.memory, self.idleSeconds) = (recordSeconds, memory, idleSeconds)
  }
}
