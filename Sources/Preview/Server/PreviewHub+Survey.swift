internal import CLinux
internal import Contract
internal import Diagnostics

/// Looks at all bills in the background, and groups what is found by its cause.
extension PreviewHub {
  /// Seconds of quiet before all bills are looked at anew.
  private static let surveyDelay = 1.0

  func beginSurvey() {
    survey?.cancel()
    problems = ProblemGroups()
    let generation = self.generation
    survey = Task { [weak self] in
      try? await Task.sleep(for: .seconds(PreviewHub.surveyDelay))
      var next = 0
      while !Task.isCancelled, let self, let isMore = await self.surveyBill(next, generation) {
        if isMore { next += 1 } else { try? await Task.sleep(for: .milliseconds(100)) }
      }
    }
  }

  /// Looks at one bill: `true` when done with it, `false` when it is not read yet, `nil` at the end.
  private func surveyBill(_ number: Int, _ generation: Int) async -> Bool? {
    guard generation == self.generation else { return nil }
    guard let entry = index.entry(number, allowsOld: false) else {
      guard index.progress.isDone else { return false }
      tellProblems(isLast: true)
      return nil
    }
    let request = self.request(entry, ShownPiece(bill: .data(number)), .findings)
    let outcome: WorkerLane.Outcome
    if let finding = entry.finding {
      outcome = .reply(PreviewReply(findings: [finding]))
    } else if let request {
      outcome = await background.ask(request, options: options.job, generation: generation, urgency: .survey)
    } else {
      outcome = .lost("the record cannot be read")
    }
    guard generation == self.generation else { return nil }
    switch outcome {
    case .reply(let reply): problems.add(reply.findings, isPiece: reply.isPiece, bill: number)
    case .lost(let why):
      problems.add([PreviewFinding(severity: .error, id: "worker-lost", message: why)], isPiece: false, bill: number)
    case .refused, .layout, .superseded:
      tellProblems(isLast: true)
      return nil
    }
    tellProblems(isLast: false)
    return true
  }

  private func tellProblems(isLast: Bool) {
    let now = bf_monotonic_nanoseconds()
    guard isLast || now - lastNews > 400_000_000 else { return }
    lastNews = now
    events.send("problems", Array("{}".utf8))
  }
}
