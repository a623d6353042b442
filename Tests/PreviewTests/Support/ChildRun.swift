import Foundation
import Glibc

/// A program run to its end.
///
/// Not through Foundation's `Process`, whose waiting holds a thread of the few that tests share: here a task looks now and then. The program
/// gets a process group of its own, so that with it whatever it started ends; a file for its output, since a pipe's end may live on in a
/// grandchild and then reading never ends; and none of the descriptors and blocked signals of the tests that run beside it.
struct ChildRun {
  /// The exit code; negative the signal that ended it.
  var code: Int32
  /// What it printed, and on standard error.
  var output: String
  /// Whether it had to be ended.
  var tookTooLong = false

  struct CannotStart: Error { var code: Int32 }

  /// Runs a program, looked for on the `PATH`, and ends it with its children after so many seconds.
  static func run(_ program: String, _ arguments: [String], seconds: Double) async throws -> ChildRun {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let number = try start(program, arguments, output: file.path)
    let end = Date().addingTimeInterval(seconds)
    var status: Int32 = 0
    var tookTooLong = false
    while waitpid(number, &status, WNOHANG) == 0 {
      if Date() > end || Task.isCancelled {
        tookTooLong = true
        kill(-number, SIGTERM)
        usleep(200_000)
        kill(-number, SIGKILL)
        waitpid(number, &status, 0)
        break
      }
      try? await Task.sleep(for: .milliseconds(50))
    }
    kill(-number, SIGKILL)
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    return ChildRun(code: code, output: (try? String(contentsOf: file, encoding: .utf8)) ?? "", tookTooLong: tookTooLong)
  }

  private static func start(_ program: String, _ arguments: [String], output: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Some more than are open now, for other tests go on opening; one that is not open is no error.
    let last = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }.max() ?? 0
    for descriptor in 3...max(64, last + 64) { posix_spawn_file_actions_addclose(&actions, descriptor) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    let environment: [UnsafeMutablePointer<CChar>?] = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + environment { free(text) } }
    var number: pid_t = 0
    let failure = posix_spawnp(&number, program, &actions, &attributes, words, environment)
    guard failure == 0 else { throw CannotStart(code: failure) }
    return number
  }

  /// Whether a program is on the `PATH`.
  static func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}
