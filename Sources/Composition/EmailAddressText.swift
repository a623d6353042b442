internal import Diagnostics
internal import Encodings
internal import LayoutLanguage

/// Where a link of a message leads.
enum EmailAddressText {
  /// An address, as it may stand behind a link.
  ///
  /// - Parameter range: What is pointed to.
  /// - Throws: `email-link`, where it is none that begins with https, mailto or tel.
  static func checked(_ text: String, at range: SourceRange?) throws(Diagnostic) -> String {
    let address = text.trimmed
    let lower = String(decoding: address.utf8.prefix(16), as: UTF8.self).lowercased()
    let rest = ["https://", "mailto:", "tel:"].first { lower.hasPrefix($0) }.map { address.utf8.dropFirst($0.utf8.count) }
    // A host, a mailbox or a number begins with none of these.
    guard let rest, let first = rest.first, !"/?#@\\:".utf8.contains(first), let checked = LinkAddress.checked(address) else {
      throw Diagnostic(
        id: "email-link",
        "'\(EmailText.line(String(address.prefix(100))))' is no address that a link of an e-mail leads to: it begins with 'https://', 'mailto:' or "
          + "'tel:', and has at most \(LinkAddress.maximumLength) characters", at: range)
    }
    return checked
  }

  /// A part of an address.
  enum Part {
    case words(String)
    case template(TextTemplate)
  }

  /// The address that a text says.
  ///
  /// A value at its beginning is the address; one behind is a part of it, in which nothing is left that could end the part.
  ///
  /// - Parameter range: What is pointed to; `nil` where it is not known.
  /// - Throws: `email-link`; what a value in it throws.
  static func address(
    _ parts: [Part], at range: SourceRange?, in environment: borrowing Environment
  ) throws(Diagnostic) -> String {
    var address = ""
    for part in parts {
      var buffer = TextBuffer()
      buffer.addMark()
      switch part {
      case .words(let words): buffer.append(words: words)
      case .template(let template): try template.append(to: &buffer, in: environment)
      }
      for segment in buffer.take() {
        switch segment {
        case .words(let text): address += text
        case .data(let text), .token(let text, _):
          guard !address.isEmpty else {
            address = text
            continue
          }
          if address.lowercased().hasPrefix("https://"), !address.dropFirst(8).contains(where: { "/?#".contains($0) }) {
            throw Diagnostic(
              id: "email-link", "a value cannot stand in the host of an address: it would decide whose page opens", at: range)
          }
          address += self.part(text, of: address)
        case .late, .mark: break
        }
      }
    }
    return try checked(address, at: range)
  }

  private static func part(_ text: String, of address: String) -> String {
    let isMailOrCall = !address.lowercased().hasPrefix("https:")
    return PercentEncoding.encode(text) { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
      case UInt8(ascii: "@"), UInt8(ascii: "+"): isMailOrCall
      default: false
      }
    }
  }
}
