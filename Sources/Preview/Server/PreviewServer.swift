internal import CSystem
internal import Diagnostics
internal import FlyingFox
internal import FlyingSocks
internal import Foundation
public import Pipeline

/// The preview's web server on 127.0.0.1: its own page, pictures of bills, PDFs, and JSON.
public enum PreviewServer {
  /// Serves until the process is ended.
  ///
  /// Prints the page's address once it listens. What is wrong with layout or campaign is shown on the page, not here.
  ///
  /// - Parameters:
  ///   - program: The file workers are started from: the program itself.
  /// - Returns: 66 where the data cannot be read, 74 where the port cannot be had.
  public static func run(_ options: PreviewOptions, reporter: Reporter, program: String = "/proc/self/exe") -> ExitCode {
    let files: DataFiles
    do throws(DiagnosticList) { files = try DataFiles.find(options.data) } catch {
      reporter.report(error.diagnostics)
      return .data
    }
    signal(SIGPIPE, SIG_IGN)
    // Whoever starts a program from a thread that blocks signals hands the block on; the preview must still end when it is told to.
    bf_release_stop_signals()
    let site = PreviewSite()
    let address: sockaddr_in
    do { address = try sockaddr_in.inet(ip4: "127.0.0.1", port: options.port) } catch {
      reporter.report(Diagnostic(id: "preview-address", "127.0.0.1 is no address here"))
      return .output
    }
    let server = HTTPServer(
      config: HTTPServer.Configuration(address: address, timeout: 120, sharedRequestReplaySize: 8_192, logger: .disabled), handler: site)
    let failure = Failure()
    let started = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    Task {
      do { try await server.run() } catch { failure.set(error) }
      started.signal()
      ended.signal()
    }
    Task {
      try? await server.waitUntilListening(timeout: 30)
      started.signal()
    }
    started.wait()
    if let error = failure.error {
      let isTaken = if case SocketError.failed(_, let number, _) = error { number == EADDRINUSE } else { false }
      reporter.report(
        Diagnostic(
          id: isTaken ? "port-in-use" : "preview-port",
          isTaken
            ? "port \(options.port) is in use; expected a free one, or '--port 0' to take any"
            : "cannot listen on port \(options.port): \(error.localizedDescription)"))
      return .output
    }
    let port = PreviewServer.port(of: server) ?? options.port
    let hub = PreviewHub(options, files: files, program: program)
    site.open(hub, gate: RequestGate(port: port))
    Task { await hub.start() }
    reporter.result("preview: http://127.0.0.1:\(port)/")
    ended.wait()
    return .output
  }

  private static func port(of server: HTTPServer) -> UInt16? {
    let port = Answer<UInt16?>()
    let done = DispatchSemaphore(value: 0)
    Task {
      if case .ip4(_, let number)? = await server.listeningAddress { port.set(number) }
      done.signal()
    }
    done.wait()
    return port.value ?? nil
  }
}

/// A value handed from a task to the thread that waits for it.
///
/// `@unchecked Sendable`: guarded by `lock`.
private final class Answer<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value?
  var value: Value? { lock.withLock { stored } }
  func set(_ value: Value) { lock.withLock { stored = value } }
}

/// Why the server ended.
private final class Failure: Sendable {
  private let answer = Answer<any Error>()
  var error: (any Error)? { answer.value }
  func set(_ error: any Error) { answer.set(error) }
}
