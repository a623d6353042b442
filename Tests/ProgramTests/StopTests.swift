import Foundation
import Glibc
import TestSupport
import Testing

/// A stop signal ends the program wherever it is.
@Suite(.serialized, .onOwnThreads) struct StopTests {
  /// Whether a process has a file open.
  private static func has(_ process: Int32, open path: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")) ?? []
    return names.contains { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/fd/\($0)")) == path }
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP], ["render", "check", "preview"])
  func pipeThatNobodyWritesCanBeStopped(signal: Int32, command: String) throws {
    let bench = try Bench()
    try bench.makePipe("pipe")
    let arguments =
      switch command {
      case "render": bench.render(["pipe"])
      case "check": bench.check(["pipe"])
      default: ["preview", "--layout", "layout", "--data", "pipe", "--port", "0"] + Bench.fonts
      }
    let run = try bench.begin(arguments)
    // It is open at once: the wait is for what comes.
    let pipe = URL(fileURLWithPath: bench.path("pipe")).resolvingSymlinksInPath().path
    #expect(run.wait { Self.has(run.number, open: pipe) })
    kill(run.number, signal)
    let outcome = try run.finish()
    #expect(outcome.code == -signal && !outcome.hung, "\(outcome)")
    #expect(!bench.exists("out"))
  }

  @Test(arguments: ["render", "check"]) func pipeWhoseWriterStallsCanBeStopped(command: String) throws {
    let bench = try Bench()
    try bench.makePipe("pipe")
    let run = try bench.begin(command == "render" ? bench.render(["pipe"]) : bench.check(["pipe"]))
    let writer = open(bench.path("pipe"), O_RDWR)
    defer { close(writer) }
    let bills = Array(try bench.text("bills.jsonl").utf8.prefix(3_000))
    #expect(bills.withUnsafeBytes { write(writer, $0.baseAddress, $0.count) } == bills.count)
    // All of it has been read, and more is waited for.
    let isRead = run.wait {
      var left: Int32 = -1
      return ioctl(writer, UInt(FIONREAD), &left) == 0 && left == 0
    }
    #expect(isRead)
    kill(run.number, SIGTERM)
    let outcome = try run.finish()
    #expect(outcome.code == -SIGTERM && !outcome.hung, "\(outcome)")
    #expect(!bench.exists("out"))
  }

  @Test func pipeThatComesLateAndInPiecesIsReadToItsEnd() throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render(out: "whole")).code == 0)
    try bench.makePipe("pipe")
    let run = try bench.begin(bench.render(["pipe"]))
    usleep(300_000)
    let writer = open(bench.path("pipe"), O_WRONLY)
    let bytes = Array(try bench.text("bills.jsonl").utf8)
    for start in stride(from: 0, to: bytes.count, by: 5_000) {
      let part = Array(bytes[start..<min(bytes.count, start + 5_000)])
      #expect(part.withUnsafeBytes { write(writer, $0.baseAddress, $0.count) } == part.count)
      usleep(20_000)
    }
    close(writer)
    #expect(try run.finish().code == 0)
    let (one, other) = (try bench.snapshot("whole"), try bench.snapshot("out"))
    for (name, file) in one where name.hasSuffix(".pdf") { #expect(other[name] == file) }
    #expect(one.count == other.count)
  }

  @Test func whileTheLastFilesAreWrittenItCanBeStoppedAndGoesOn() throws {
    let bench = try Bench()
    let bad = (0..<2_000).map { "{\"v\":1,\"k\($0)\":1}" }.joined(separator: "\n")
    try bench.write("bills.jsonl", try bench.text("bills.jsonl") + bad + "\n")
    #expect(try bench.run(bench.render(out: "whole")).code == 65)
    let whole = try bench.snapshot("whole")
    var stopped = 0
    for round in 0..<6 where stopped < 2 {
      try? FileManager.default.removeItem(atPath: bench.path("out"))
      let run = try bench.begin(bench.render())
      #expect(run.wait { bench.exists("out/.work/rejects.jsonl.tmp") || bench.exists("out/rejects.jsonl") })
      usleep(UInt32(round) * 3_000)
      kill(run.number, SIGTERM)
      let outcome = try run.finish()
      #expect([65, -SIGTERM].contains(outcome.code) && !outcome.hung, "\(outcome.code)")
      if outcome.code == -SIGTERM { stopped += 1 }
      #expect(try bench.run(bench.render()).code == 65)
      #expect(try bench.snapshot("out") == whole)
    }
    #expect(stopped > 0)
  }

  @Test(arguments: [1, 2]) func readerWhoDoesNotReadKeepsNobodyFromStoppingIt(descriptor: Int) throws {
    let bench = try Bench()
    // More findings than a pipe holds, each of another kind of fault, so that none stands for another.
    let bad = (0..<3_000).map { "{\"v\":1,\"k\($0)\(String(repeating: "x", count: 40))\":1}" }.joined(separator: "\n")
    try bench.write("bad.jsonl", bad + "\n")
    try bench.makePipe("deaf")
    let held = open(bench.path("deaf"), O_RDWR)
    defer { close(held) }
    let script = descriptor == 1 ? #"exec "$@" >deaf"# : #"exec "$@" 2>deaf"#
    let arguments =
      descriptor == 1 ? bench.check(["bad.jsonl"]) : bench.render(["bad.jsonl"], ["--format", "json"])
    let run = try bench.beginShell(script, arguments)
    // The pipe is full and nobody reads it.
    let isFull = run.wait {
      var waiting = pollfd(fd: held, events: Int16(POLLOUT), revents: 0)
      return poll(&waiting, 1, 0) == 0
    }
    #expect(isFull)
    kill(run.number, SIGTERM)
    let outcome = try run.finish()
    #expect(outcome.code == -SIGTERM && !outcome.hung, "\(outcome.code)")
  }
}
