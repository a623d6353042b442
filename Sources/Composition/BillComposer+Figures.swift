internal import Barcodes
internal import Diagnostics
internal import Geometry
internal import JSON
internal import Layout
internal import LayoutLanguage
internal import Money
internal import Vocabulary

extension BillComposer {
  /// A `barcode`.
  func barcode(
    _ barcode: BarcodeElement, _ node: TemplateNode, _ attributes: BlockAttributes, _ origin: Origin, _ environment: borrowing Environment
  ) throws(Diagnostic) -> any Node {
    let said = try contents(of: barcode.content, environment)
    let description = try attributes.description?.line(in: environment) ?? ""
    do throws(BarcodeError) {
      let text = try said.text(for: barcode.kind)
      let symbol = try Barcode.encode(barcode.kind, text, level: barcode.level)
      if barcode.kind == .imb { mailCode = text }
      return code(
        symbol, barcode.kind, size: size(of: symbol, barcode, attributes), quiet: barcode.quiet,
        color: book.color(barcode.color, or: .black),
        origin: origin, description: description)
    } catch {
      throw Diagnostic(id: error.reason.rawValue, error.message, at: stock.template.nodes[node.id].nameRange)
    }
  }

  /// The texts of a code, evaluated.
  private func contents(
    of content: BarcodeElement.Content, _ environment: borrowing Environment
  ) throws(Diagnostic) -> BarcodeContents {
    switch content {
    case .text(let value): return .text(try value.line(in: environment))
    case .mail(let mail):
      let mailerID = try mail.mailerID.line(in: environment)
      var piece = IntelligentMailPiece(
        serviceType: try mail.serviceType.line(in: environment), mailerID: mailerID,
        serial: try mail.serial?.line(in: environment) ?? IntelligentMailPiece.serial(rank: cardRank ?? 0, mailerID: mailerID))
      if let barcodeID = try text(mail.barcodeID, environment) { piece.barcodeID = barcodeID }
      if let routing = try text(mail.routing, environment) { piece.routing = routing }
      return .mail(piece)
    case .payment(let payment):
      var texts = PaymentTexts()
      texts.iban = try text(payment.iban, environment)
      texts.bic = try text(payment.bic, environment)
      texts.payee = try text(payment.payee, environment)
      texts.amount = try plainFigure(payment.amount, environment)
      texts.currency = environment.currency.code
      if let currency = try text(payment.currency, environment) { texts.currency = currency }
      texts.reference = try text(payment.reference, environment)
      texts.purpose = try text(payment.purpose, environment)
      texts.remittance = try text(payment.remittance, environment)
      if texts.amount == nil, case .record(let totals) = environment.bill.value(at: BillSchema.Slot.totals.rawValue),
        case .amount(let due) = totals.value(at: BillSchema.Totals.due.rawValue)
      {
        texts.amount = due.description
      }
      return .payment(texts)
    }
  }

  /// An amount or a number that stands alone as a plain decimal, whatever the bill's language; else the text.
  private func plainFigure(_ template: TextTemplate?, _ environment: borrowing Environment) throws(Diagnostic) -> String? {
    if let template, template.pieces.count == 1, case .value(let expression) = template.pieces[0],
      case .amount(let amount) = try expression.evaluate(in: environment)
    {
      return amount.description
    }
    return try text(template, environment)
  }

  private func text(_ template: TextTemplate?, _ environment: borrowing Environment) throws(Diagnostic) -> String? {
    guard let text = try template?.line(in: environment), !text.isEmpty else { return nil }
    return text
  }

  /// The size the layout states for a code, without its quiet zone; its natural one where it states none.
  private func size(of symbol: Symbol, _ barcode: BarcodeElement, _ attributes: BlockAttributes) -> Size {
    if let side = barcode.size { return Size(width: side, height: side) }
    let natural = Barcode.naturalSize(of: symbol, kind: barcode.kind)
    switch (attributes.width.fixed, attributes.height.fixed) {
    case (let width?, let height?): return Size(width: width, height: height)
    case (let width?, nil): return Size(width: width, height: symbol.isMatrix ? natural.height * (width / natural.width) : natural.height)
    case (nil, let height?): return Size(width: symbol.isMatrix ? natural.width * (height / natural.height) : natural.width, height: height)
    case (nil, nil): return natural
    }
  }

  /// The code in that size, which is without the quiet zone; the block takes that too.
  func code(
    _ symbol: Symbol, _ kind: BarcodeKind, size: Size, quiet: Length?, color: Color, origin: Origin, description: String
  ) -> SymbolNode {
    let module = size.width / symbol.moduleCount
    let zone = quiet.map { Insets(all: $0) } ?? kind.quietZone(module: module)
    return SymbolNode(
      symbol: symbol, size: size, quiet: zone, color: color, background: .white, description: description, origin: origin)
  }
}

extension Symbol {
  fileprivate var isMatrix: Bool { if case .matrix = form { true } else { false } }
  fileprivate var moduleCount: Double {
    switch form {
    case .matrix(let columns, _, _): Double(max(1, columns))
    case .bars(_, let modules): max(1, modules)
    }
  }
}

extension TextTemplate {
  /// The text on one line, for what has no lines: codes, labels, descriptions.
  ///
  /// - Throws: The finding, where a part of it cannot be evaluated.
  func line(in environment: borrowing Environment) throws(Diagnostic) -> String { TextCheck.onOneLine(try string(in: environment)) }
}
