internal import CLinux
internal import Diagnostics
internal import Glibc
internal import Pipeline

/// The worker's side: a child process that loads layouts and shows bills until its input ends.
public enum PreviewWorkerProcess {
  /// The hidden first argument that makes the program a preview worker; its parent's process number is the second, its niceness the third.
  static let argument = "preview-worker"

  /// Bytes of private memory a worker may reserve; what it really uses is watched by the server and bounded lower.
  private static let memoryLimit: UInt64 = 2 << 30

  /// Bytes a worker may write to a file: its only file is the log of what C libraries print.
  private static let fileLimit: UInt64 = 16 << 20

  /// Works as a preview worker if the command line asks for it; returns `nil` at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed.
  ///
  /// - Returns: The code this process must exit with.
  public static func runIfAsked(_ arguments: [String], makeLoader: () -> any PreviewLoader) -> Int32? {
    guard arguments.count == 4, arguments[1] == argument, let parent = Int32(arguments[2]), let niceness = Int32(arguments[3]) else {
      return nil
    }
    // The server's connections must not live on in its children, or browsers would wait for them.
    for descriptor in Int32(4)..<4096 { close(descriptor) }
    guard bf_die_with_parent(parent) == 0 else { return ExitCode.defect.rawValue }
    bf_tune_malloc()
    _ = bf_limit(memoryLimit, fileLimit)
    // What nobody waits for must not slow what is looked at. Refused only where a machine forbids it, and then nothing is lost.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
    let loader = makeLoader()
    var renderer: (any PreviewRenderer)?
    while let (kind, fields) = read() {
      var packet = Packet(fields: fields)
      let answer: [UInt8]
      do throws(Packet.Malformed) {
        switch kind {
        case .load:
          // The old one goes first: two layouts with their images need not fit.
          renderer = nil
          let options = try packet.jobOptions()
          let result = Result { () throws(DiagnosticList) in try loader.load(options) }
          renderer = try? result.get()
          answer = PreviewWorkerProcess.answer(result)
        case .render:
          guard let renderer else { throw Packet.Malformed() }
          var reply = Packet(.reply)
          reply.add(renderer.render(try packet.request()))
          answer = reply.finished()
        default: throw Packet.Malformed()
        }
      } catch {
        return ExitCode.defect.rawValue
      }
      guard write(answer) else { break }
    }
    return ExitCode.success.rawValue
  }

  private static func answer(_ result: Result<any PreviewRenderer, DiagnosticList>) -> [UInt8] {
    switch result {
    case .success(let renderer):
      var packet = Packet(.loaded)
      packet.add(renderer.layout)
      return packet.finished()
    case .failure(let list):
      var packet = Packet(.refused)
      packet.add(list.diagnostics.map { PreviewFinding($0) }) { $0.add($1) }
      return packet.finished()
    }
  }

  /// The next message; `nil` at the end of the input.
  private static func read() -> (Packet.Kind, [UInt8])? {
    guard let header = read(Packet.headerLength), let (kind, length) = try? Packet.header(header[...]) else { return nil }
    guard let fields = read(length) else { return nil }
    return (kind, fields)
  }

  private static func read(_ count: Int) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = Glibc.read(0, buffer.baseAddress.map { $0 + filled }, count - filled)
        if got <= 0 { break }
        filled += got
      }
    }
    return bytes.count == count ? bytes : nil
  }

  private static func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(3, $0.baseAddress, $0.count) }
      if count <= 0 { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
