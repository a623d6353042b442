internal import Foundation
internal import NIOHTTP1

/// A request as the preview answers it: one without a body.
struct HTTPRequest: Sendable {
  let method: String
  /// As sent: path and query.
  let target: String
  /// Not decoded and not shortened: an address of ours needs neither.
  let path: String
  /// Whether a body follows, which nobody reads.
  let hasBody: Bool
  /// Whether two hosts are named, which would be one for the gate and another for whoever comes after it.
  let isAmbiguous: Bool
  private let head: HTTPRequestHead
  private let items: [URLQueryItem]

  init(_ head: HTTPRequestHead) {
    self.head = head
    (method, target) = (head.method.rawValue, head.uri)
    let cut = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    path = String(target[..<cut])
    var components = URLComponents()
    // Browsers write a space of a query as a plus sign (WHATWG URL, 5.2).
    components.percentEncodedQuery = cut == target.endIndex ? nil : HTTPRequest.encoded(target[target.index(after: cut)...])
    items = components.queryItems ?? []
    hasBody = head.headers.contains(name: "transfer-encoding") || head.headers["content-length"].contains { $0 != "0" }
    isAmbiguous = head.headers["host"].count > 1
  }

  /// The first value of that name in the query, decoded.
  subscript(query name: String) -> String? { items.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }

  /// What stands behind `/?key=`; `nil` for any other address.
  var key: String? { path == "/" ? self[query: "key"] : nil }

  /// The values of a header that may stand several times.
  func headers(_ name: String) -> [String] { head.headers[name] }

  /// The value of a header.
  func header(_ name: String) -> String? { head.headers.first(name: name) }

  /// A query in which everything that may not stand in one is escaped, since `URLComponents` ends the program over it.
  private static func encoded(_ query: Substring) -> String {
    let allowed = CharacterSet.urlQueryAllowed.union(CharacterSet(charactersIn: "%"))
    let spaced = query.replacingOccurrences(of: "+", with: "%20")
    guard let escaped = spaced.addingPercentEncoding(withAllowedCharacters: allowed) else { return "" }
    // A percent sign without two hexadecimal digits stands for itself.
    return escaped.replacing(#/%(?![0-9A-Fa-f]{2})/#, with: "%25")
  }
}
