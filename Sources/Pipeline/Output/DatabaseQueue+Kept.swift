internal import GRDB

extension DatabaseQueue {
  /// Keeps this object, if not its file, until the process ends.
  ///
  /// Dispatch takes a queue that is let go apart on a thread; where the system gives none, it waits for one for ever, and the program with it.
  func keepForGood() { _ = Unmanaged.passRetained(self) }
}
