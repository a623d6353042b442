internal import Dates
internal import FlyingFox
internal import FlyingSocks
internal import Foundation

/// Answers requests: the page's own files, pictures, PDFs, JSON. Nothing else has an address.
///
/// `@unchecked Sendable`: what changes is guarded by `lock`.
final class PreviewSite: HTTPHandler, @unchecked Sendable {
  /// Longer addresses are refused; the longest of ours is a search.
  private static let targetLimit = 4_096

  private let lock = NSLock()
  private var open: (hub: PreviewHub, gate: RequestGate)?

  /// Lets requests in.
  func open(_ hub: PreviewHub, gate: RequestGate) { lock.withLock { open = (hub, gate) } }

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard let (hub, gate) = lock.withLock({ open }) else { return PreviewSite.plain(.serviceUnavailable, "not ready") }
    let refusal = gate.refusal(
      method: request.method.rawValue, host: request.headers[.host], origin: request.headers[HTTPHeader("Origin")],
      fetchSite: request.headers[HTTPHeader("Sec-Fetch-Site")], isPage: request.path == "/")
    switch refusal {
    case .method: return PreviewSite.plain(.methodNotAllowed, "only GET is offered")
    case .host: return PreviewSite.plain(HTTPStatusCode(421, phrase: "Misdirected Request"), "this is another host")
    case .origin: return PreviewSite.plain(.forbidden, "requests of other sites are refused")
    case nil: break
    }
    guard request.target.rawValue.utf8.count <= PreviewSite.targetLimit else {
      return PreviewSite.plain(.badRequest, "the address is too long")
    }
    if let file = PageFiles.file(request.path) { return PreviewSite.answer(file.bytes, type: file.type) }
    if request.path.hasPrefix("/page/") { return await picture(request.path, hub) }
    return await api(request, hub)
  }

  private func picture(_ path: String, _ hub: PreviewHub) async -> HTTPResponse {
    let parts = path.split(separator: "/")
    guard parts.count == 3, let id = Int(parts[1]), let page = Int(parts[2].prefix { $0 != "." }),
      let picture = await hub.picture(id, page: page)
    else { return PreviewSite.notFound }
    return PreviewSite.answer(picture.bytes, type: picture.type, isLasting: true)
  }

  private func api(_ request: HTTPRequest, _ hub: PreviewHub) async -> HTTPResponse {
    let query = request.query
    func number(_ name: String, _ range: ClosedRange<Int>, _ otherwise: Int) -> Int {
      query[name].flatMap { Int($0) }.map { min(max($0, range.lowerBound), range.upperBound) } ?? otherwise
    }
    let bill = number("bill", 0...RecordIndex.recordLimit, 0)
    let page = number("page", 1...100_000, 1)
    guard let scenario = PreviewSite.scenario(query) else { return PreviewSite.plain(.badRequest, "'asOf' must be a date, YYYY-MM-DD") }
    switch request.path {
    case "/api/state": return PreviewSite.json(await hub.state())
    case "/api/bill": return await hub.bill(bill, scenario, first: page).map { PreviewSite.json($0) } ?? PreviewSite.notFound
    case "/api/thumbnail": return await hub.thumbnail(bill, scenario, page: page).map { PreviewSite.json($0) } ?? PreviewSite.notFound
    case "/api/map": return await hub.sourceMap(number("id", 0...Int.max, 0)).map { PreviewSite.json($0) } ?? PreviewSite.notFound
    case "/api/records":
      return PreviewSite.json(await hub.records(from: number("start", 0...RecordIndex.recordLimit, 0), count: number("count", 0...500, 50)))
    case "/api/search": return PreviewSite.json(await hub.search(query["q"] ?? "", limit: number("limit", 0...500, 50)))
    case "/api/extremes": return PreviewSite.json(await hub.extremes())
    case "/api/problems": return PreviewSite.json(await hub.problemList())
    case "/api/events":
      guard let stream = hub.events.subscribe() else { return PreviewSite.plain(.serviceUnavailable, "too many pages are open") }
      var headers = PreviewSite.headers("text/event-stream")
      headers[.cacheControl] = "no-store"
      return HTTPResponse(statusCode: .ok, headers: headers, body: HTTPBodySequence(from: stream))
    case "/api/pdf":
      guard let (pdf, name) = await hub.pdf(bill, scenario) else {
        return PreviewSite.plain(HTTPStatusCode(409, phrase: "Conflict"), "this bill would be rejected; there is no PDF of it")
      }
      var response = PreviewSite.answer(pdf, type: "application/pdf")
      response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
      return response
    default: return PreviewSite.notFound
    }
  }

  private static func scenario(_ query: [HTTPRequest.QueryItem]) -> PreviewScenario? {
    func text(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : String($0.prefix(64)) } }
    var scenario = PreviewScenario(
      language: text("language"), delivery: text("delivery"), consent: text("consent").flatMap(PreviewScenario.Consent.init(rawValue:)),
      format: text("format"))
    if let asOf = text("asOf") {
      guard let day = PlainDate(asOf) else { return nil }
      scenario.asOf = day
    }
    return scenario
  }

  // MARK: Answers

  private static func headers(_ type: String) -> HTTPHeaders {
    var headers = HTTPHeaders()
    headers[.contentType] = type
    headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
    headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
    headers[HTTPHeader("Referrer-Policy")] = "no-referrer"
    headers[HTTPHeader("Content-Security-Policy")] =
      type == "image/svg+xml"
      ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
      : "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'none'"
    return headers
  }

  private static func answer(_ bytes: [UInt8], type: String, isLasting: Bool = false) -> HTTPResponse {
    var headers = headers(type)
    headers[.cacheControl] = isLasting ? "private, max-age=3600, immutable" : "no-store"
    return HTTPResponse(statusCode: .ok, headers: headers, body: HTTPBodySequence(data: Data(bytes), suggestedBufferSize: 1 << 16))
  }

  private static func json(_ bytes: [UInt8]) -> HTTPResponse { answer(bytes, type: "application/json") }

  private static func plain(_ code: HTTPStatusCode, _ text: String) -> HTTPResponse {
    HTTPResponse(statusCode: code, headers: headers("text/plain; charset=utf-8"), body: Data((text + "\n").utf8))
  }

  private static var notFound: HTTPResponse { plain(.notFound, "there is nothing here") }
}
