/// What one record may cost before its worker is ended; what reading one file, of an archive one entry, may cost its reader.
public struct WorkerLimits: Sendable, Hashable {
  /// Seconds of the worker's processor time: a bill of 2,000 pages takes about 10.
  public var recordSeconds: Int
  /// Mebibytes a worker may have resident.
  public var memory: Int
  /// Seconds without a result in which the worker uses no processor time either: it waits for something that will not come.
  public var idleSeconds: Int

  /// Bytes of private memory after which the kernel refuses a process more. It counts what is reserved, the parent looks at what is in use:
  /// the backstop must lie well above the limit.
  package var memoryBackstop: Int { memory << 20 + memory << 18 + 512 << 20 }

  /// Makes limits; the defaults are those of the command.
  public init(recordSeconds: Int = 120, memory: Int = 2048, idleSeconds: Int = 60) {
    (self.recordSeconds, self.memory, self.idleSeconds) = (recordSeconds, memory, idleSeconds)
  }
}
