internal import Billing
internal import Consents
internal import Contract
internal import Dates
internal import Foundation
internal import NIOHTTP1
internal import Synchronization

/// Answers requests: the page's own files, pictures, PDFs, JSON. Nothing else has an address.
final class PreviewSite: Sendable {
  /// Longer addresses are refused; the longest of ours is a search.
  ///
  /// - Stops: an address of megabytes.
  private static let targetLimit = 4_096
  /// Entries of a list that one request may ask for; the page asks for 50.
  ///
  /// - Stops: a request for millions of bills at once.
  private static let entryLimit = 500
  /// The highest page of a bill that may be asked for: more than a bill of the most charge lines has.
  ///
  /// - Stops: numbers that overflow where pages are counted.
  private static let pageLimit = 100_000

  private let secret: PreviewSecret
  /// What answers; `nil` until the preview is ready.
  private let open = Mutex<(hub: PreviewHub, gate: RequestGate)?>(nil)

  /// A site that only those can see who know the secret.
  init(_ secret: PreviewSecret) { self.secret = secret }

  /// Lets requests in.
  func open(_ hub: PreviewHub, gate: RequestGate) { open.withLock { $0 = (hub, gate) } }

  /// The answer to a request.
  func answer(_ request: HTTPRequest) async -> HTTPResponse {
    guard let (hub, gate) = open.withLock({ $0 }) else { return PreviewSite.plain(.serviceUnavailable, "not ready") }
    let isKnown = secret.isHeld(by: request.headers("cookie"), port: gate.port)
    if let key = request.key, request.method == "GET", gate.isOurs(request.header("host")), !request.isAmbiguous {
      if secret.isSecret(key) { return welcome(request, gate.port) }
      // The link of an earlier preview, opened by someone who has that of this one.
      if isKnown { return PreviewSite.redirect() }
    }
    guard isKnown else {
      return PreviewSite.plain(.forbidden, "this is somebody's preview; open it by the whole address that 'billfold preview' has printed")
    }
    // One host for the gate and another for whoever comes after it would be none.
    guard !request.isAmbiguous else { return PreviewSite.plain(.badRequest, "more than one host is named") }
    let refusal = gate.refusal(
      method: request.method, host: request.header("host"), origin: request.header("origin"), fetchSite: request.header("sec-fetch-site"),
      isPage: request.path == "/")
    switch refusal {
    case .method:
      var response = PreviewSite.plain(.methodNotAllowed, "only GET is offered")
      response.headers.append(("Allow", "GET"))
      return response
    case .host: return PreviewSite.plain(.misdirectedRequest, "this is another host")
    case .origin: return PreviewSite.plain(.forbidden, "requests of other sites are refused")
    case nil: break
    }
    guard !request.hasBody else { return PreviewSite.plain(.payloadTooLarge, "a request has no body here") }
    guard request.target.utf8.count <= PreviewSite.targetLimit else {
      return PreviewSite.plain(.badRequest, "the address is too long")
    }
    if let file = PageFiles.file(request.path) { return PreviewSite.answer(file.bytes, type: file.type) }
    if request.path.hasPrefix("/page/") { return await picture(request.path, ".png", hub) }
    if request.path.hasPrefix("/message/") { return await picture(request.path, ".html", hub) }
    return await api(request, hub)
  }

  /// `/page/RUN/ID/PAGE.png`, or `/message/RUN/ID/MODE.html`, made with an answer before.
  private func picture(_ path: String, _ suffix: String, _ hub: PreviewHub) async -> HTTPResponse {
    let parts = path.split(separator: "/")
    guard parts.count == 4, parts[1] == hub.run, let id = Int(parts[2]), parts[3].hasSuffix(suffix),
      let page = Int(parts[3].dropLast(suffix.utf8.count)), let picture = await hub.picture(id, page: page),
      // Neither is ever given out as the other.
      picture.starts(with: [0x89, 0x50, 0x4E, 0x47]) == (suffix == ".png")
    else { return PreviewSite.notFound }
    guard suffix == ".png" else {
      return PreviewSite.answer(picture, type: "text/html; charset=utf-8", isLasting: true, policy: Policy.message)
    }
    return PreviewSite.answer(picture, type: "image/png", isLasting: true)
  }

