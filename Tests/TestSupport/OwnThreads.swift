import Foundation
package import Testing

/// Runs tests on threads of their own, not on those that all tests share, of which there is one for each processor: two tests that waited there
/// for other programs would keep every other test from going on while the processors stand idle.
///
/// For suites that mostly run programs and look at what they leave; see ``Testing/Trait/onOwnThreads``.
package struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(ThreadRow.shared) { try await function() }
  }

  /// A few threads on which jobs are done in the order they come.
  ///
  /// `@unchecked Sendable`: an operation queue may be used from any thread.
  private final class ThreadRow: TaskExecutor, @unchecked Sendable {
    static let shared = ThreadRow()
    private let operations = OperationQueue()

    /// Enough that one waits for time to pass while others keep two processors busy; more would only make each of them slower, and some have a
    /// time limit.
    private init() { operations.maxConcurrentOperationCount = 2 }

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      operations.addOperation { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
  }
}

extension Trait where Self == OwnThreads {
  /// Runs the tests of a suite that waits for programs on threads of their own; see ``OwnThreads``.
  package static var onOwnThreads: Self { OwnThreads() }
}
