internal import Billing
internal import Diagnostics
internal import JSON
internal import Money

/// An invoice after EN 16931, whatever syntax it came in; every part names its business terms (BT) and groups (BG).
struct EInvoice {
  /// The VAT breakdown (BG-23).
  struct VAT {
    /// BT-116.
    var base: Figure?
    /// BT-117.
    var amount: Figure
    /// BT-118: UNTDID 5305.
    var category: Term?
    /// BT-119; absent for what VAT does not cover.
    var rate: Figure?
    /// BT-120, in paragraphs.
    var exemption: [String] = []
    /// BT-121: the VATEX list.
    var exemptionCode: Term?
    /// The tax's name as the invoice has it: `VAT`.
    var scheme: String?
    var element: InvoiceElement
  }

  /// How to pay (BG-16).
  struct Payment {
    /// BT-81: UNTDID 4461.
    var means: Term?
    /// BT-82.
    var text: String?
    /// BT-84.
    var account: Term?
    /// BT-85.
    var accountName: Term?
    /// BT-86.
    var bank: Term?
    /// BT-87.
    var card: Term?
    /// BT-88.
    var cardHolder: Term?
    /// The card's network, such as `VISA`; UBL only.
    var cardNetwork: Term?
    /// BT-91: the account that is debited.
    var debited: Term?
  }

  /// A payment in advance, told apart from the sum BT-113: `PrepaidPayment` of UBL, `SpecifiedAdvancePayment` of CII.
  struct Prepayment {
    /// What it is called or numbered; in the extension of XRechnung the type of a third party's payment (BT-DEX-001).
    var id: Term?
    /// When it came in.
    var date: Day?
    /// How much; in the extension of XRechnung what is collected for a third party (BT-DEX-002).
    var amount: Figure
    /// What it is for (BT-DEX-003).
    var text: Term?
    /// Whether it is added to what is due instead of being part of what is paid (BG-DEX-09).
    var isForThirdParty = false
    /// The VAT it holds (BG-X-46).
    var taxes: [VAT] = []
    /// The invoice it was asked for with (BG-X-85).
    var reference: TradeReference?
  }

  /// A rule whose two sides differ, within the tolerance or because a mismatch is accepted.
  struct Difference {
    /// The rule's name, such as `BR-CO-10`.
    var rule: String
    /// The line it is about (BT-126).
    var line: Term?
    /// What the parts come to.
    var computed: Amount
    /// What the invoice says.
    var stated: Figure
  }

  /// The totals (BG-22).
  struct Totals {
    /// BT-106.
    var lines: Figure?
    /// BT-107.
    var allowances: Figure?
    /// BT-108.
    var charges: Figure?
    /// BT-109.
    var net: Figure?
    /// BT-110.
    var vat: Figure?
    /// BT-111: in the currency of accounting (BT-6).
    var vatAccounting: Figure?
    /// The currency BT-111 itself names.
    var vatAccountingCurrency: String?
    /// BT-112.
    var gross: Figure?
    /// BT-113.
    var paid: Figure?
    /// BT-114.
    var rounding: Figure?
    /// BT-115.
    var due: Figure?
    /// Where they stand.
    var element: InvoiceElement
  }

  /// A supporting document (BG-24).
  struct Attachment {
    /// BT-122.
    var id: Term?
    /// BT-123, in paragraphs.
    var description: [String] = []
    /// BT-124.
    var link: Term?
    /// BT-125: the embedded file's name, type and size; its bytes stay where they are.
    var file: String?
    var mime: String?
    var bytes: Int?

    /// Takes over what is said of an embedded file; UBL and CII write it the same way.
    mutating func embed(_ element: InvoiceElement) {
      file = element.attribute("filename")
      mime = element.attribute("mimeCode")
      bytes = element.base64Bytes
    }
  }