  /// The numbers of a query, within bounds.
  private struct Numbers {
    let request: HTTPRequest

    func whole(_ name: String, _ range: ClosedRange<Int>, _ otherwise: Int) -> Int {
      request[query: name].flatMap { Int($0) }.map { min(max($0, range.lowerBound), range.upperBound) } ?? otherwise
    }

    /// Pixels to a point.
    var scale: Double {
      guard let scale = request[query: "scale"].flatMap({ Double($0) }), scale.isFinite else { return 1 }
      return min(max(scale, 0.05), 12)
    }
    var page: Int { whole("page", 1...PreviewSite.pageLimit, 1) }
    /// Whether the address names this run of the server, so that no other can ever have given another answer to it.
    func isOfRun(_ run: String) -> Bool { request[query: "run"] == run }
    /// The generation a picture must be of.
    var generation: Int? { request[query: "generation"].flatMap { Int($0) } }
  }

  private func api(_ request: HTTPRequest, _ hub: PreviewHub) async -> HTTPResponse {
    let numbers = Numbers(request: request)
    guard let scenario = PreviewSite.scenario(request) else { return PreviewSite.plain(.badRequest, "'asOf' must be a date, YYYY-MM-DD") }
    guard let bill = BillName(request[query: "bill"] ?? "0") else {
      return PreviewSite.plain(.badRequest, "'bill' must be a number from 0")
    }
    guard let kind = PieceKind(rawValue: request[query: "piece"] ?? PieceKind.bill.rawValue), ShownPiece.kinds.contains(kind) else {
      return PreviewSite.plain(.badRequest, "'piece' must be bill, terms, postcard or email")
    }
    let piece = ShownPiece(bill: bill, scenario: scenario, kind: kind)
    let (page, scale) = (numbers.page, numbers.scale)
    switch request.path {
    case "/api/state": return PreviewSite.json(await hub.state())
    case "/api/bill":
      let pages = page...page + numbers.whole("count", 1...PreviewHub.pageLimit, 1) - 1
      return PreviewSite.json(await hub.piece(piece, pages: pages, scale: scale))
    case "/api/thumbnail": return PreviewSite.json(await hub.thumbnail(piece, page: page, scale: min(scale, 2)))
    case "/api/picture", "/api/vector", "/api/map":
      return await part(request.path, piece, numbers, isQuiet: request[query: "quiet"] == "1", hub)
    case "/api/records":
      return PreviewSite.json(
        await hub.records(
          from: numbers.whole("start", 0...RecordIndex.recordLimit, 0), count: numbers.whole("count", 0...Self.entryLimit, 50)))
    case "/api/search":
      return PreviewSite.json(await hub.search(request[query: "q"] ?? "", limit: numbers.whole("limit", 0...Self.entryLimit, 50)))
    case "/api/extremes": return PreviewSite.json(await hub.extremes())
    case "/api/problems": return PreviewSite.json(await hub.problemList())
    case "/api/events":
      let headers = PreviewSite.headers("text/event-stream") + [("Cache-Control", "no-store")]
      return HTTPResponse(status: .ok, headers: headers, body: .events(hub.events.subscribe()))
    case "/api/pdf", "/api/eml":
      let isMessage = request.path == "/api/eml"
      guard isMessage == (kind == .email), let (file, name) = await hub.file(piece) else {
        return PreviewSite.plain(
          .conflict, "this \(kind.traits.noun) would not be made; there is no \(isMessage ? "message" : "PDF") of it")
      }
      var response = PreviewSite.answer(file, type: isMessage ? "message/rfc822" : "application/pdf")
      response.headers.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
      return response
    default: return PreviewSite.notFound
    }
  }

