internal import Foundation

/// The process that hands mutations out and watches over them.
struct Watch {
  private let root: String
  private let seed: UInt64
  /// Seconds by the clock that one mutation may take, on a machine that does other things too.
  private static let seconds = 20.0
  /// Faults of one reader after which it is left alone.
  private static let mostFaults = 20

  init(root: String, seed: UInt64) { (self.root, self.seed) = (root, seed) }

  /// Tries mutations of the readers named, of all where none is.
  ///
  /// - Returns: Whether none crashed or hung.
  func run(count: Int, readers chosen: [String]) throws -> Bool {
    let trial = try Trial(root: root)
    let names = chosen.isEmpty ? trial.names : chosen
    trial.clear()
    let each = max(1, (count + names.count - 1) / names.count)
    var faults = 0
    for name in names {
      let start = Date()
      let found = try run(name, each)
      faults += found.count
      print("mutations \(name): \(each) with seed \(seed) in \(Int(Date().timeIntervalSince(start) * 1000)) ms, \(found.count) faults")
      for fault in found { print("  \(fault)") }
      fflush(nil)
    }
    print("mutations: \(each * names.count) of \(names.count) readers, \(faults) faults")
    return faults == 0
  }

  private func run(_ name: String, _ count: Int) throws -> [String] {
    var faults: [String] = []
    var next = 0
    let progress = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-mutations-\(getpid()).progress").path
    defer { try? FileManager.default.removeItem(atPath: progress) }
    while next < count {
      try? FileManager.default.removeItem(atPath: progress)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      process.arguments = ["work", name, String(seed), String(next), String(count), progress]
      var environment = ProcessInfo.processInfo.environment
      environment["MUTATIONS_ROOT"] = root
      environment["SWIFT_BACKTRACE"] = "enable=no"
      process.environment = environment
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      let hung = wait(for: process, progress)
      guard hung || process.terminationReason == .uncaughtSignal || process.terminationStatus != 0 else { return faults }
      let number = reached(progress) ?? next
      let what =
        hung
        ? "took more than \(Int(Watch.seconds)) s"
        : process.terminationReason == .uncaughtSignal
          ? "ended by signal \(process.terminationStatus)" : "exit \(process.terminationStatus)"
      faults.append("\(what): billfold-mutations one \(name) \(seed) \(number)")
      if faults.count >= Watch.mostFaults { return faults }
      next = number + 1
    }
    return faults
  }

  /// Waits for the end of a process, and ends it where one mutation takes too long: then `true`.
  private func wait(for process: Process, _ progress: String) -> Bool {
    var (last, since) = (reached(progress), Date())
    while process.isRunning {
      usleep(20_000)
      let now = reached(progress)
      if now != last {
        (last, since) = (now, Date())
      } else if Date().timeIntervalSince(since) > Watch.seconds {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return true
      }
    }
    process.waitUntilExit()
    return false
  }

  private func reached(_ progress: String) -> Int? {
    guard let data = FileManager.default.contents(atPath: progress), data.count == 8 else { return nil }
    return Int(data.enumerated().reduce(Int64(0)) { $0 | Int64($1.element) << Int64(8 * $1.offset) })
  }
}
