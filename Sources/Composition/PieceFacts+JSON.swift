internal import Billing
internal import Diagnostics
internal import Money
internal import Pipeline

extension PieceFacts {
  /// What the page says of a bill.
  var json: [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.member("account", account)
    json.member("invoice", invoice)
    json.member("kind", billKind.rawValue)
    json.member("channel", channel.rawValue)
    json.member("language", language)
    json.member("format", format.rawValue)
    json.member("charges", charges.description)
    json.member("due", due.description)
    json.member("currency", currency.code)
    json.key("notice")
    if let notice {
      json.beginObject()
      json.member("phase", notice.phase)
      json.member("page", notice.page)
      json.member("area", Int((notice.area * 1000).rounded()))
      json.member("contrast", Int((notice.contrast * 10).rounded()))
      json.member("heading", Int((notice.headingRatio * 100).rounded()))
      json.endObject()
    } else {
      json.null()
    }
    json.key("terms")
    if let terms {
      json.beginObject()
      json.member("version", terms.version)
      json.member("page", terms.firstPage)
      json.endObject()
    } else {
      json.null()
    }
    json.endObject()
    return json.bytes
  }
}
