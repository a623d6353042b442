import Foundation
import TestSupport
import Testing

/// A running preview, over its API.
@Suite(.serialized, .onOwnThreads, .timeLimit(.minutes(5))) struct ServerTests {
  /// The addresses of the pictures in an answer.
  private func pictures(_ answer: [String: Any]) -> [String] {
    (answer["pages"] as? [[String: Any]] ?? []).compactMap { $0["url"] as? String }
  }

  /// Width and height of a PNG.
  private func size(_ png: [UInt8]) throws -> [Int] {
    try #require(png.starts(with: [0x89, 0x50, 0x4E, 0x47]) && png.count > 24)
    return [16, 20].map { start in png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  @Test func showsABillWithItsPagesFactsAndSourceMap() throws {
    let studio = try Studio()
    let bill = try studio.get("/api/bill?bill=0&page=1&count=6&scale=1.5").json
    #expect(bill["status"] as? String == "shown")
    #expect(bill["isPiece"] as? Bool == true)
    let pages = pictures(bill)
    #expect(pages.count == bill["pageCount"] as? Int)
    for address in pages {
      let page = try studio.get(address)
      #expect(page.status == 200)
      #expect(page.headers["content-type"] == "image/png")
      #expect(try size(page.body) == [918, 1188])
    }
    let facts = try #require(bill["facts"] as? [String: Any])
    #expect((facts["notice"] as? [String: Any])?["phase"] as? String == "announce")
    let map = try studio.get("/api/map?bill=0&page=2").json
    let boxes = (map["pages"] as? [[String: Any]])?.first?["boxes"] as? [[String: Any]] ?? []
    #expect(boxes.contains { ($0["path"] as? String)?.hasPrefix("$.") == true })
    let elements = map["elements"] as? [[String: Any]] ?? []
    #expect(elements.contains { ($0["file"] as? String)?.hasSuffix("layout.xml") == true && ($0["line"] as? Int ?? 0) > 0 })
  }

  @Test func paintsAnyPageAtAnyZoomAsPixelsOrAsOutlines() throws {
    let studio = try Studio()
    let bill = try studio.get("/api/bill?bill=0&page=2&count=1&scale=2").json
    #expect((bill["pages"] as? [[String: Any]])?.map { $0["page"] as? Int } == [2])
    let second = try studio.get(try #require(pictures(bill).first)).body
    let generation = try #require(bill["generation"] as? Int)
    let again = try studio.get("/api/picture?bill=0&page=2&scale=2&generation=\(generation)")
    #expect(again.status == 200)
    #expect(again.body == second)
    #expect(try size(try studio.get("/api/picture?bill=0&page=1&scale=0.25&quiet=1").body) == [153, 198])
    // However far one zooms in, a picture stays within its bound of 24 million pixels.
    let largest = try size(try studio.get("/api/picture?bill=0&page=1&scale=12").body)
    #expect(largest[0] * largest[1] <= 24_500_000 && largest[0] > 4000)
    let outlines = try studio.get("/api/vector?bill=0&page=1")
    #expect(outlines.headers["content-type"] == "image/svg+xml")
    #expect(outlines.text.contains("<svg"))
    // Codes are outlines too: a browser would smooth a picture of one pixel for each module.
    #expect(!outlines.text.contains("<image"))
    #expect(try studio.get("/api/picture?bill=0&page=9&scale=1").status == 404)
    #expect(try studio.get("/api/picture?bill=0&page=1&scale=1&generation=\(generation + 1)").status == 204)
    #expect(try studio.get("/api/bill?bill=first").status == 400)
  }

  @Test func makesUpExtremesFromTheDeclaredFields() throws {
    let studio = try Studio()
    let made = try #require(try studio.get("/api/extremes").json["made"] as? [[String: Any]])
    let kinds = Set(made.compactMap { $0["kind"] as? String })
    #expect(kinds.isSuperset(of: ["least", "most", "long-words", "wide-amounts", "right-to-left", "fields", "large-print"]))
    for (number, extreme) in made.enumerated() {
      #expect(extreme["bill"] as? String == "s\(number)")
      let bill = try studio.get("/api/thumbnail?bill=s\(number)&scale=0.3").json
      #expect(bill["status"] as? String == "shown", "\(extreme)")
      #expect(bill["isPiece"] as? Bool == true, "\(extreme) \(bill["findings"] ?? "")")
      #expect((bill["record"] as? [String: Any])?["made"] as? String == extreme["detail"] as? String)
    }
    // At home in this company: its currency and its days.
    let most = try studio.get("/api/bill?bill=s1").json
    #expect((most["facts"] as? [String: Any])?["currency"] as? String == "USD")
    #expect(((most["facts"] as? [String: Any])?["notice"] as? [String: Any])?["phase"] as? String == "announce")
    #expect(try studio.get("/api/pdf?bill=s1").body.starts(with: Array("%PDF".utf8)))
    #expect(try studio.get("/api/bill?bill=s\(made.count)").status == 404)
    // A new field of the layout is in them after the next save.
    let field = "<field path=\"extra.meter\" type=\"text\" optional=\"yes\" sample=\"E-4471-09\"/>"
    try studio.edit("layout/layout.xml", field, field + "<field path=\"extra.tags[]\" type=\"text\" optional=\"yes\"/>")
    let generation = try studio.wait("/api/state") { ($0["generation"] as? Int ?? 0) > 1 && $0["isUsable"] as? Bool == true }
    #expect(generation["isUsable"] as? Bool == true)
    let bill = try studio.get("/api/bill?bill=s0").json
    #expect(bill["isPiece"] as? Bool == true, "\(bill["findings"] ?? "")")
  }

  @Test func givesTheVeryPDFThatRenderWrites() throws {
    let studio = try Studio()
    var arguments = studio.arguments
    arguments[0] = "render"
    arguments.replaceSubrange(arguments.count - 2..<arguments.count, with: ["--out", studio.path("out"), "--jobs", "1"])
    #expect(try Studio.run(arguments).code == 0)
    let found = FileManager.default.enumerator(atPath: studio.path("out"))?.compactMap { $0 as? String } ?? []
    for number in [0, 2, 6, 20] {
      let answer = try studio.get("/api/pdf?bill=\(number)")
      #expect(answer.status == 200)
      let name = try #require(answer.headers["content-disposition"]?.split(separator: "\"").last.map(String.init))
      let path = try #require(found.first { $0.hasSuffix("/" + name) })
      #expect(Data(answer.body) == FileManager.default.contents(atPath: studio.path("out/" + path)))
    }
    // A business has its terms on a leaflet, which is the same for all.
    let leaflet = try studio.get("/api/pdf?bill=0&piece=terms")
    let written = try #require(FileManager.default.contents(atPath: studio.path("out/terms/en-US.pdf")))
    #expect(Data(leaflet.body) == written)
  }

  /// The leaflet of a bill's language, whether it is enclosed or not, and the customer's card with its bleed; or why there is none.
  @Test func showsWhatElseGoesToTheCustomer() throws {
    let studio = try Studio()
    func piece(_ query: String) throws -> [String: Any] { try studio.get("/api/bill?\(query)&page=1&count=6&scale=1.5").json }
    func why(_ query: String) throws -> String { try piece(query)["why"] as? String ?? "-" }
    let terms = try piece("bill=0&piece=terms")
    #expect(
      terms["isPiece"] as? Bool == true
        && terms["why"] as? String == "not enclosed with this bill: its rule 'undecided' has the terms in the bill")
    #expect(pictures(terms).count == terms["pageCount"] as? Int)
    #expect(try why("bill=0&piece=terms&rule=business").isEmpty)
    // The layout has been read by now.
    #expect(try studio.get("/api/state").json["pieces"] as? [String] == ["bill", "terms", "postcard", "email"])
    #expect((try piece("bill=0&piece=terms&rule=business")["facts"] as? [String: Any])?["kind"] as? String == "terms")
    let card = try piece("bill=0&piece=postcard&asOf=2027-01-22")
    #expect(card["isPiece"] as? Bool == true && card["pageCount"] as? Int == 2 && card["why"] as? String == "", "\(card)")
    #expect(card["bleed"] as? Double == 9 && card["width"] as? Double == 666 && card["height"] as? Double == 450)
    for address in pictures(card) { #expect(try size(try studio.get(address).body) == [999, 675]) }
    let facts = try #require(card["facts"] as? [String: Any])
    #expect(facts["kind"] as? String == "postcard" && (facts["card"] as? [String: Any])?["post"] as? String == "usps")
    #expect((facts["notice"] as? [String: Any])?["name"] as? String == "postcard")
    let map = try studio.get("/api/map?bill=0&piece=postcard&asOf=2027-01-22&page=2").json
    let side = try #require((map["pages"] as? [[String: Any]])?.first)
    #expect((side["zones"] as? [[String: Any]])?.isEmpty == false)
    let elements = map["elements"] as? [[String: Any]] ?? []
    #expect(elements.contains { ($0["file"] as? String)?.hasSuffix("postcard.xml") == true && ($0["line"] as? Int ?? 0) > 0 })
    #expect(try studio.get("/api/vector?bill=0&piece=postcard&asOf=2027-01-22&page=1").text.contains("<svg"))
    let pdf = try studio.get("/api/pdf?bill=0&piece=postcard&asOf=2027-01-22")
    #expect(pdf.status == 200 && pdf.headers["content-disposition"]?.contains("_postcard_specimen-serial.pdf") == true)
    // Who gets none, and why.
    #expect(try why("bill=0&piece=postcard").hasPrefix("no card: no rule of the campaign's postcard that sends one holds"))
    #expect(try why("bill=0&piece=postcard&asOf=2027-01-22&state=agreed").hasSuffix("the customer is 'agreed'"))
    #expect(
      try why("bill=0&piece=postcard&asOf=2026-10-01") == "no card before the campaign's first phase, which begins on 2026-11-01")
    #expect(
      try why("bill=0&piece=postcard&asOf=2027-01-22&delivery=electronic") == "no card goes out with a record whose bill would be rejected")
    #expect(try studio.get("/api/pdf?bill=0&piece=postcard").status == 409)
    #expect(try studio.get("/api/bill?bill=0&piece=letter").status == 400)
    // The e-mail: what it says, in two modes, and the file.
    let email = try piece("bill=0&piece=email")
    let message = try #require(email["message"] as? [String: Any], "\(email)")
    #expect(email["isPiece"] as? Bool == true && (email["facts"] as? [String: Any])?["kind"] as? String == "email")
    let headers = try #require(message["headers"] as? [[String: String]])
    #expect(headers.contains { $0["name"] == "To" && $0["value"] == "Ana Petrović <ana.petrovic@mail.example>" })
    let (light, dark) = (try studio.get(message["light"] as? String ?? ""), try studio.get(message["dark"] as? String ?? ""))
    for shown in [light, dark] {
      #expect(
        shown.status == 200 && shown.headers["content-type"] == "text/html; charset=utf-8" && shown.text.contains("Dear Ana Petrović"))
      let policy = shown.headers["content-security-policy"] ?? ""
      #expect(policy.hasPrefix("sandbox; default-src 'none';") && !policy.contains("script") && policy.contains("frame-ancestors 'self'"))
      #expect(
        !shown.text.contains("cid:") && shown.text.contains("src=\"data:image/png;base64,") && !shown.text.contains("prefers-color-scheme"))
    }
    #expect(light.text != dark.text && dark.text.contains("background:#121212"))
    // Neither a picture as a message nor a message as a picture.
    #expect(
      try studio.get((message["dark"] as? String ?? "").replacing("/message/", with: "/page/").replacing(".html", with: ".png")).status
        == 404)
    let file = try studio.get("/api/eml?bill=0&piece=email")
    #expect(file.status == 200 && file.headers["content-type"] == "message/rfc822" && file.text.contains("Subject: "))
    #expect(file.headers["content-disposition"]?.hasSuffix("_e-mail.eml\"") == true, "\(file.headers)")
    #expect(try studio.get("/api/pdf?bill=0&piece=email").status == 409 && studio.get("/api/eml?bill=0").status == 409)
    #expect(try why("bill=0&piece=email&state=paper").hasSuffix("that sends one holds; the customer is 'paper'"))
    #expect(try why("bill=7&piece=email").hasPrefix("no e-mail: no rule of the campaign's e-mail that sends one holds"))
    // The bill is what it was before its other pieces were looked at.
    let bill = try piece("bill=0")
    #expect(bill["piece"] as? String == "bill" && bill["bleed"] as? Double == 0)
  }

  @Test func scenariosChangeTheNoticeTheLanguageAndTheEdition() throws {
    let studio = try Studio()
    func facts(_ query: String) throws -> [String: Any] {
      try studio.get("/api/bill?bill=0&\(query)").json["facts"] as? [String: Any] ?? [:]
    }
    #expect((try facts("asOf=2027-02-10")["notice"] as? [String: Any])?["phase"] as? String == "final")
    #expect(try facts("asOf=2026-10-01")["notice"] is NSNull)
    func chosen(_ query: String) throws -> [String] {
      let facts = try facts(query)
      let notice = facts["notice"] as? [String: Any]
      return [facts["state"], facts["rule"], notice?["name"], facts["channel"]].map { $0 as? String ?? "-" }
    }
    #expect(try chosen("consent=given") == ["agreed", "agreed", "thanks", "print"])
    #expect(try chosen("delivery=electronic&consent=given") == ["agreed", "agreed", "thanks", "electronic"])
    #expect(try chosen("state=paper") == ["paper", "keeps-paper", "kept", "print"])
    #expect(try chosen("state=bounced&rule=agreed") == ["bounced", "agreed", "thanks", "print"])
    #expect(try chosen("rule=agreed&notice=none") == ["undecided", "agreed", "-", "print"])
    #expect(try chosen("state=agreed&notice=standard") == ["agreed", "agreed", "standard", "print"])
    // What neither campaign nor layout has chooses nothing.
    #expect(try chosen("rule=nobody&notice=nothing&variant=tiny&state=asleep") == ["undecided", "undecided", "standard", "print"])
    #expect(try facts("language=es-US")["language"] as? String == "es-US")
    #expect(try facts("format=large-print")["format"] as? String == "large-print")
    #expect((try facts("")["notice"] as? [String: Any])?["phase"] as? String == "announce")
    #expect(try studio.get("/api/bill?bill=0&asOf=yesterday").status == 400)
  }

  @Test func saveIsShownAndAFaultyOneIsExplainedUntilItIsMended() throws {
    let studio = try Studio()
    let before = try studio.get("/api/bill?bill=0").json
    let first = try studio.get(try #require(pictures(before).first)).body
    try studio.edit("layout/strings/en-US.yaml", "Amount due", "Sum to be paid")
    let after = try studio.wait("/api/bill?bill=0") { ($0["generation"] as? Int ?? 0) > (before["generation"] as? Int ?? 0) }
    #expect(after["status"] as? String == "shown")
    #expect(try studio.get(try #require(pictures(after).first)).body != first)

    try studio.edit("layout/layout.xml", "width=\"174.9mm\" height=\"4mm\"", "wid=\"174.9mm\" height=\"4mm\"")
    let broken = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "refused" }
    let finding = try #require((broken["findings"] as? [[String: Any]])?.first)
    #expect(finding["severity"] as? String == "error")
    let place = try #require(finding["place"] as? [String: Any])
    #expect((place["file"] as? String)?.hasSuffix("layout.xml") == true)
    #expect((place["line"] as? Int ?? 0) > 1 && (place["column"] as? Int ?? 0) > 1)
    let excerpt = try #require(place["excerpt"] as? [String: Any])
    #expect(excerpt["line"] as? Int == place["line"] as? Int && excerpt["length"] as? Int == 3)
    #expect((excerpt["text"] as? String)?.dropFirst(excerpt["start"] as? Int ?? 0).hasPrefix("wid=") == true)
    #expect((place["absolutePath"] as? String)?.hasSuffix("/layout/layout.xml") == true)

    try studio.edit("layout/layout.xml", "wid=\"174.9mm\" height=\"4mm\"", "width=\"174.9mm\" height=\"4mm\"")
    let mended = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "shown" }
    #expect(mended["isPiece"] as? Bool == true)
  }

  @Test func changeOfDataOrCampaignIsShown() throws {
    let studio = try Studio()
    #expect((try studio.get("/api/bill?bill=0").json["record"] as? [String: Any])?["name"] as? String == "Ana Petrović")
    try studio.edit("bills.jsonl", "Ana Petrović", "Anna Peters")
    let bill = try studio.wait("/api/bill?bill=0") { ($0["record"] as? [String: Any])?["name"] as? String == "Anna Peters" }
    #expect((bill["record"] as? [String: Any])?["name"] as? String == "Anna Peters")
    try studio.edit("campaign/campaign.yaml", "announce: 2026-11-01", "announce: 2026-12-01")
    let without = try studio.wait("/api/bill?bill=0") { ($0["facts"] as? [String: Any])?["notice"] is NSNull }
    #expect((without["facts"] as? [String: Any])?["notice"] is NSNull)
  }

  @Test func changeOfAPartAPictureOrTheTermsIsShown() throws {
    let studio = try Studio()
    for (file, old, new, page) in [
      ("layout/parts/contact.xml", "gap=\"0.5pt\"", "gap=\"3pt\"", 1), ("layout/images/larkspur.svg", "#084F3B", "#7A1F3D", 1),
      ("campaign/terms/2027-03.en.md", "We charge no late", "There is never a late", 3),
    ] {
      let before = try studio.get("/api/bill?bill=0&page=\(page)").json
      let picture = try studio.get(try #require(pictures(before).first)).body
      try studio.edit(file, old, new)
      let after = try studio.wait("/api/bill?bill=0&page=\(page)") { ($0["generation"] as? Int ?? 0) > (before["generation"] as? Int ?? 0) }
      #expect(after["status"] as? String == "shown", "\(file)")
      #expect(try studio.get(try #require(pictures(after).first)).body != picture, "\(file)")
    }
  }

  @Test func changeOfTheFontsIsNoticed() throws {
    let studio = try Studio()
    #expect(try studio.get("/api/bill?bill=0").json["status"] as? String == "shown")
    try FileManager.default.createDirectory(atPath: studio.path("layout/fonts"), withIntermediateDirectories: true)
    try Data("no font".utf8).write(to: URL(fileURLWithPath: studio.path("layout/fonts/broken.otf")))
    let broken = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "refused" }
    #expect((broken["findings"] as? [[String: Any]])?.first?["id"] as? String == "not-a-font")
    try FileManager.default.removeItem(atPath: studio.path("layout/fonts/broken.otf"))
    let mended = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "shown" }
    #expect(mended["isPiece"] as? Bool == true)
  }

  @Test func findsRecordsExtremesAndProblems() throws {
    let studio = try Studio()
    let state = try studio.wait("/api/state") { ($0["data"] as? [String: Any])?["isDone"] as? Bool == true }
    #expect((state["data"] as? [String: Any])?["count"] as? Int == 40)
    for query in ["petrovi%C4%87", "4400-1000", "131.23"] {
      let found = try studio.get("/api/search?q=\(query)").json["records"] as? [[String: Any]] ?? []
      #expect(found.contains { $0["bill"] as? Int == 0 })
    }
    let extremes = try studio.get("/api/extremes").json["extremes"] as? [[String: Any]] ?? []
    let kinds = Set(extremes.compactMap { $0["kind"] as? String })
    #expect(
      kinds.isSuperset(of: [
        "longest-name", "most-lines", "largest", "smallest", "credit", "zero", "longest-word", "right-to-left", "language",
      ]))
    let picture = try studio.get("/api/thumbnail?bill=\(extremes.first?["bill"] as? Int ?? 0)").json
    let png = try studio.get(try #require(pictures(picture).first))
    #expect(png.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let problems = try studio.wait("/api/problems", seconds: 60) { $0["isDone"] as? Bool == true }
    #expect(problems["done"] as? Int == 40)
    let group = try #require((problems["groups"] as? [[String: Any]])?.first)
    #expect((group["count"] as? Int ?? 0) > 0)
    #expect((group["bills"] as? [Int])?.isEmpty == false)
  }

  @Test func foreignHostsOriginsAndMethodsAreRefused() throws {
    let studio = try Studio()
    let port = studio.port
    for host in ["evil.example", "evil.example:\(port)", "127.0.0.1", "127.0.0.1:1", "192.168.0.1:\(port)"] {
      #expect(try RawAnswer.get("/api/state", at: studio.address, host: host).status == 421)
    }
    #expect(try RawAnswer.get("/", at: studio.address, host: "localhost:\(port)").status == 200)
    for origin in ["http://evil.example", "null", "https://127.0.0.1:\(port)", "http://127.0.0.1:\(port).evil.example"] {
      #expect(try RawAnswer.get("/api/state", at: studio.address, more: ["Origin: \(origin)"]).status == 403)
    }
    #expect(try RawAnswer.get("/api/state", at: studio.address, more: ["Origin: http://127.0.0.1:\(port)"]).status == 200)
    #expect(try RawAnswer.get("/page/x/1/1.png", at: studio.address, more: ["Sec-Fetch-Site: cross-site"]).status == 403)
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
      #expect(try RawAnswer.get("/api/state", at: studio.address, method: method).status == 405)
    }
  }

  @Test func previewIsItsUsersAlone() throws {
    let studio = try Studio()
    let (port, address) = (studio.port, studio.address)
    let bill = try studio.get("/api/bill?bill=0").json
    let picture = try #require(pictures(bill).first)
    let wrong = String(repeating: "0", count: 32)
    // Whoever does not know the secret: nothing at all, whether it is there or not.
    for target in [
      "/", "/preview.css", "/preview.js", "/icon.svg", "/favicon.ico", "/api/state", "/api/events", "/api/bill?bill=0", "/api/pdf?bill=0",
      "/api/records", "/api/search?q=a", picture, "/page/x/1/1.png", "/nothing", "/?key=", "/?key=\(wrong)", "/?key=\(address.secret)0",
      "/?key=\(address.secret.dropLast())", "/?key=\(address.secret.uppercased())x", "/api/state?key=\(address.secret)",
      "/preview.js?key=\(address.secret)", "/?kez=\(address.secret)", "*",
    ] {
      let answer = try RawAnswer.get(target, port: port)
      #expect(answer.status == 403, "\(target): \(answer.status)")
      #expect(answer.headers["set-cookie"] == nil && !answer.text.contains(address.secret), "\(target)")
      #expect(answer.headers["referrer-policy"] == "no-referrer")
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"] {
      #expect(try RawAnswer.get("/api/state", port: port, method: method).status == 403)
      if method != "HEAD" { #expect(try RawAnswer.get(address.link, port: port, method: method).status == 403) }
    }
    for host in ["evil.example:\(port)", "127.0.0.1"] {
      let answer = try RawAnswer.get(address.link, port: port, host: host)
      #expect(answer.status == 403 && answer.headers["set-cookie"] == nil)
    }
    for cookie in [
      "billfold-\(port)=\(wrong)", "billfold-\(port)=", "billfold-\(port)", "billfold-1=\(address.secret)", "billfold=\(address.secret)",
      "xbillfold-\(port)=\(address.secret)", "BILLFOLD-\(port)=\(address.secret)", "billfold-\(port)=\(address.secret)x", ";;=;",
      "a=billfold-\(port)=\(address.secret)",
    ] {
      #expect(try RawAnswer.get("/api/state", port: port, more: ["Cookie: \(cookie)"]).status == 403, "\(cookie)")
    }
    // By the link, and again by the link, as long as the preview runs.
    for _ in 0..<2 {
      let answer = try RawAnswer.get(address.link, port: port)
      #expect(answer.status == 303)
      #expect(answer.headers["location"] == "/")
      #expect(answer.headers["set-cookie"] == "billfold-\(port)=\(address.secret); Path=/; HttpOnly; SameSite=Strict")
      #expect(answer.headers["cache-control"] == "no-store" && answer.headers["referrer-policy"] == "no-referrer")
      #expect(!answer.text.contains(address.secret))
    }
    // From a page of another site a redirect would come without the cookie.
    let foreign = try RawAnswer.get(address.link, port: port, more: ["Sec-Fetch-Site: cross-site"])
    #expect(foreign.status == 200 && foreign.headers["set-cookie"] != nil && foreign.text.contains("url=/"))
    #expect(!foreign.text.contains(address.secret))
    for cookie in ["a=b; billfold-\(port)=\(address.secret); c=d", "billfold-\(port)=\(wrong); billfold-\(port)=\(address.secret)"] {
      #expect(try RawAnswer.get("/api/state", port: port, more: ["Cookie: \(cookie)"]).status == 200)
    }
    #expect(try RawAnswer.get("/api/state", port: port, more: ["Cookie: a=b", address.cookie]).status == 200)
    // The link of an earlier preview, in a browser that knows this one.
    #expect(try studio.get("/?key=\(wrong)").headers["location"] == "/")
    // Each has a secret of its own, and several run at once.
    let other = try Studio()
    #expect(other.address.secret != address.secret)
    #expect(try RawAnswer.get("/api/state", port: other.port, more: [address.cookie]).status == 403)
    #expect(
      try RawAnswer.get("/api/state", port: other.port, more: [address.cookie + "; billfold-\(other.port)=\(address.secret)"]).status == 403
    )
    #expect(try RawAnswer.get("/api/state", port: other.port, more: [address.cookie, other.address.cookie]).status == 200)
  }

  @Test func nothingButThePreviewHasAnAddress() throws {
    let studio = try Studio()
    for path in [
      "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page/../../etc/passwd", "/page/1/../../../etc/passwd", "/layout.xml", "/key",
      "//etc/passwd", "/page/x/1/1.png", "/page/x/-1/1.png", "/api/nothing", "/api/bill?bill=99999",
    ] {
      let answer = try studio.get(path)
      #expect(answer.status == 404, "\(path)")
      #expect(!answer.text.contains("root:"))
    }
    let page = try studio.get("/")
    #expect(page.headers["content-security-policy"]?.contains("default-src 'none'") == true)
    #expect(page.headers["x-content-type-options"] == "nosniff")
  }

  @Test func linkOutOfTheLayoutFolderIsNotFollowed() throws {
    let studio = try Studio()
    let secret = studio.path("secret.yaml")
    try "account: stolen-words\n".write(toFile: secret, atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: studio.path("layout/strings/en-US.yaml"))
    try FileManager.default.createSymbolicLink(atPath: studio.path("layout/strings/en-US.yaml"), withDestinationPath: secret)
    let broken = try studio.wait("/api/bill?bill=0") { $0["status"] as? String == "refused" }
    #expect(broken["status"] as? String == "refused")
    #expect(!"\(broken)".contains("stolen-words"))
  }

  @Test func slowAndSilentClientsHoldNobodyUp() throws {
    let studio = try Studio()
    let silent = try (0..<20).map { _ in try RawConnection(port: studio.port) }
    for connection in silent { connection.send("GET /api/state HTTP/1.1\r\nHos") }
    let page = try #require(pictures(try studio.get("/api/bill?bill=1").json).first)
    let deaf = try (0..<10).map { _ in try RawConnection(port: studio.port) }
    for connection in deaf { connection.send("GET \(page) HTTP/1.1\r\n\(studio.address.head)\r\n") }
    let start = Date()
    #expect(try studio.get("/api/state").status == 200)
    #expect(Date().timeIntervalSince(start) < 5)
    withExtendedLifetime((silent, deaf)) {}
  }

  @Test func workerThatEndsIsReplaced() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    let workers = studio.workers
    #expect(!workers.isEmpty)
    for worker in workers { kill(worker, SIGKILL) }
    let bill = try studio.wait("/api/bill?bill=1") { $0["status"] as? String == "shown" }
    #expect(bill["status"] as? String == "shown")
    #expect(studio.isRunning)
  }

  @Test func portInUseIsAClearError() throws {
    let studio = try Studio()
    var arguments = studio.arguments
    arguments[arguments.count - 1] = String(studio.port)
    let second = try Studio.run(arguments)
    #expect(second.code == 74)
    #expect(second.errors.contains("port \(studio.port) is in use"))
  }

  @Test func dataThatIsNotThereIsAClearError() throws {
    let studio = try Studio(starts: false)
    var arguments = studio.arguments
    arguments[4] = studio.path("nothing.jsonl")
    let run = try Studio.run(arguments)
    #expect(run.code == 66)
    #expect(run.errors.contains("nothing.jsonl"))
  }

  @Test func eventsTellOfASave() throws {
    let studio = try Studio()
    _ = try studio.get("/api/bill?bill=0")
    let connection = try RawConnection(port: studio.port)
    connection.send("GET /api/events HTTP/1.1\r\n\(studio.address.head)\r\n")
    _ = connection.read { $0.firstRange(of: Array("retry:".utf8)) != nil }
    try studio.edit("layout/strings/en-US.yaml", "Amount due", "To pay")
    let told = connection.read { $0.firstRange(of: Array("event: layout".utf8)) != nil }
    #expect(String(decoding: told, as: UTF8.self).contains("event: changed"))
  }
}
