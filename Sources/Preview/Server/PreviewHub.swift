internal import Dates
internal import Contract
internal import Diagnostics
internal import Files

/// All that the preview knows: data, layout, workers, what was found. What it tells the page stands in `PreviewHub+Answers.swift`.
actor PreviewHub {
  /// So many pages of a bill are painted for one request: those in sight. The others are asked for one by one.
  ///
  /// - Stops: a request for a thousand pages at once.
  static let pageLimit = 6
  /// Records looked at for one that extremes may be like: a file that begins with more faulty ones has few others.
  ///
  /// - Stops: a file that begins with millions of faulty records.
  private static let triedRecords = 1_000
  /// So often a request is tried again because the inputs changed meanwhile.
  ///
  /// - Stops: a file that changes faster than it is shown.
  private static let attempts = 4
  /// How long a request waits for a record that is not read yet, or for a layout that is not loaded.
  ///
  /// - Stops: waiting for ever for a record that does not come.
  private static let patience = Duration.seconds(3)

  nonisolated let events = EventHub()
  /// Tells this run of the server from others on the same port, whose pictures a browser may still keep.
  nonisolated let run = String(UInt64.random(in: 0...UInt64.max), radix: 36)
  let options: PreviewOptions
  let foreground: WorkerLane
  let background: WorkerLane
  var index: RecordIndex
  private var watcher: FileWatcher?
  private(set) var generation = 1
  private(set) var layout: PreviewLayout?
  private(set) var refusal: [PreviewFinding] = []
  /// Opened anew with each campaign that is loaded; `nil` without one.
  private var ledger: PreviewLedger?
  /// Rings when the layout was loaded or refused.
  private let loads = ChangeBell()
  var pictures = PictureStore()
  var problems = ProblemGroups()
  var survey: Task<Void, Never>?
  var lastNews: Int64 = 0
  var made = MadeBills()

  init(_ options: PreviewOptions, files: DataFiles, program: String) {
    self.options = options
    foreground = WorkerLane(program: program, niceness: 0)
    background = WorkerLane(program: program, niceness: 10)
    let events = self.events
    index = RecordIndex(files, strictLines: options.job.strictLines, acceptsSumMismatch: options.job.isAccepted(.sumMismatch)) {
      events.send("data", Array("{}".utf8))
    }
  }

  /// Begins to watch and to load.
  func start() {
    do throws(SystemError) {
      watcher = try FileWatcher(folders: watched, files: index.store.files.watched) { [weak self] inputs, data in
        Task { await self?.changed(inputs: inputs, data: data) }
      }
    } catch {
      refusal = [
        PreviewFinding(
          severity: .error, id: "thread-start", message: "cannot start a thread that looks for changes: \(error.text)")
      ]
      return
    }
    load()
    beginSurvey()
    Task { [weak self] in
      while let self {
        try? await Task.sleep(for: .seconds(10))
        self.events.ping()
      }
    }
  }

  private var watched: [String] {
    var paths = [options.job.layout] + (layout?.folders ?? [])
    if let campaign = options.job.campaign {
      // Terms lie beside the campaign file.
      let cut = campaign.hasSuffix(".yaml") || campaign.hasSuffix(".yml") ? campaign.lastIndex(of: "/") : nil
      paths.append(cut.map { String(campaign[..<$0]) } ?? campaign)
    }
    paths += [options.job.tokenKey, options.job.ledger, options.job.rules].compactMap(\.self)
    paths += options.job.fonts
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }

  // MARK: Changes

  private func changed(inputs: Bool, data: Bool) {
    generation += 1
    foreground.advance(to: generation)
    background.advance(to: generation)
    if data {
      index.cancel()
      let former = index.store.files
      let files = (try? former.refreshed()) ?? former
      let (events, now) = (self.events, generation)
      // Old bills on the screen are asked for anew once the new ones are there.
      let renewed: @Sendable () -> Void = { events.send("changed", Array("{\"generation\":\(now)}".utf8)) }
      index = RecordIndex(
        files, strictLines: options.job.strictLines, acceptsSumMismatch: options.job.isAccepted(.sumMismatch), replacing: index,
        renewed: renewed
      ) {
        events.send("data", Array("{}".utf8))
      }
      watcher?.setFiles(files.watched)
    }
    events.send("changed", Array("{\"generation\":\(generation)}".utf8))
    load()
    beginSurvey()
  }

  private func load() {
    let generation = self.generation
    Task {
      let outcome = await foreground.ask(nil, options: options.job, generation: generation, urgency: .load)
      loaded(outcome, generation)
    }
  }

  private func loaded(_ outcome: WorkerLane.Outcome, _ generation: Int) {
    guard generation == self.generation else { return }
    switch outcome {
    case .layout(let layout):
      (self.layout, refusal) = (layout, [])
      openLedger(layout)
      watcher?.setFolders(watched)
    case .refused(let findings): refusal = findings
    case .lost(let why): refusal = [PreviewFinding(severity: .error, id: "worker-lost", message: why)]
    case .reply, .superseded: return
    }
    loads.ring()
    events.send("layout", Array("{\"generation\":\(generation)}".utf8))
  }

  private func openLedger(_ layout: PreviewLayout) {
    ledger = nil
    guard let path = options.job.ledger else { return }
    do throws(RunFailure) { ledger = try PreviewLedger(path, layout) } catch { refusal = PreviewHub.findings(error) }
  }

  private static func findings(_ failure: RunFailure) -> [PreviewFinding] {
    failure.diagnostics.map { PreviewFinding(severity: $0.severity, id: $0.id, message: $0.message) }
  }

  // MARK: Bills

  func request(_ entry: RecordEntry, _ piece: ShownPiece, _ output: PreviewRequest.Output) -> PreviewRequest? {
    guard let bytes = index.bytes(of: entry, language: options.job.language ?? layout?.languages.first) else { return nil }
    var request = piece.request(output, record: bytes, file: entry.source, number: entry.number)
    request.warnings = entry.store.warnings(of: entry)
    // What cannot be read is told with the layout; a bill as if nothing were known would be another one.
    do throws(RunFailure) { request.facts = try ledger?.facts(of: entry.account) ?? [] } catch {
      refusal = PreviewHub.findings(error)
      events.send("layout", Array("{\"generation\":\(generation)}".utf8))
      return nil
    }
    return request
  }

  private func request(_ piece: ShownPiece, _ output: PreviewRequest.Output) async -> PreviewRequest? {
    switch piece.bill {
    case .made(let number):
      await makeExtremes()
      guard let extreme = made.bills.indices.contains(number) ? made.bills[number].extreme : nil else { return nil }
      return piece.request(output, record: extreme.record, file: extreme.kind, number: 1)
    case .data(let number):
      // The first bills are asked for while the data is still being read.
      guard let entry = await self.entry(number, until: .now + PreviewHub.patience) else { return nil }
      // Which language a derived record is set in only the layout says.
      if entry.isDerived { await layoutIsKnown(until: .now + PreviewHub.patience) }
      return index.entry(number).flatMap { request($0, piece, output) }
    }
  }

  /// A record, waited for while the data are read; `nil` where they have no such record, or none yet at the deadline.
  private func entry(_ number: Int, until deadline: ContinuousClock.Instant? = nil) async -> RecordEntry? {
    while true {
      // Another index may have taken its place meanwhile.
      let index = self.index
      let rings = index.growth.rings
      if let entry = index.entry(number) { return entry }
      if index.progress.isDone || deadline.map({ $0 <= .now }) == true { return nil }
      await index.growth.wait(after: rings, until: deadline)
    }
  }

  /// Waits until the layout was loaded or refused.
  private func layoutIsKnown(until deadline: ContinuousClock.Instant) async {
    while layout == nil, refusal.isEmpty, deadline > .now { await loads.wait(after: loads.rings, until: deadline) }
  }

  /// Asks a worker, again where the inputs change meanwhile. `nil`: no such record (yet).
  ///
  /// - Parameter wanted: Only under this generation, if given; a picture of an older one is of no use.
  func ask(
    _ piece: ShownPiece, _ output: PreviewRequest.Output, on lane: WorkerLane, urgency: WorkerLane.Urgency, wanted: Int? = nil
  ) async -> (outcome: WorkerLane.Outcome, generation: Int)? {
    for _ in 0..<PreviewHub.attempts {
      let generation = self.generation
      if case .data(let number) = piece.bill, let finding = index.entry(number)?.finding {
        return (.reply(PreviewReply(findings: [finding])), generation)
      }
      guard wanted == nil || wanted == generation, let request = await request(piece, output) else { return nil }
      let outcome = await lane.ask(request, options: options.job, generation: generation, urgency: urgency)
      if case .superseded = outcome, generation != self.generation { continue }
      return (outcome, generation)
    }
    return (.superseded, generation)
  }

  // MARK: Made-up bills

  /// Has a worker make up extremes for the layout as it is now, unless there are some.
  func makeExtremes() async {
    guard made.generation != generation, refusal.isEmpty else { return }
    let generation = self.generation
    var number = 0
    var base: PreviewRequest?
    // A record that cannot be read is nothing to be like; a file begins with thousands of them only when nothing else is of use either.
    while base == nil, number < PreviewHub.triedRecords, let entry = await self.entry(number) {
      if !entry.summary.isFault { base = request(entry, ShownPiece(bill: .data(number)), .extremes) }
      number += 1
    }
    let request = base ?? PreviewRequest(record: [], file: "", number: 1, output: .extremes)
    let outcome = await background.ask(request, options: options.job, generation: generation, urgency: .picture)
    guard case .reply(let reply) = outcome, generation == self.generation else { return }
    made = MadeBills(reply.extremes, generation: generation)
  }
}
