internal import Dates
internal import Pipeline

extension Packet {
  mutating func add(_ options: JobOptions) {
    add(options.layout)
    add(options.campaign)
    add(options.tokenKey)
    add(options.fonts)
    add(options.asOf?.iso)
    add(options.language)
    add(options.strictLines)
  }

  mutating func jobOptions() throws(Malformed) -> JobOptions {
    JobOptions(
      layout: try text(), campaign: try optionalText(), tokenKey: try optionalText(), fonts: try optionalText(),
      asOf: try optionalText().flatMap { PlainDate($0) }, language: try optionalText(), strictLines: try flag())
  }

  mutating func add(_ request: PreviewRequest) {
    add(request.record)
    add(request.file)
    add(request.number)
    add(request.scenario.asOf?.iso)
    add(request.scenario.language)
    add(request.scenario.delivery)
    add(request.scenario.consent?.rawValue)
    add(request.scenario.format)
    switch request.output {
    case .bill(let pages, let scale): addOutput(0, pages.lowerBound, pages.upperBound, scale)
    case .picture(let page, let scale): addOutput(1, page, page, scale)
    case .vector(let page): addOutput(2, page, page)
    case .sourceMap(let page): addOutput(3, page, page)
    case .pdf: addOutput(4)
    case .findings: addOutput(5)
    case .extremes: addOutput(6)
    }
  }

  private mutating func addOutput(_ kind: Int, _ first: Int = 1, _ last: Int = 1, _ scale: Double = 1) {
    add(kind)
    add(first)
    add(last)
    add(scale)
  }

  mutating func request() throws(Malformed) -> PreviewRequest {
    let (record, file, number) = (try blob(), try text(), try int())
    let scenario = PreviewScenario(
      asOf: try optionalText().flatMap { PlainDate($0) }, language: try optionalText(), delivery: try optionalText(),
      consent: try optionalText().flatMap(PreviewScenario.Consent.init(rawValue:)), format: try optionalText())
    let (kind, first, last, scale) = (try int(), try int(), try int(), try double())
    guard first >= 1, last >= first, scale.isFinite else { throw Malformed() }
    let output: PreviewRequest.Output
    switch kind {
    case 0: output = .bill(pages: first...last, scale: scale)
    case 1: output = .picture(page: first, scale: scale)
    case 2: output = .vector(page: first)
    case 3: output = .sourceMap(page: first)
    case 4: output = .pdf
    case 5: output = .findings
    case 6: output = .extremes
    default: throw Malformed()
    }
    return PreviewRequest(record: record, file: file, number: number, scenario: scenario, output: output)
  }

  mutating func add(_ reply: PreviewReply) {
    add(reply.isPiece)
    add(reply.pageCount)
    add(reply.width)
    add(reply.height)
    add(reply.parts) { $0.add($1) }
    add(reply.facts)
    add(reply.findings) { $0.add($1) }
    add(reply.extremes) { packet, extreme in
      packet.add(extreme.kind)
      packet.add(extreme.detail)
      packet.add(extreme.record)
    }
  }

  mutating func reply() throws(Malformed) -> PreviewReply {
    PreviewReply(
      isPiece: try flag(), pageCount: try int(), width: try double(), height: try double(),
      parts: try list { packet throws(Malformed) in try packet.blob() }, facts: try blob(), findings: try findings(),
      extremes: try list { packet throws(Malformed) in
        PreviewReply.Extreme(kind: try packet.text(), detail: try packet.text(), record: try packet.blob())
      })
  }

  mutating func add(_ finding: PreviewFinding) {
    add(finding.severity)
    add(finding.id)
    add(finding.message)
    add(finding.file)
    add(finding.line)
    add(finding.column)
    add(finding.excerpt)
    add(finding.absolutePath)
    add(finding.recordPath)
  }

  mutating func findings() throws(Malformed) -> [PreviewFinding] {
    try list { packet throws(Malformed) in
      var finding = PreviewFinding(severity: try packet.text(), id: try packet.text(), message: try packet.text())
      finding.file = try packet.optionalText()
      finding.line = try packet.optionalInt()
      finding.column = try packet.optionalInt()
      finding.excerpt = try packet.optionalText()
      finding.absolutePath = try packet.optionalText()
      finding.recordPath = try packet.optionalText()
      return finding
    }
  }

  mutating func add(_ layout: PreviewLayout) {
    add(layout.languages) { $0.add($1) }
    add(layout.formats) { $0.add($1) }
    add(layout.phases) { packet, phase in
      packet.add(phase.name)
      packet.add(phase.day)
    }
    add(layout.hasSpecimenCodes)
    add(layout.folders) { $0.add($1) }
    add(layout.warnings) { $0.add($1) }
  }

  mutating func layout() throws(Malformed) -> PreviewLayout {
    PreviewLayout(
      languages: try list { packet throws(Malformed) in try packet.text() },
      formats: try list { packet throws(Malformed) in try packet.text() },
      phases: try list { packet throws(Malformed) in PreviewLayout.PhaseDay(name: try packet.text(), day: try packet.text()) },
      hasSpecimenCodes: try flag(), folders: try list { packet throws(Malformed) in try packet.text() }, warnings: try findings())
  }
}
