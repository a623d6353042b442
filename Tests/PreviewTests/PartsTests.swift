import Billing
import Contract
import Diagnostics
import Foundation
import Testing
import WorkerLink

@testable import Preview

/// The parts that need no server.
@Suite struct PartsTests {
  @Test func whatIsSaidComesBackAsItWas() throws {
    func back<Value: Fielded>(_ value: Value) throws -> Value {
      try FrameWriter.fields(of: value, for: .pipe).withUnsafeBytes { try FrameReader.value(Value.self, of: $0) }
    }
    var finding = PreviewFinding(severity: .error, id: "a-b", message: "ü 'x'", recordPath: "$.a")
    let place = PreviewFinding.Place(
      file: "f", line: 3, column: 4, excerpt: SourceExcerpt(line: 3, text: "<ä b>", start: 1, length: 2), suggestion: "s",
      absolutePath: "/f")
    (finding.place, finding.page, finding.notes) = (place, 2, [PreviewFinding.Note(message: "n", place: place)])
    let reply = PreviewReply(
      isPiece: true, pageCount: 3, width: 595.276, height: 841.89, parts: [PreviewReply.Part([1, 2]), PreviewReply.Part([])],
      facts: PieceFacts.blank, findings: [finding], extremes: [PreviewReply.Extreme(kind: "wide", detail: "d", record: [4, 5])])
    // The currency of blank facts is none that a bill can have.
    #expect(throws: FieldFailure.self) { try back(reply) }
    var plain = reply
    (plain.facts, plain.why, plain.bleed) = (nil, "none of them", 9)
    plain.message = PreviewMessage(
      subject: "s", preheader: "p", headers: [PreviewMessage.Header(name: "To", value: "")], html: "<html>é</html>", text: "t\n", size: 7)
    #expect(try back(plain) == plain)
    var layout = PreviewLayout(
      languages: ["en"], formats: ["standard"], phases: [PreviewLayout.PhaseDay(name: "final", day: "2027-01-01")], hasSpecimenCodes: true,
      folders: ["a"], warnings: [finding])
    layout.pieces = [.bill, .postcard]
    #expect(try back(layout) == layout)
    for output in [
      .bill(pages: 2...3, scale: 1.5), .picture(page: 4, scale: 2), .vector(page: 1), .sourceMap(page: 9), .pdf, .findings, .extremes,
    ] as [PreviewRequest.Output] {
      var request = PreviewRequest(
        record: [9], file: "b.jsonl", number: 7,
        scenario: PreviewScenario(language: "de", delivery: .both, consent: PreviewScenario.Consent.none, format: .largePrint),
        output: output)
      for piece in [PieceKind.bill, .terms, .postcard, .email] {
        request.piece = piece
        #expect(try back(request) == request)
      }
    }
    let fields = FrameWriter.fields(of: plain, for: .pipe)
    for count in 0..<fields.count {
      #expect(throws: FieldFailure.self) {
        try Array(fields[..<count]).withUnsafeBytes { _ = try FrameReader.value(PreviewReply.self, of: $0) }
      }
    }
  }

  /// What a style says for one mode holds always or never; words that only speak of it stay.
  @Test func messagesAreShownInTheModeThatIsAsked() {
    let html = """
      <html><head><style>@media (prefers-color-scheme: dark) {p{color:#eee}} @media screen and ( Prefers-Color-Scheme:LIGHT ){p{color:#111}}</style></head>\
      <body><p>(prefers-color-scheme: dark)</p></body></html>
      """
    func shown(_ mode: MessageFrame.Mode) -> String { String(decoding: MessageFrame.document(html, mode), as: UTF8.self) }
    #expect(shown(.dark).contains("@media (min-width:0) {p{color:#eee}} @media screen and (max-width:0){p{color:#111}}"))
    #expect(shown(.light).contains("@media (max-width:0) {p{color:#eee}} @media screen and (min-width:0){p{color:#111}}"))
    for mode in MessageFrame.Mode.allCases { #expect(shown(mode).contains("<p>(prefers-color-scheme: dark)</p>")) }
    #expect(shown(.dark).contains("background:#121212") && !shown(.light).contains("#121212"))
    #expect(String(decoding: MessageFrame.document("<p>Hi", .dark), as: UTF8.self).hasPrefix("<style>"))
  }

  @Test func gateLetsOnlyItsOwnPageIn() {
    let gate = RequestGate(port: 8080)
    func refusal(_ host: String?, _ origin: String? = nil, _ site: String? = nil, isPage: Bool = false) -> RequestGate.Refusal? {
      gate.refusal(method: "GET", host: host, origin: origin, fetchSite: site, isPage: isPage)
    }
    #expect(refusal("127.0.0.1:8080") == nil)
    #expect(refusal("LOCALHOST:8080", "http://localhost:8080", "same-origin") == nil)
    #expect(refusal(nil) == .host)
    #expect(refusal("127.0.0.1") == .host)
    #expect(refusal("rebound.example:8080") == .host)
    #expect(refusal("127.0.0.1:8080", "http://rebound.example:8080") == .origin)
    #expect(refusal("127.0.0.1:8080", nil, "cross-site") == .origin)
    #expect(refusal("127.0.0.1:8080", nil, "cross-site", isPage: true) == nil)
    #expect(gate.refusal(method: "POST", host: "127.0.0.1:8080", origin: nil, fetchSite: nil, isPage: true) == .method)
  }

  @Test func findingsOfOneCauseAreOneGroup() {
    var groups = ProblemGroups()
    func finding(_ message: String, _ severity: Severity = .warning) -> PreviewFinding {
      PreviewFinding(severity: severity, id: "shrunk", message: message)
    }
    groups.add([finding("<place> 'a' was set smaller: 12.5 pt wanted, 9 pt available")], isPiece: true, bill: 0)
    groups.add([finding("<place> 'b' was set smaller: 130 pt wanted, 97.25 pt available")], isPiece: true, bill: 1)
    groups.add([finding("nothing else", .error), finding("nothing else", .error)], isPiece: false, bill: 2)
    #expect(groups.done == 3)
    #expect(groups.rejects == 1)
    #expect(groups.sorted.map(\.count) == [1, 2])
    #expect(groups.sorted[1].bills == [0, 1])
  }

  /// A cause is a place in layout or campaign, or a field of the record; what the sentence says of this bill or that is none.
  @Test func causesAreToldApartByTheirPlaces() {
    func at(_ line: Int?, _ path: String, _ id: String = "cut") -> PreviewFinding {
      var finding = PreviewFinding(severity: .warning, id: id, message: "'\(path)' on line 7", recordPath: path)
      finding.place = line.map {
        PreviewFinding.Place(file: "l.xml", line: $0, column: 1, excerpt: SourceExcerpt(line: $0, text: "", start: 0, length: 1))
      }
      return finding
    }
    var groups = ProblemGroups()
    groups.add([at(3, "$.sections[0].lines[1]"), at(4, "$.sections[0].lines[1]")], isPiece: true, bill: 0)
    groups.add([at(3, "$.customer.name")], isPiece: true, bill: 1)
    #expect(groups.sorted.map(\.count).sorted() == [1, 2])
    groups.add([at(nil, "$.sections[0].lines[1].amount"), at(nil, "$.sections[2].lines[14].amount")], isPiece: true, bill: 2)
    groups.add([at(nil, "$.sections[0].lines[1].amount"), at(nil, "$.due"), at(nil, "$.due", "other")], isPiece: true, bill: 3)
    #expect(groups.sorted.map(\.count).sorted() == [1, 1, 1, 2, 2])
  }

  @Test func picturesOfLongAgoGo() {
    var store = PictureStore()
    let first = store.add(PictureStore.Pictures(first: 1, parts: [[1]]))
    for _ in 0..<200 { _ = store.add(PictureStore.Pictures(first: 1, parts: [[1]])) }
    #expect(store[first] == nil)
    let big = store.add(PictureStore.Pictures(first: 1, parts: [[UInt8](repeating: 0, count: 100 << 20)]))
    #expect(store[big] != nil)
    #expect(store[big - 1] == nil)
  }

  @Test func changeIsNotLostWhileOtherFoldersComeToBeWatched() throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-watch-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    let (known, other) = (root.appendingPathComponent("known"), root.appendingPathComponent("other"))
    for folder in [known, other] { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    try Data("x".utf8).write(to: other.appendingPathComponent("there.txt"))
    for round in 0..<20 {
      let told = DispatchSemaphore(value: 0)
      let watcher = try FileWatcher(folders: [known.path], files: []) { inputs, _ in if inputs { told.signal() } }
      defer { watcher.stop() }
      // Other folders alone are no news.
      if round == 0 {
        watcher.setFolders([known.path, root.path])
        #expect(told.wait(timeout: .now() + 0.8) == .timedOut)
        watcher.setFolders([known.path])
        #expect(told.wait(timeout: .now() + 0.8) == .timedOut)
      }
      try Data("new".utf8).write(to: known.appendingPathComponent("\(round).txt"))
      watcher.setFolders([known.path, other.path])
      #expect(told.wait(timeout: .now() + 10) == .success, "round \(round)")
    }
  }
}
