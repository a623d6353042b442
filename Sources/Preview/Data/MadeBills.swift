internal import Billing
internal import Contract
internal import Diagnostics
internal import Languages
internal import Money

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
      var record: ShownRecord
      do throws(RecordFault) {
        let bill = try reader.read(extreme.record).bill
        let due = "\(bill.totals.due.description(decimals: bill.currency.decimals)) \(bill.currency.code)"
        record = ShownRecord(
          account: bill.account, invoice: bill.invoice, summary: .bill(customer: bill.customer.name, due: due), language: bill.language.text
        )
      } catch {
        record = ShownRecord(summary: .fault(message: error.message, code: error.code.rawValue))
      }
      record.made = extreme.detail
      return Bill(extreme: extreme, record: record)
    }
  }
}
