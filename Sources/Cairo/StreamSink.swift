internal import CCairo

/// Where a streaming surface puts its bytes. Owned by the cairo surface through its user data, so it lives exactly as long as cairo may
/// write.
///
/// The border to C: whatever goes wrong here becomes a status that cairo keeps. No Swift error crosses it, and a closure that makes cairo
/// write once more while it is being called is refused, instead of breaking into itself.
final class StreamSink {
  /// A closure made cairo write while it was taking bytes.
  struct Reentered: Error, CustomStringConvertible {
    var description: String { "the sink drew on the surface that was writing to it" }
  }

  /// Takes the bytes; `nil` collects them in ``bytes``.
  private let write: ((UnsafeRawBufferPointer) throws -> Void)?
  private var isWriting = false
  /// What has been collected, when there is no closure.
  var bytes: [UInt8] = []
  /// The first error: what the closure threw, or that it came back to itself. Nothing is written after it.
  private(set) var firstError: (any Error)?

  init(_ write: ((UnsafeRawBufferPointer) throws -> Void)?) { self.write = write }

  /// The callback for cairo's `…_create_for_stream`.
  static let callback: cairo_write_func_t = { closure, data, length in
    // Bytes without an address would be a trap, and a trap here ends the process in the middle of cairo.
    guard let closure, data != nil || length == 0 else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<StreamSink>.fromOpaque(closure).takeUnretainedValue()
    return sink.take(UnsafeRawBufferPointer(start: data, count: Int(length)))
  }

  private func take(_ chunk: UnsafeRawBufferPointer) -> cairo_status_t {
    if firstError == nil, isWriting { firstError = Reentered() }
    if firstError != nil { return CAIRO_STATUS_WRITE_ERROR }
    if chunk.isEmpty { return CAIRO_STATUS_SUCCESS }
    guard let write else {
      bytes.append(contentsOf: chunk)
      return CAIRO_STATUS_SUCCESS
    }
    isWriting = true
    defer { isWriting = false }
    do {
      try write(chunk)
      return CAIRO_STATUS_SUCCESS
    } catch {
      firstError = error
      return CAIRO_STATUS_WRITE_ERROR
    }
  }
}

/// Addresses that tell cairo's user data apart. cairo only compares them.
enum UserDataKey {
  // Allocated once, never freed, never written: only the addresses matter.
  nonisolated(unsafe) static let sink = UnsafeMutablePointer<cairo_user_data_key_t>.allocate(capacity: 1)
  nonisolated(unsafe) static let owner = UnsafeMutablePointer<cairo_user_data_key_t>.allocate(capacity: 1)
}

/// Lets go of an object that was handed to cairo with `Unmanaged.passRetained`.
let releaseUserData: cairo_destroy_func_t = { pointer in
  if let pointer { Unmanaged<AnyObject>.fromOpaque(pointer).release() }
}
