public import Contract
internal import Diagnostics
internal import WorkerLink

/// The worker's side: a child process that loads layouts and shows bills until its input ends.
public enum PreviewWorkerProcess {
  /// Bytes of private memory a worker may reserve; what it really uses is watched by the server and bounded lower.
  ///
  /// - Stops: the same, faster than it is watched.
  private static let memoryLimit = 2 << 30

  /// Works as a preview worker if the command line asks for it; returns `nil` at once otherwise.
  ///
  /// To be called first in `main`, before the command line is parsed.
  ///
  /// - Returns: The code this process must exit with.
  public static func runIfAsked(_ arguments: [String], makeLoader: () -> any PreviewLoader) -> Int32? {
    do {
      guard let channel = try WorkerChannel.open(arguments, as: .preview) else { return nil }
      channel.limitMemory(memoryLimit)
      try serve(channel, makeLoader())
      return ExitCode.success.rawValue
    } catch {
      // The server sees the closed pipe and knows what it had asked for.
      return ExitCode.defect.rawValue
    }
  }

  private static func serve(_ channel: WorkerChannel, _ loader: any PreviewLoader) throws {
    var renderer: (any PreviewRenderer)?
    while let frame = try channel.next() {
      switch frame.kind {
      case .load:
        // The old one goes first: two layouts with their images need not fit.
        renderer = nil
        let options = try FrameReader.value(JobOptions.self, of: frame.fields)
        switch Result(catching: { () throws(DiagnosticList) in try loader.load(options) }) {
        case .success(let loaded):
          renderer = loaded
          try send(.loaded, loaded.layout, channel)
        case .failure(let list): try send(.refused, loader.findings(list), channel)
        }
      case .show:
        guard let renderer else { throw FieldFailure.malformed }
        try send(.reply, renderer.render(try FrameReader.value(PreviewRequest.self, of: frame.fields)), channel)
      default: throw FieldFailure.malformed
      }
    }
  }

  private static func send(_ kind: Frame.Kind, _ value: some Fielded, _ channel: WorkerChannel) throws {
    try channel.write(FrameWriter.frame(kind, value, capacity: 1 << 16))
  }
}
