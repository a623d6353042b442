internal import Contract
internal import Digests
internal import Encodings
internal import Files
internal import Synchronization
internal import WorkerLink

/// What tells one build of the program from another of the same version: the digest of the build ID that the linker made of all it put into it,
/// which lies in memory already.
///
/// A program that was linked without one is told by its whole file. That is digested on a thread of its own beside the reading of layout and
/// fonts, since a large program takes some 80 ms; where there is no thread to be had, when it is asked for.
final class ProgramBuild: Sendable {
  /// The file this process runs, also where another has been put into its place since.
  private static let program = "/proc/self/exe"
  private static let chunk = 1 << 20

  private let outcome = Mutex<Result<String, SystemError>?>(nil)
  private let thread = Mutex<SystemThread.Joinable?>(nil)

  private init() {}

  /// Begins to take the digest.
  static func begin() -> ProgramBuild {
    let build = ProgramBuild()
    let known = LoadedLibrary.programBuild
    if !known.isEmpty {
      build.outcome.withLock { $0 = .success(Digest256.hex(known)) }
      return build
    }
    let thread = try? SystemThread.startJoinable { build.take() }
    build.thread.withLock { $0 = thread }
    return build
  }

  deinit {
    // A run that ended before it asked.
    thread.withLock { $0?.detach() }
  }

  /// SHA-256 of the build ID, else of the program's file: 64 lower-case hexadecimal digits. Waits until it is known.
  ///
  /// - Throws: ``RunFailure`` 70 where the program cannot read itself.
  func digest() throws(RunFailure) -> String {
    thread.withLock({ $0.take() })?.join()
    if outcome.withLock({ $0 == nil }) { take() }
    do throws(SystemError) {
      return try outcome.withLock { outcome throws(SystemError) in try outcome?.get() ?? "" }
    } catch {
      throw RunFailure(.defect, id: "defect", "the program cannot read its own file '\(ProgramBuild.program)': \(error.text)")
    }
  }

  private func take() {
    let result: Result<String, SystemError>
    do throws(SystemError) {
      let file = try OpenFile(reading: ProgramBuild.program)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: ProgramBuild.chunk, alignment: 16)
      defer { buffer.deallocate() }
      var hasher = RunningSHA256()
      while true {
        let count = try file.read(into: buffer)
        if count == 0 { break }
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
      result = .success(Hexadecimal.text(hasher.finish()))
    } catch {
      result = .failure(error)
    }
    outcome.withLock { $0 = result }
  }
}
