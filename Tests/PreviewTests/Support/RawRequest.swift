import Foundation
import Glibc

/// A request byte by byte, so that hosts, origins and paths can be as wrong as an attacker writes them.
final class RawConnection {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    // A server that does not read must not hold the test up.
    limit.tv_sec = 20
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard result == 0 else { throw Refused() }
  }

  deinit { close(descriptor) }

  struct Refused: Error {}

  /// Sends a text; `false` if the server takes no more of it.
  @discardableResult func send(_ text: String) -> Bool { send(bytes: Array(text.utf8)) }

  @discardableResult func send(bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) } == bytes.count
  }

  /// Reads until `isEnough` or the end.
  func read(until isEnough: ([UInt8]) -> Bool) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isEnough(all) {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 { break }
      all += buffer[..<count]
    }
    return all
  }
}

/// An answer to a request.
struct RawAnswer {
  var status: Int
  var headers: [String: String]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
  var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }

  /// Sends a request as written and reads the answer.
  ///
  /// - Parameter address: What the preview printed; its user's cookie is sent along.
  static func get(
    _ target: String, at address: PreviewAddress, host: String? = nil, method: String = "GET", more: [String] = []
  ) throws -> RawAnswer {
    try get(target, port: address.port, host: host, method: method, more: [address.cookie] + more)
  }

  /// The same without a cookie.
  static func get(_ target: String, port: UInt16, host: String? = nil, method: String = "GET", more: [String] = []) throws -> RawAnswer {
    let connection = try RawConnection(port: port)
    let lines = ["\(method) \(target) HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close"] + more
    connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    let all = connection.read { bytes in
      guard let (headers, start) = head(bytes), let length = headers["content-length"].flatMap({ Int($0) }) else { return false }
      return bytes.count - start >= length
    }
    guard let (headers, start) = head(all) else { throw RawConnection.Refused() }
    let status = Int(String(decoding: all.prefix(16), as: UTF8.self).split(separator: " ")[1]) ?? 0
    return RawAnswer(status: status, headers: headers, body: Array(all[start...]))
  }

  private static func head(_ bytes: [UInt8]) -> (headers: [String: String], bodyStart: Int)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    var headers: [String: String] = [:]
    for line in String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n").dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    return (headers, end.upperBound)
  }
}

/// What a preview has printed when it began to listen: `preview: http://127.0.0.1:PORT/?key=SECRET`.
struct PreviewAddress {
  let port: UInt16
  /// Path and query that open the page.
  let link: String
  let secret: String

  /// Reads the line; `nil` for anything else.
  init?(_ line: String) {
    guard let match = line.wholeMatch(of: #/preview: http:\/\/127\.0\.0\.1:([0-9]+)(\/\?key=([0-9a-f]{32}))\n/#), let port = UInt16(match.1)
    else {
      return nil
    }
    (self.port, link, secret) = (port, String(match.2), String(match.3))
  }

  /// The whole address.
  var text: String { "http://127.0.0.1:\(port)\(link)" }
  /// The header by which a browser says that it has come by the link.
  var cookie: String { "Cookie: billfold-\(port)=\(secret)" }
  /// The headers every request of the page has.
  var head: String { "Host: 127.0.0.1:\(port)\r\n\(cookie)\r\n" }
}
