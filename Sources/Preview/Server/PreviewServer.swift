internal import CLinux
public import Contract
internal import Diagnostics
internal import Files
internal import Foundation
public import Reporting

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
    do throws(DiagnosticList) { files = try DataFiles.find(options.data, program: program, faults: options.faults) } catch {
      reporter.report(error.diagnostics)
      return .data
    }
    signal(SIGPIPE, SIG_IGN)
    // Whoever starts a program from a thread that blocks signals hands the block on; the preview must still end when it is told to.
    bf_release_stop_signals()
    let site = PreviewSite()
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
    reporter.result("preview: http://127.0.0.1:\(server.port)/")
    server.run()
    reporter.report(Diagnostic(id: "preview-port", "the listening socket was lost"))
    return .output
  }
}