  /// A page's picture, SVG or source map, made now.
  private func part(
    _ path: String, _ piece: ShownPiece, _ numbers: Numbers, isQuiet: Bool, _ hub: PreviewHub
  ) async -> HTTPResponse {
    let (output, type): (PreviewRequest.Output, String) =
      switch path {
      case "/api/picture": (.picture(page: numbers.page, scale: numbers.scale), "image/png")
      case "/api/vector": (.vector(page: numbers.page), "image/svg+xml")
      default: (.sourceMap(page: numbers.page), "application/json")
      }
    let generation = numbers.generation
    guard let bytes = await hub.part(piece, output, generation: generation, isQuiet: isQuiet) else {
      guard let generation, await hub.generation != generation else { return PreviewSite.notFound }
      // Nothing is wrong: the page asks anew as soon as it hears of the change.
      return HTTPResponse(status: .noContent, headers: PreviewSite.headers("text/plain; charset=utf-8"), body: .bytes([]))
    }
    return PreviewSite.answer(bytes, type: type, isLasting: generation != nil && numbers.isOfRun(hub.run))
  }

  private static func scenario(_ request: HTTPRequest) -> PreviewScenario? {
    func text(_ name: String) -> String? { request[query: name].flatMap { $0.isEmpty ? nil : String($0.prefix(64)) } }
    var scenario = PreviewScenario(
      language: text("language"), delivery: text("delivery").flatMap(Bill.Delivery.init(rawValue:)),
      consent: text("consent").flatMap(PreviewScenario.Consent.init(rawValue:)), format: text("format").flatMap(Bill.Format.init(rawValue:))
    )
    scenario.state = text("state").flatMap(CustomerState.init(rawValue:))
    (scenario.rule, scenario.notice, scenario.variant) = (text("rule"), text("notice"), text("variant"))
    if let asOf = text("asOf") {
      guard let day = PlainDate(asOf) else { return nil }
      scenario.asOf = day
    }
    return scenario
  }

  // MARK: Coming in

  /// Lets in whoever came by the link: from here on the cookie says so, and the secret goes from the address.
  private func welcome(_ request: HTTPRequest, _ port: UInt16) -> HTTPResponse {
    var response: HTTPResponse
    switch request.header("sec-fetch-site") {
    case nil, "none", "same-origin": response = PreviewSite.redirect()
    default:
      // A link on another site's page. A redirect would go on being its request, and have no strict cookie; a page of ours asks for itself.
      response = PreviewSite.plain(.ok, #"<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Preview</title>"#)
      response.headers[0].1 = "text/html; charset=utf-8"
    }
    response.headers += [("Set-Cookie", secret.cookie(port: port)), ("Cache-Control", "no-store")]
    return response
  }

  private static func redirect() -> HTTPResponse {
    var response = plain(.seeOther, "the preview is at '/'")
    response.headers += [("Location", "/"), ("Cache-Control", "no-store")]
    return response
  }

  // MARK: Answers

  /// What a browser may do with an answer.
  private enum Policy {
    static let page =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
      + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    static let picture = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    /// An e-mail's: no script, nothing fetched, nothing sent, and no place but a frame of the page, whatever a layout's templates hold.
    static let message =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
  }

  private static func headers(_ type: String, policy: String? = nil) -> [(String, String)] {
    let policy = policy ?? (type == "image/svg+xml" ? Policy.picture : Policy.page)
    return [
      ("Content-Type", type), ("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", policy),
    ]
  }

  private static func answer(_ bytes: [UInt8], type: String, isLasting: Bool = false, policy: String? = nil) -> HTTPResponse {
    let caching = isLasting ? "private, max-age=3600, immutable" : "no-store"
    return HTTPResponse(status: .ok, headers: headers(type, policy: policy) + [("Cache-Control", caching)], body: .bytes(bytes))
  }

  private static func json(_ bytes: [UInt8]?) -> HTTPResponse { bytes.map { answer($0, type: "application/json") } ?? notFound }

  private static func plain(_ status: HTTPResponseStatus, _ text: String) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers("text/plain; charset=utf-8"), body: .bytes(Array((text + "\n").utf8)))
  }

  private static var notFound: HTTPResponse { plain(.notFound, "there is nothing here") }
}
