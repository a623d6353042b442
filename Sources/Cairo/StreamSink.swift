internal import CCairo

/// Where a streaming surface puts its bytes. Owned by the cairo surface through its user data, so it lives exactly as long as cairo may
/// write.
final class StreamSink {
  /// Takes the bytes; `nil` collects them in ``bytes``.
  private let write: ((UnsafeRawBufferPointer) throws -> Void)?
  /// What has been collected, when there is no closure.
  var bytes: [UInt8] = []
  /// The first error the closure threw. Nothing is written after it.
  private(set) var firstError: (any Error)?

  init(_ write: ((UnsafeRawBufferPointer) throws -> Void)?) { self.write = write }

  /// The callback for cairo's `…_create_for_stream`.
  static let callback: cairo_write_func_t = { closure, data, length in
    guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
    let sink = Unmanaged<StreamSink>.fromOpaque(closure).takeUnretainedValue()
    return sink.take(UnsafeRawBufferPointer(start: data, count: Int(length)))
  }

  private func take(_ chunk: UnsafeRawBufferPointer) -> cairo_status_t {
    guard let write else {
      bytes.append(contentsOf: chunk)
      return CAIRO_STATUS_SUCCESS
    }
    if firstError != nil { return CAIRO_STATUS_WRITE_ERROR }
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
