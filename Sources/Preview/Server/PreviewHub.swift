internal import Billing
internal import CSystem
internal import Dates
internal import Pipeline

/// All that the preview knows: data, layout, workers, what was found. Answers with JSON.
actor PreviewHub {
  /// So many pages of a bill are painted for one request; the page asks for the rest when they are scrolled to.
  static let pageLimit = 40
  /// So often a request is tried again because the inputs changed meanwhile.
  private static let attempts = 4
  /// How often a record that is not read yet is looked for again, every 20 milliseconds.
  private static let patience = 150
  /// Seconds of quiet before all bills are looked at anew.
  private static let surveyDelay = 1.0

  nonisolated let events = EventHub()
  private let options: PreviewOptions
  private let foreground: WorkerLane
  private let background: WorkerLane
  private var index: RecordIndex
  private var watcher: FileWatcher?
  private var generation = 1
  private var layout: PreviewLayout?
  private var refusal: [PreviewFinding] = []
  private var pictures = PictureStore()
  private var problems = ProblemGroups()
  private var survey: Task<Void, Never>?
  private var lastNews: Int64 = 0

  init(_ options: PreviewOptions, files: DataFiles, program: String) {
    self.options = options
    foreground = WorkerLane(program: program)
    background = WorkerLane(program: program)
    let events = self.events
    index = RecordIndex(files: files.paths, strictLines: options.job.strictLines) { events.send("data", Array("{}".utf8)) }
  }

  /// Begins to watch and to load.
  func start() {
    let (folders, files) = (watched, index.files + options.data)
    watcher = FileWatcher(folders: folders, files: files) { [weak self] inputs, data in
      Task { await self?.changed(inputs: inputs, data: data) }
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
    if let key = options.job.tokenKey { paths.append(key) }
    if let fonts = options.job.fonts { paths.append(fonts) }
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
      let files = (try? DataFiles.find(options.data))?.paths ?? index.files
      let events = self.events
      index = RecordIndex(files: files, strictLines: options.job.strictLines) { events.send("data", Array("{}".utf8)) }
      watcher?.setFiles(files + options.data)
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
      watcher?.setFolders(watched)
    case .refused(let findings): refusal = findings
    case .lost(let why): refusal = [PreviewFinding(severity: "error", id: "worker-lost", message: why)]
    case .reply, .superseded: return
    }
    events.send("layout", Array("{\"generation\":\(generation)}".utf8))
  }

  // MARK: Problems of all bills

  private func beginSurvey() {
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
    guard let entry = index.entry(number) else {
      guard index.progress.isDone else { return false }
      tellProblems(isLast: true)
      return nil
    }
    let request = self.request(entry, PreviewScenario(), .findings)
    let outcome: WorkerLane.Outcome
    if let request {
      outcome = await background.ask(request, options: options.job, generation: generation, urgency: .survey)
    } else {
      outcome = .lost("the record cannot be read")
    }
    guard generation == self.generation else { return nil }
    switch outcome {
    case .reply(let reply): problems.add(reply.findings, isPiece: reply.isPiece, bill: number)
    case .lost(let why):
      problems.add([PreviewFinding(severity: "error", id: "worker-lost", message: why)], isPiece: false, bill: number)
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

  // MARK: Bills

  private func request(_ entry: RecordEntry, _ scenario: PreviewScenario, _ output: PreviewRequest.Output) -> PreviewRequest? {
    guard let bytes = index.bytes(of: entry) else { return nil }
    return PreviewRequest(record: bytes, file: index.files[entry.file], number: entry.number, scenario: scenario, output: output)
  }

  private func ask(
    _ number: Int, _ scenario: PreviewScenario, _ output: PreviewRequest.Output, on lane: WorkerLane
  ) async -> (outcome: WorkerLane.Outcome, generation: Int)? {
    for _ in 0..<PreviewHub.attempts {
      // The first bills are asked for while the data is still being read.
      for _ in 0..<PreviewHub.patience where index.entry(number) == nil && !index.progress.isDone {
        try? await Task.sleep(for: .milliseconds(20))
      }
      let generation = self.generation
      guard let entry = index.entry(number), let request = request(entry, scenario, output) else { return nil }
      let outcome = await lane.ask(request, options: options.job, generation: generation, urgency: .picture)
      if case .superseded = outcome, generation != self.generation { continue }
      return (outcome, generation)
    }
    return (.superseded, generation)
  }

  /// A bill as it would be printed: addresses of its pages, facts, findings. `nil`: no such record (yet).
  func bill(_ number: Int, _ scenario: PreviewScenario, first: Int) async -> [UInt8]? {
    let start = bf_monotonic_nanoseconds()
    let output = PreviewRequest.Output.pages(first: first, count: PreviewHub.pageLimit)
    guard let (outcome, generation) = await ask(number, scenario, output, on: foreground) else { return nil }
    return answer(outcome, number, generation, first: first, type: "svg", since: start)
  }

  /// One page as a small picture, made while nothing more urgent waits.
  func thumbnail(_ number: Int, _ scenario: PreviewScenario, page: Int) async -> [UInt8]? {
    let start = bf_monotonic_nanoseconds()
    guard let (outcome, generation) = await ask(number, scenario, .thumbnail(page: page, dpi: 60), on: background) else { return nil }
    return answer(outcome, number, generation, first: page, type: "png", since: start)
  }

  private func answer(
    _ outcome: WorkerLane.Outcome, _ number: Int, _ generation: Int, first: Int, type: String, since start: Int64
  ) -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.member("generation", generation)
    json.member("bill", number)
    if let entry = index.entry(number) {
      json.key("record")
      write(entry, number, to: &json)
    }
    switch outcome {
    case .reply(let reply):
      json.member("status", "shown")
      json.member("isPiece", reply.isPiece)
      json.member("pageCount", reply.pageCount)
      json.key("width")
      json.value(digits: String(reply.width))
      json.key("height")
      json.value(digits: String(reply.height))
      let id = pictures.add(
        PictureStore.Pictures(
          type: type == "svg" ? "image/svg+xml" : "image/png", first: first, parts: reply.parts, sourceMap: reply.sourceMap))
      json.member("id", id)
      json.member("pages", reply.parts.indices.map { "/page/\(id)/\(first + $0).\(type)" })
      json.key("facts")
      json.raw(reply.facts)
      write(reply.findings, to: &json)
    case .refused(let findings):
      json.member("status", "refused")
      write(findings, to: &json)
    case .lost(let why):
      json.member("status", "lost")
      write([PreviewFinding(severity: "error", id: "worker-lost", message: why)], to: &json)
    case .superseded, .layout:
      json.member("status", "superseded")
      write([], to: &json)
    }
    json.member("microseconds", Int((bf_monotonic_nanoseconds() - start) / 1000))
    json.endObject()
    return json.bytes
  }

  /// The PDF `render` would write and the name to save it under; or, as JSON, why there is none.
  func pdf(_ number: Int, _ scenario: PreviewScenario) async -> (pdf: [UInt8], name: String)? {
    guard let (outcome, _) = await ask(number, scenario, .pdf, on: foreground), let entry = index.entry(number) else { return nil }
    guard case .reply(let reply) = outcome, reply.isPiece, let pdf = reply.parts.first else { return nil }
    let plain = "\(entry.account)_\(entry.invoice)".map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
    let label = layout?.hasSpecimenCodes == true ? "_specimen-codes" : ""
    return (pdf, "\(String(plain.prefix(120)))\(label).pdf")
  }

  /// A picture made before: its type and bytes.
  func picture(_ id: Int, page: Int) -> (type: String, bytes: [UInt8])? {
    guard let set = pictures[id], set.parts.indices.contains(page - set.first) else { return nil }
    return (set.type, set.parts[page - set.first])
  }

  /// What was drawn where on pictures made before.
  func sourceMap(_ id: Int) -> [UInt8]? { pictures[id]?.sourceMap }

  // MARK: Lists

  /// Layout, campaign and data as a whole.
  func state() -> [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginObject()
    json.member("generation", generation)
    json.member("layout", options.job.layout)
    json.member("campaign", options.job.campaign)
    json.member("asOf", options.job.asOf?.iso)
    json.member("language", options.job.language)
    json.member("languages", layout?.languages ?? [])
    json.member("formats", layout?.formats ?? [])
    json.key("phases")
    json.beginList()
    for phase in layout?.phases ?? [] {
      json.beginObject()
      json.member("name", phase.name)
      json.member("day", phase.day)
      json.endObject()
    }
    json.endList()
    json.member("hasSpecimenCodes", layout?.hasSpecimenCodes ?? false)
    json.member("isUsable", refusal.isEmpty)
    write(refusal.isEmpty ? layout?.warnings ?? [] : refusal, to: &json)
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  private func writeProgress(to json: inout JSONWriter) {
    let progress = index.progress
    json.key("data")
    json.beginObject()
    json.member("count", progress.count)
    json.member("readBytes", progress.readBytes)
    json.member("totalBytes", progress.totalBytes)
    json.member("isDone", progress.isDone)
    json.member("fault", progress.fault)
    json.endObject()
  }

  /// Records in the order of the data.
  func records(from start: Int, count: Int) -> [UInt8] {
    let start = max(0, start)
    let entries = index.entries(from: start, count: count)
    return list(entries.indices.map { (start + $0, entries[$0]) }, total: index.progress.count)
  }

  /// Records that a search finds.
  func search(_ query: String, limit: Int) -> [UInt8] {
    let (indexes, total) = index.search(query, limit: limit)
    return list(indexes.compactMap { number in index.entry(number).map { (number, $0) } }, total: total)
  }

  private func list(_ entries: [(Int, RecordEntry)], total: Int) -> [UInt8] {
    var json = JSONWriter(capacity: 64 + entries.count * 160)
    json.beginObject()
    json.member("total", total)
    json.key("records")
    json.beginList()
    for (number, entry) in entries { write(entry, number, to: &json) }
    json.endList()
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  /// The extremes found so far.
  func extremes() -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.key("extremes")
    json.beginList()
    for found in index.extremes {
      json.beginObject()
      json.member("kind", found.kind.rawValue)
      json.member("detail", found.detail)
      json.member("bill", found.index)
      json.endObject()
    }
    json.endList()
    writeProgress(to: &json)
    json.endObject()
    return json.bytes
  }

  /// The problems found so far, by cause.
  func problemList() -> [UInt8] {
    var json = JSONWriter(capacity: 4096)
    json.beginObject()
    json.member("done", problems.done)
    json.member("rejects", problems.rejects)
    json.member("total", index.progress.count)
    json.member("isDone", index.progress.isDone && problems.done >= index.progress.count)
    json.key("groups")
    json.beginList()
    for group in problems.sorted {
      json.beginObject()
      json.key("finding")
      group.finding.write(to: &json)
      json.member("count", group.count)
      json.key("bills")
      json.beginList()
      for bill in group.bills { json.value(bill) }
      json.endList()
      json.endObject()
    }
    json.endList()
    json.endObject()
    return json.bytes
  }

  private func write(_ entry: RecordEntry, _ number: Int, to json: inout JSONWriter) {
    json.beginObject()
    json.member("bill", number)
    json.member("account", entry.account)
    json.member("invoice", entry.invoice)
    json.member("name", entry.name)
    json.member("due", entry.due)
    json.member("language", entry.language)
    json.member("isFaulty", entry.isFaulty)
    json.member("file", index.files.indices.contains(entry.file) ? index.files[entry.file] : "")
    json.member("line", entry.number)
    json.endObject()
  }

  private func write(_ findings: [PreviewFinding], to json: inout JSONWriter) {
    json.key("findings")
    json.beginList()
    for finding in findings { finding.write(to: &json) }
    json.endList()
  }
}
