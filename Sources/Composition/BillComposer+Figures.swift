internal import Barcodes
internal import Diagnostics
internal import Geometry
internal import Layout
internal import LayoutLanguage
internal import Money

extension BillComposer {
  /// A `chart` over its list.
  func chart(
    _ node: TemplateNode, _ context: StyleContext, _ origin: Origin, _ environment: inout Environment
  ) throws(Diagnostic) -> (any Node)? {
    guard let series = node.series, let value = node.expression(.value) else { return nil }
    let labelStyle = context.styled(node.style(.labelStyle))
    let valueStyle = context.styled(node.style(.valueStyle))
    smallestSize = min(smallestSize, labelStyle.text.properties.size)
    let shows = node.keyword(.values) ?? .highlight
    var marks: [ChartNode.Mark] = []
    let (list, path) = try environment.list(of: series)
    for index in 0..<list.count {
      try environment.enter(series, element: index, of: list, path: path)
      let (parts, total) = try ChartValue.read(try value.evaluate(in: environment), value)
      var mark = ChartNode.Mark(values: parts)
      if let label = node.expression(.label) {
        mark.label = centered(try label.string(in: environment), labelStyle)
      }
      mark.isHighlighted = try node.expression(.highlight)?.isTrue(in: environment) ?? false
      mark.isEstimated = try node.expression(.mark)?.isTrue(in: environment) ?? false
      if shows == .all || shows == .highlight && mark.isHighlighted {
        let text =
          if let label = node.expression(.valueLabel) { try label.string(in: environment) } else { environment.printed(total) }
        if !text.isEmpty { mark.valueLabel = centered(text, valueStyle) }
      }
      marks.append(mark)
    }
    guard !marks.isEmpty else { return nil }
    let ink = context.text.properties.color
    let color = book.color(node.color(.color), or: ink.tint(0.4))
    var style = ChartNode.Style(color: color, highlight: book.color(node.color(.highlightColor), or: ink))
    style.axis = Shape.Stroke(width: .pt(0.5), color: ink)
    style.gridlines = node.integer(.gridlines) ?? 0
    style.partColors = [style.highlight, ink.tint(0.15), ink.tint(0.7)]
    let kind: ChartNode.Kind =
      switch node.keyword(.kind) {
      case .line: .line
      case .stacked: .stacked
      default: .bars
      }
    return ChartNode(
      kind: kind, marks: marks, style: style, height: node.points(.height) ?? .mm(32),
      description: try node.text(.describe)?.string(in: environment) ?? "", origin: origin)
  }

  private func centered(_ text: String, _ context: StyleContext) -> TextContent {
    var content = TextContent(spans: [.text(text, context.text, link: nil, isData: true)], style: context.text)
    content.alignment = .center
    content.direction = direction
    content.language = language
    return content
  }

  /// A `barcode`.
  func barcode(_ node: TemplateNode, _ origin: Origin, _ environment: inout Environment) throws(Diagnostic) -> any Node {
    var texts: [AttributeName: String] = [:]
    for name in [
      .value, .iban, .bic, .payee, .amount, .currency, .reference, .purpose, .remittance, .describe,
    ] as [AttributeName] {
      guard let text = try node.text(name)?.string(in: environment), !text.isEmpty else { continue }
      texts[name] = text
    }
    let kind = node.keyword(.kind).flatMap { BarcodeKind(rawValue: $0.rawValue) } ?? .qr
    let level = node.keyword(.level).flatMap { ErrorCorrection(rawValue: $0.rawValue) } ?? .medium
    do throws(BarcodeError) {
      if kind == .epc || kind == .nbsIPS { try fillIn(&texts, kind, environment.currency, environment.bill) }
      let symbol = try Barcode.encode(kind, try contents(of: kind, texts), level: level)
      return code(symbol, kind, node, origin, description: texts[.describe] ?? "")
    } catch {
      throw Diagnostic(id: error.reason.rawValue, error.message, at: stock.template.nodes[node.id].nameRange)
    }
  }

  /// What a payment code takes from the bill: the amount due, unless one is given, in the one currency the code knows.
  private func fillIn(
    _ texts: inout [AttributeName: String], _ kind: BarcodeKind, _ currency: Currency, _ bill: any RecordValue
  ) throws(BarcodeError) {
    let (given, known) = (texts[.currency] ?? currency.code, kind == .epc ? "EUR" : "RSD")
    guard given == known else {
      throw BarcodeError(.invalid, "a payment code of kind '\(kind.rawValue)' in '\(given)'; expected '\(known)'")
    }
    guard texts[.amount] == nil, case .record(let totals) = bill.value(at: BillSchema.Slot.totals.rawValue),
      case .amount(let due) = totals.value(at: BillSchema.Totals.due.rawValue)
    else { return }
    texts[.amount] = due.description
  }

  private func contents(of kind: BarcodeKind, _ texts: [AttributeName: String]) throws(BarcodeError) -> String {
    switch kind {
    case .epc:
      var payment = EPCPayment(name: texts[.payee] ?? "", iban: texts[.iban] ?? "")
      payment.bic = texts[.bic]
      payment.amount = texts[.amount]
      payment.purpose = texts[.purpose]
      payment.reference = texts[.reference]
      payment.remittance = texts[.remittance]
      return try payment.contents()
    case .nbsIPS:
      var payment = IPSPayment(
        account: texts[.iban] ?? "", name: texts[.payee] ?? "", amount: texts[.amount] ?? "", code: texts[.purpose] ?? "")
      payment.purpose = texts[.remittance]
      payment.reference = texts[.reference]
      return try payment.contents()
    case .qr, .dataMatrix, .code128, .imb: return texts[.value] ?? ""
    }
  }

  /// The code in its stated size, which is without the quiet zone; the block takes that too.
  func code(_ symbol: Symbol, _ kind: BarcodeKind, _ node: TemplateNode, _ origin: Origin, description: String) -> SymbolNode {
    var size = Barcode.naturalSize(of: symbol, kind: kind)
    if let side = node.points(.size) {
      size = Size(width: side, height: side)
    } else {
      switch (node.points(.width), node.points(.height)) {
      case (let width?, let height?): size = Size(width: width, height: height)
      case (let width?, nil): size = Size(width: width, height: symbol.isMatrix ? size.height * (width / size.width) : size.height)
      case (nil, let height?): size = Size(width: symbol.isMatrix ? size.width * (height / size.height) : size.width, height: height)
      case (nil, nil): break
      }
    }
    let module = size.width / symbol.moduleCount
    let quiet = node.points(.quiet).map { Insets(all: $0) } ?? kind.quietZone(module: module)
    return SymbolNode(
      symbol: symbol, size: size, quiet: quiet, color: book.color(node.color(.color), or: .black), background: .white,
      description: description, origin: origin)
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
