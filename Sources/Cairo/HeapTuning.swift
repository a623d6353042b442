internal import CCairo

/// Settings of the C heap for a process that draws document after document.
public enum HeapTuning {
  /// How much free memory at the heap's top is kept instead of being handed back, 64 MiB: more than a long bill needs, so that the pages of
  /// one
  /// document are not faulted in again for the next.
  public static let keptBytes = 64 << 20
  /// From which size on a block comes from the system and goes back to it, 16 MiB: decoded images; all else is reused.
  public static let mapThreshold = 16 << 20

  /// Makes glibc's heap keep freed memory. Call once, at a worker's start, before anything is drawn; elsewhere than on glibc it does
  /// nothing.
  public static func keepFreedMemory() {
    billfold_keep_freed_memory(Int32(keptBytes), Int32(mapThreshold))
  }
}
