import Foundation
import Glibc
import TestSupport
import Testing

/// Clients, layouts and data that are out to stop the preview, or merely broken: each is refused or bounded, and another bill is shown
/// afterwards.
@Suite(.serialized, .onOwnThreads, .timeLimit(.minutes(10))) struct BoundsTests {
  /// Connections of all kinds that the server may hold, with what is still being ended.
  private static let sockets = 64 + 32

  // MARK: Requests

  @Test func noAddressLeadsOutOfThePreview() throws {
    let studio = try Studio()
    let long = String(repeating: "a", count: 6_000)
    for target in [
      "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "///", "/./", "/..",
      "/\\..\\..\\etc\\passwd",
      "/page/../../etc/passwd", "/page/..", "/page/x/../../../etc/passwd", "/preview.css/../../../../etc/passwd", "/preview.css/",
      "/Preview.css",
      "/index.html", "/layout.xml", "/layout/layout.xml", "/bills.jsonl", "/key", "/api", "/api/", "/api/../key", "/api/state/",
      "/api//state",
      "/%00", "/preview.css%00", "/api/state\u{1}", "/api/\u{7F}", "/\(long)", "/api/search?q=\(long)", "/page/\(long)/1.png", "/?\(long)",
      "http://127.0.0.1:\(studio.port)/api/state", "file:///etc/passwd", "*", "etc/passwd", "/api/state HTTP/1.1 x",
      "/api/bill?bill=-1", "/api/bill?bill=99999999999999999999", "/api/bill?bill=s9999", "/api/bill?bill=../../etc/passwd",
      "/api/bill?asOf=x",
      "/api/map?bill=0&page=99999", "/api/pdf?bill=4000",
    ] {
      let answer = try studio.get(target)
      #expect(
        [400, 404, 409, 410, 431].contains(answer.status) || answer.status == 200 && target == "/?\(long)",
        "\(target.prefix(60)): \(answer.status)")
      #expect(!answer.text.contains("root:") && !answer.text.contains("<bill"), "\(target.prefix(60))")
    }
    let zero = try RawConnection(port: studio.port)
    zero.send(bytes: Array("GET /\0/etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:\(studio.port)\r\n\r\n".utf8))
    #expect(String(decoding: zero.read { _ in false }.prefix(12), as: UTF8.self) == "HTTP/1.1 400")
    // What a query may hold, it holds: a space is sent as a plus sign.
    let found = try studio.get("/api/search?q=Petrovi%C4%87+131").json["records"] as? [[String: Any]] ?? []
    #expect(found.first?["bill"] as? Int == 0)
    #expect(try studio.get("/api/state").status == 200)
  }

  @Test func whatIsNoRequestIsRefusedAndEndsTheConnection() throws {
    let studio = try Studio()
    let host = studio.address.head
    for (head, status) in [
      ("GET\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\(host)\r\n", 400), ("GET / HTTP/1.1\r\nno colon\r\n\(host)\r\n", 400),
      ("GET / HTTP/1.1\r\nConnection: close\r\n\(host)\(host)\r\n", 400), ("GET / HTTP/1.1\r\n : x\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
      ("get / HTTP/1.1\r\n\(host)\r\n", 400), ("\u{16}\u{3}\u{1}\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nConnection: close\r\n\(studio.address.cookie)\r\n\r\n", 421),
      ("GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 200) + host + "\r\n", 400),
      ("POST /api/state HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", 405),
      ("GET /api/state HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc", 413),
      ("GET /api/state HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 413),
    ] {
      let connection = try RawConnection(port: studio.port)
      connection.send(head)
      let start = Date()
      let answer = String(decoding: connection.read { _ in false }, as: UTF8.self)
      #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(head.prefix(60)): \(answer.prefix(60))")
      #expect(Date().timeIntervalSince(start) < 20, "\(head.prefix(60)): the connection stays open")
    }
    // The body of a request is never taken for the next one.
    let smuggler = try RawConnection(port: studio.port)
    let hidden = String(repeating: "GET /api/state HTTP/1.1\r\n\(host)\r\n", count: 10)
    smuggler.send("GET /api/state HTTP/1.1\r\n\(host)Content-Length: \(hidden.utf8.count)\r\n\r\n")
    smuggler.send(hidden)
    let answers = String(decoding: smuggler.read { _ in false }, as: UTF8.self)
    #expect(answers.components(separatedBy: "HTTP/1.1 ").count == 2)
    // Two requests at once are both answered, in order.
    let eager = try RawConnection(port: studio.port)
    eager.send("GET /api/state HTTP/1.1\r\n\(host)\r\nGET /api/nothing HTTP/1.1\r\n\(host)Connection: close\r\n\r\n")
    let both = String(decoding: eager.read { _ in false }, as: UTF8.self)
    #expect(both.hasPrefix("HTTP/1.1 200 ") && both.contains("HTTP/1.1 404 "))
  }

  @Test func endlessHeadsCostNoMemoryAndHoldNobodyUp() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    let before = studio.residentBytes
    let line = String(repeating: "a", count: 1 << 20)
    let headers = String(repeating: "X-Header: some value that says nothing\r\n", count: 25_000)
    for (start, more) in [("GET /", line), ("GET / HTTP/1.1\r\nX: ", line), ("GET / HTTP/1.1\r\n", headers)] {
      let connections = try (0..<4).map { _ in try RawConnection(port: studio.port) }
      for connection in connections {
        connection.send(start)
        for _ in 0..<20 where connection.send(more) {}
      }
      #expect(try studio.get("/api/state").status == 200)
      for connection in connections {
        let answer = String(decoding: connection.read { _ in false }.prefix(12), as: UTF8.self)
        // Whoever sends on after the refusal may find the connection reset before it is read.
        #expect(["", "HTTP/1.1 400", "HTTP/1.1 431"].contains(answer))
      }
    }
    #expect(studio.residentBytes - before < 50 << 20)
  }

  @Test func hundredSlowClientsDoNotKeepThePageFromWorking() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    let before = studio.residentBytes
    let host = studio.address.head
    let trickling = try (0..<100).map { _ in try RawConnection(port: studio.port) }
    // A large answer that nobody reads: the same one, asked for again and again. A picture fills a connection in a tenth of the time a PDF takes.
    let deaf = try (0..<100).map { _ in try RawConnection(port: studio.port) }
    for connection in deaf { connection.send(String(repeating: "GET /api/picture?bill=0&scale=2 HTTP/1.1\r\n\(host)\r\n", count: 200)) }
    let events = try (0..<100).map { _ in try RawConnection(port: studio.port) }
    for connection in events { connection.send("GET /api/events HTTP/1.1\r\n\(host)\r\n") }
    let head = Array("GET /api/state HTTP/1.1\r\nX: ".utf8) + [UInt8](repeating: 0x61, count: 100)
    for round in 0..<12 {
      for connection in trickling { connection.send(bytes: [head[round]]) }
      let start = Date()
      let bill = try studio.get("/api/bill?bill=\(round % 5)")
      #expect(bill.json["status"] as? String == "shown")
      #expect(Date().timeIntervalSince(start) < 30)
      #expect(studio.socketCount <= BoundsTests.sockets)
      usleep(50_000)
    }
    #expect(studio.residentBytes - before < 150 << 20)
    // The events of a page that comes now are told to it.
    let page = try RawConnection(port: studio.port)
    page.send("GET /api/events HTTP/1.1\r\n\(host)\r\n")
    _ = page.read { $0.firstRange(of: Array("retry:".utf8)) != nil }
    try studio.edit("layout/strings/en-US.yaml", "Amount due", "To pay")
    let told = page.read { $0.firstRange(of: Array("event: changed".utf8)) != nil }
    #expect(told.firstRange(of: Array("event: changed".utf8)) != nil)
    withExtendedLifetime((trickling, deaf, events)) {}
  }

  @Test func headThatDoesNotEndIsGivenUp() throws {
    let studio = try Studio()
    let slow = try RawConnection(port: studio.port)
    slow.send("GET /api/state HTTP/1.1\r\nHos")
    let start = Date()
    let answer = slow.read { _ in false }
    #expect(answer.isEmpty || String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
    #expect(Date().timeIntervalSince(start) < 30)
    #expect(studio.isRunning)
  }

  // MARK: Layouts

  @Test(arguments: ["images/larkspur.svg", "parts/amount.xml"])
  func linkOutOfTheLayoutFolderIsRefusedAndNotShown(name: String) throws {
    let studio = try Studio()
    #expect(try studio.get("/api/bill?bill=0").json["status"] as? String == "shown")
    let outside = studio.path("outside")
    try FileManager.default.copyItem(atPath: studio.path("layout/" + name), toPath: outside)
    try FileManager.default.removeItem(atPath: studio.path("layout/" + name))
    try FileManager.default.createSymbolicLink(atPath: studio.path("layout/" + name), withDestinationPath: outside)
    let refused = try studio.wait("/api/bill?bill=0") { $0["status"] as? String != "shown" }
    #expect(refused["status"] as? String == "refused")
    let findings = refused["findings"] as? [[String: Any]] ?? []
    #expect(findings.contains { ($0["message"] as? String)?.contains(name) == true }, "\(findings)")
    #expect(refused["pages"] == nil)
    try FileManager.default.removeItem(atPath: studio.path("layout/" + name))
    try FileManager.default.copyItem(atPath: outside, toPath: studio.path("layout/" + name))
    let shown = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" }
    #expect(shown["status"] as? String == "shown")
  }

  @Test(arguments: ["../secret.svg", "/etc/passwd", "images/../../secret.svg", "file:///etc/passwd", "https://evil.example/a.png"])
  func imageFromElsewhereIsRefused(source: String) throws {
    let studio = try Studio()
    try FileManager.default.copyItem(atPath: studio.path("layout/images/larkspur.svg"), toPath: studio.path("secret.svg"))
    try studio.edit("layout/parts/sender.xml", "src=\"images/larkspur.svg\"", "src=\"\(source)\"")
    let refused = try studio.wait("/api/bill?bill=0") { $0["status"] as? String != "shown" }
    #expect(refused["status"] as? String == "refused")
    #expect(!"\(refused)".contains("root:"))
    try studio.edit("layout/parts/sender.xml", "src=\"\(source)\"", "src=\"images/larkspur.svg\"")
    let shown = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" }
    #expect(shown["status"] as? String == "shown")
  }

  /// Layouts without an end, or with one too far away: what takes the place of the payment slip at the body's end.
  static let explosions: [String: String] = [
    "a partial that includes itself": "<include src=\"parts/folio.xml\"/>",
    "loops in loops":
      "<column each=\"s in sections\"><column each=\"a in s.lines\"><column each=\"b in s.lines\"><column each=\"c in s.lines\">"
      + "<column each=\"d in s.lines\"><text>{d.description}</text></column></column></column></column></column>",
    "a table of tens of thousands of rows":
      "<table><column name=\"a\" width=\"1fr\"/><group each=\"s in sections\"><row each=\"a in s.lines\"><cell><text each=\"b in s.lines\">"
      + "<span each=\"c in s.lines\">{c.description} {b.amount}</span></text></cell></row></group></table>",
    "boxes within boxes": String(repeating: "<box padding=\"1pt\">", count: 95) + "<text>x</text>" + String(repeating: "</box>", count: 95),
    "huge lengths":
      "<box width=\"99999999mm\" min-height=\"99999999mm\" padding=\"9999999mm\"><text size=\"99999pt\">{customer.name}</text></box>",
    "a number beyond all": "<space height=\"1e308mm\"/><text>{totals.due * 99999999999999999999999999}</text>",
    "a thousand pages of space": String(repeating: "<space height=\"250mm\"/><text>x</text><page-break/>", count: 1_000),
  ]

  @Test(arguments: explosions.keys.sorted())
  func layoutWithoutAnEndIsBounded(name: String) throws {
    let studio = try Studio()
    let before = try studio.get("/api/bill?bill=0").json
    let generation = before["generation"] as? Int ?? 0
    if name.contains("includes itself") {
      try studio.edit("layout/parts/folio.xml", "</partial>", "<include src=\"parts/folio.xml\"/></partial>")
    } else {
      try studio.edit("layout/layout.xml", "<include src=\"parts/charges.xml\"/>", BoundsTests.explosions[name] ?? "")
    }
    let start = Date()
    let answer = try studio.wait("/api/bill?bill=0", seconds: 90) {
      ($0["generation"] as? Int ?? 0) > generation && $0["status"] as? String != "superseded"
    }
    // Whether it is shown, refused, rejected or lost: within the time allowed, and with a reason.
    #expect(["shown", "refused", "lost"].contains(answer["status"] as? String ?? ""))
    let reasons = answer["findings"] as? [[String: Any]] ?? []
    #expect(answer["isPiece"] as? Bool == true || !reasons.isEmpty, "\(answer)")
    #expect(Date().timeIntervalSince(start) < 80)
    #expect(studio.residentBytes < 400 << 20)
    // Mended, another bill is there; whatever still works on the other is ended.
    if name.contains("includes itself") {
      try studio.edit("layout/parts/folio.xml", "<include src=\"parts/folio.xml\"/></partial>", "</partial>")
    } else {
      try studio.edit("layout/layout.xml", BoundsTests.explosions[name] ?? "", "<include src=\"parts/charges.xml\"/>")
    }
    let mended = Date()
    let shown = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" && $0["isPiece"] as? Bool == true }
    #expect(shown["isPiece"] as? Bool == true)
    #expect(Date().timeIntervalSince(mended) < 20)
    #expect(studio.isRunning)
  }

  @Test func imageOfTwentyMegabytesIsBoundedAndOneThatClaimsToBeHugeIsRefused() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    let heavy = TestPNG.noise(width: 2_640, height: 2_640)
    #expect(heavy.count > 20_000_000)
    try Data(heavy).write(to: studio.folder.appendingPathComponent("layout/images/heavy.png"))
    try studio.edit("layout/parts/sender.xml", "src=\"images/larkspur.svg\"", "src=\"images/heavy.png\"")
    let start = Date()
    let answer = try studio.wait("/api/bill?bill=0", seconds: 90) {
      ($0["generation"] as? Int ?? 0) > 1 && $0["status"] as? String != "superseded"
    }
    #expect(["shown", "refused", "lost"].contains(answer["status"] as? String ?? ""), "\(answer)")
    #expect(Date().timeIntervalSince(start) < 80)
    #expect(studio.residentBytes < 400 << 20)

    for (width, height) in [(30_000, 30_000), (1, 2_000_000_000), (0, 0)] {
      try Data(TestPNG.claiming(width: width, height: height)).write(to: studio.folder.appendingPathComponent("layout/images/heavy.png"))
      let refused = try studio.wait("/api/bill?bill=0", seconds: 90) { $0["status"] as? String == "refused" }
      #expect(refused["status"] as? String == "refused", "\(width) by \(height)")
      #expect("\(refused["findings"] ?? "")".contains("heavy.png"))
      for worker in studio.workers { #expect(Studio.residentBytes(of: worker) < 1 << 30) }
    }
    try studio.edit("layout/parts/sender.xml", "src=\"images/heavy.png\"", "src=\"images/larkspur.svg\"")
    let shown = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" }
    #expect(shown["isPiece"] as? Bool == true)
  }

  // MARK: Data and workers

  @Test func dataThatGoesAndComesBackIsToldAndShownAgain() throws {
    let studio = try Studio()
    #expect(try studio.get("/api/bill?bill=3").json["status"] as? String == "shown")
    try FileManager.default.moveItem(atPath: studio.path("bills.jsonl"), toPath: studio.path("away"))
    let start = Date()
    var isGone = false
    while !isGone, Date().timeIntervalSince(start) < 30 {
      let answer = try studio.get("/api/bill?bill=3")
      isGone = answer.status == 404 || answer.json["status"] as? String != "shown"
      usleep(50_000)
    }
    #expect(isGone)
    #expect(try studio.get("/api/state").status == 200)
    try FileManager.default.moveItem(atPath: studio.path("away"), toPath: studio.path("bills.jsonl"))
    let shown = try studio.wait("/api/bill?bill=3") { $0["status"] as? String == "shown" }
    #expect(shown["status"] as? String == "shown")
    // Emptied and cut in the middle of a record.
    try Data().write(to: studio.folder.appendingPathComponent("bills.jsonl"))
    _ = try studio.wait("/api/state") { ($0["data"] as? [String: Any])?["count"] as? Int == 0 }
    #expect(try studio.get("/api/bill?bill=3").json["status"] as? String != "shown")
    let sample = try Data(contentsOf: Project.url("Samples/larkspur/bills.jsonl"))
    try sample.prefix(9_000).write(to: studio.folder.appendingPathComponent("bills.jsonl"))
    let first = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "shown" && $0["isPiece"] as? Bool == true }
    #expect(first["isPiece"] as? Bool == true)
  }

  @Test func workersKilledAtTheirWorkAreReplaced() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    var lost = 0
    for round in 0..<12 {
      let killer = Thread { [workers = studio.workers] in
        usleep(useconds_t(2_000 * round))
        for worker in workers { kill(worker, SIGKILL) }
      }
      killer.start()
      let answer = try studio.get("/api/bill?bill=\(round % 6)")
      if answer.json["status"] as? String != "shown" { lost += 1 }
      #expect(answer.status == 200)
    }
    // One that dies over a bill is tried once more: that hardly ever shows.
    #expect(lost <= 6)
    let shown = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" }
    #expect(shown["status"] as? String == "shown")
    #expect(studio.isRunning)
  }
}
