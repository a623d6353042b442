internal import Billing
internal import Money

/// Which bill is meant: one of the data, or one made up.
enum BillName: Sendable, Hashable {
  /// The record at that place, from 0.
  case data(Int)
  /// The made-up bill at that place, from 0.
  case made(Int)

  /// Reads `12` or `s3`; `nil` for anything else.
  init?(_ text: String) {
    let digits = text.hasPrefix("s") ? text.dropFirst() : text[...]
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
      return nil
    }
    self = text.hasPrefix("s") ? .made(number) : .data(number)
  }

  /// As ``init(_:)`` reads it.
  var text: String {
    switch self {
    case .data(let number): String(number)
    case .made(let number): "s\(number)"
    }
  }
}

/// What the page says of a record.
struct ShownRecord: Sendable {
  var account = ""
  var invoice = ""
  var name = ""
  /// The amount due with its currency, or what is wrong with the record.
  var due = ""
  var language = ""
  /// Whether the record cannot become a bill.
  var isFaulty = false
  /// The data file's name as the user wrote it; empty for a made-up bill.
  var file = ""
  /// The line in it, from 1; 0 for a made-up bill.
  var line = 0
  /// What a made-up bill is extreme in; `nil` for one of the data.
  var made: String?
}

/// The made-up bills that try a layout, as it was under one generation.
struct MadeBills: Sendable {
  /// One of them.
  struct Bill: Sendable {
    var extreme: PreviewReply.Extreme
    var record: ShownRecord
  }

  private(set) var bills: [Bill] = []
  /// Of the inputs they were made for; 0 before there are any.
  private(set) var generation = 0

  init() {}

  /// Takes what a worker made up.
  init(_ extremes: [PreviewReply.Extreme], generation: Int) {
    self.generation = generation
    let reader = BillReader(strictLines: false)
    bills = extremes.map { extreme in
      var record = ShownRecord()
      record.made = extreme.detail
      do throws(RecordFault) {
        let bill = try reader.read(extreme.record).bill
        (record.account, record.invoice, record.name) = (bill.account, bill.invoice, bill.customer.name)
        record.due = "\(bill.totals.due.description(decimals: bill.currency.decimals)) \(bill.currency.code)"
        record.language = bill.language.text
      } catch {
        (record.name, record.due, record.isFaulty) = (error.message, error.code.rawValue, true)
      }
      return Bill(extreme: extreme, record: record)
    }
  }
}