  var syntax: InvoiceSyntax
  var root: InvoiceElement
  /// BT-1.
  var number: Term
  /// BT-2.
  var issued: Day
  /// BT-3: UNTDID 1001.
  var type: Term?
  /// BT-5.
  var currency: CheckedCurrency
  /// BT-6: the currency of VAT accounting.
  var vatCurrency: Term?
  /// BT-7: when VAT falls due.
  var vatDate: Day?
  /// BT-8: the same as a code.
  var vatDateCode: Term?
  /// BT-9 where it stands apart from the terms of payment, as in UBL; when money is due first says ``PaymentSchedule``.
  var due: Day?
  /// BT-10.
  var buyerReference: Term?
  /// BT-11.
  var project: Term?
  /// BT-12.
  var contract: Term?
  /// BT-13.
  var order: Term?
  /// BT-14.
  var salesOrder: Term?
  /// BT-15.
  var receipt: Term?
  /// BT-16.
  var despatch: Term?
  /// BT-17.
  var tender: Term?
  /// BT-18.
  var object: Identifier?
  /// BT-19.
  var accounting: Term?
  /// BT-20 as it stands, in paragraphs.
  var terms: [String] = []
  /// All terms of payment, each with what belongs to it.
  var paymentTerms: [PaymentTerm] = []
  /// BG-1: BT-21 and BT-22, the latter in paragraphs.
  var notes: [(subject: String?, text: [String])] = []
  /// BT-23.
  var process: Term?
  /// BT-24.
  var specification: Term?
  /// What the invoice calls itself (BT-X-2).
  var name: Term?
  /// BG-3: BT-25 and BT-26, and which kind of invoice each is (BT-X-555: UNTDID 1001).
  var preceding: [(id: Term, date: Day?, type: Term?)] = []
  /// Documents beyond BT-11 to BT-18, and what more is said of these.
  var references: [TradeReference] = []
  /// Parties beyond BG-4, BG-7, BG-10 and BG-11.
  var parties: [FurtherParty] = []
  /// BG-4.
  var seller = TradeParty()
  /// BG-7.
  var buyer = TradeParty()
  /// BG-10.
  var payee: TradeParty?
  /// BG-11.
  var representative: TradeParty?
  /// BG-13.
  var delivery = TradeDelivery()
  /// BG-14.
  var period = InvoicePeriod()
  /// BG-16 to BG-19.
  var payments: [Payment] = []
  /// Payments in advance, and what is collected for third parties.
  var prepayments: [Prepayment] = []
  /// BT-83: what the payer is to quote.
  var remittance: Term?
  /// BT-89: the direct debit mandate.
  var mandate: Term?
  /// BT-90: the creditor's identifier.
  var creditor: Term?
  /// BG-20 and BG-21.
  var allowances: [AllowanceCharge] = []
  /// BG-22.
  var totals: Totals
  /// BG-23.
  var vat: [VAT] = []
  /// BG-24.
  var attachments: [Attachment] = []
  /// BG-25.
  var lines: [InvoiceLine] = []
  /// The sums that differ from what the invoice says of them.
  var differences: [Difference] = []
  /// What was odd about it, in the order found.
  var warnings: [RecordWarning] = []

  /// The profile BT-24 names.
  var profile: InvoiceProfile? { specification.flatMap { InvoiceProfile($0.text) } }

  /// The lines that make up BT-106.
  var countingLines: [InvoiceLine] { lines.filter { $0.role == nil } }

  /// Whether it gives money back: a UBL credit note, or BT-3 is one of the codes for credit notes of UNTDID 1001 that rule BR-CL-01 lists.
  var isCredit: Bool {
    if syntax == .ublCreditNote { return true }
    return switch type?.text {
    case "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532": true
    default: false
    }
  }

  /// Whether the buyer wrote it in the seller's name: BT-3 is one of the self-billed documents of UNTDID 1001.
  var isSelfBilled: Bool {
    switch type?.text {
    case "261", "389", "471", "473", "500", "501", "502", "527": true
    default: false
    }
  }

  /// Whether it corrects another one, and so may go either way.
  var isCorrection: Bool {
    switch type?.text {
    case "384", "471", "472", "473": true
    default: false
    }
  }

  /// Keeps a warning; beyond the record's bound only those of a new code.
  mutating func warn(_ code: RecordFault.Code, _ message: String, at element: InvoiceElement) {
    guard warnings.count < WarningList.limit || !warnings.contains(where: { $0.code == code }) else { return }
    warnings.append(RecordWarning(code, message, path: element.path))
  }
}
