internal import CLinux
public import Contract
internal import Diagnostics
internal import Files
internal import Foundation
public import Reporting
internal import WorkerLink

/// The preview's web server on 127.0.0.1: its own page, pictures of bills, PDFs, and JSON, for its user alone.
public enum PreviewServer {
  /// Threads and processes at most, those that are about to end included: two lanes with a worker and a spare each, the watcher, two indexes
  /// with their readers, the server's loop, and the runtime's own for each processor.
  ///
  /// - Stops: threads and processes without end.
  private static let threads = 20 + 2 * max(1, Int(bf_processor_count()))

  /// Serves until the process is ended.
  ///
  /// Prints the page's address once it listens, with the secret that opens it. What is wrong with layout or campaign is shown on the page, not
  /// here.
  ///
  /// - Parameters:
  ///   - program: The file workers are started from: the program itself.
  /// - Returns: 66 where the data cannot be read, 70 where no threads can be had, 74 where the port cannot be had or the address cannot be
  ///   told.
  public static func run(_ options: PreviewOptions, reporter: Reporter, program: String = "/proc/self/exe") -> ExitCode {
    let files: DataFiles
    do throws(DiagnosticList) { files = try DataFiles.find(options.data, program: program, faults: options.faults) } catch {
      reporter.report(error.diagnostics)
      return .data
    }
    signal(SIGPIPE, SIG_IGN)
    // Whoever starts a program from a thread that blocks signals hands the block on; the preview must still end when it is told to.
    bf_release_stop_signals()
    // Whoever runs out of threads later waits for ever, or traps; what will be needed is made sure of now.
    do throws(SystemError) { try SystemThread.reserve(PreviewServer.threads) } catch {
      reporter.report(
        Diagnostic(id: "thread-start", "cannot have the \(PreviewServer.threads) threads that the preview needs: \(error.text)"))
      return .defect
    }
    let secret = PreviewSecret()
    let site = PreviewSite(secret)
    let server: LoopbackServer
    do throws(LoopbackServer.Failure) { server = try LoopbackServer(port: options.port) { await site.answer($0) } } catch {
      reporter.report(
        Diagnostic(
          id: error.code == EADDRINUSE ? "port-in-use" : "preview-port",
          error.code == EADDRINUSE
            ? "port \(options.port) is in use; expected a free one, or '--port 0' to take any"
            : "cannot listen on port \(options.port): \(SystemError(error.code).text)"))
      return .output
    }
    // Only now: a port that is taken must not start workers.
    let hub = PreviewHub(options, files: files, program: program)
    site.open(hub, gate: RequestGate(port: server.port))
    Task { await hub.start() }
    // Without the address nobody can get in.
    guard reporter.result("preview: http://127.0.0.1:\(server.port)\(secret.link)") else { return .output }
    server.run()
    reporter.report(Diagnostic(id: "preview-port", "the listening socket was lost"))
    return .output
  }
}
