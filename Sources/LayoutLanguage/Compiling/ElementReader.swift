internal import Geometry
internal import Vocabulary

/// Makes the typed element of what has been read of it.
///
/// What the registry asks for and is not there has been reported; such an element is ``Element/faulty(_:)``.
struct ElementReader {
  let attributes: Attributes
  let children: [TemplateContent]
  /// The loop of a chart over its marks.
  let series: Loop?
  /// Of a table row.
  let columnSums: [Expression?]
  /// Whether a cell's content is blocks rather than one paragraph.
  let holdsBlocks: Bool

  /// The element; what never becomes a node of a template is faulty, too.
  func element(_ kind: ElementKind) -> Element {
    let element: Element? =
      switch kind {
      case .text:
        block(
          .text(
            ParagraphElement(
              heading: attributes.integer(.heading), lines: lineShape, widows: attributes.integer(.widows) ?? 2,
              orphans: attributes.integer(.orphans) ?? 2, turn: attributes.word(.turn))))
      case .row: block(.row(RowElement(gap: gap, wrap: attributes.points(.wrap))))
      case .column: block(.column(gap: gap))
      case .columns:
        attributes.integer(.count).map {
          block(.columns(ColumnsElement(count: $0, gap: attributes.points(.gap), isBalanced: attributes.flag(.balance) ?? true)))
        }
      case .box: block(.box(panel))
      case .rule:
        block(
          .rule(
            RuleElement(
              thickness: attributes.points(.thickness) ?? .pt(0.5), color: attributes.color(.color),
              dashes: attributes.lengths(.dash) ?? [],
              axis: attributes.word(.direction) ?? .horizontal)))
      case .space: block(.space)
      case .image:
        attributes.image(.src).map { block(.image(ImageElement(image: $0, isDecorative: attributes.flag(.decorative) ?? false))) }
      case .chart: chart.map { block(.chart($0)) }
      case .barcode: barcode.map { block(.barcode($0)) }
      case .table: block(.table(table))
      case .messages: block(.messages(gap: gap))
      case .notice:
        block(
          .notice(
            NoticeElement(
              name: attributes.name(.name) ?? NoticeElement.standard, variant: attributes.name(.variant) ?? NoticeElement.standard,
              panel: panel)))
      case .terms:
        block(
          .terms(
            TermsElement(
              columns: attributes.integer(.columns) ?? 1, gap: attributes.points(.gap) ?? .pt(18),
              headingStyle: attributes.style(.headingStyle), changed: attributes.text(.changed), new: attributes.text(.new),
              bar: attributes.bar(.bar), frame: attributes.line(.frame))))
      case .termsChanges: termsChanges.map { block(.termsChanges($0)) }
      case .insert: block(.insert(InsertElement(priority: attributes.integer(.priority) ?? 0)))
      case .slot: attributes.word(.name).map { block(.slot($0)) }
      case .optInQR: attributes.points(.size).map { block(.optInQR(size: $0)) }
      case .coupon:
        block(
          .coupon(
            CouponElement(
              page: attributes.word(.page) ?? .last, footer: attributes.word(.footer) ?? .above,
              perforation: attributes.perforation(.perforation), edge: attributes.points(.edge), zones: attributes.zones(.zone) ?? [],
              gap: gap,
              padding: attributes.insets(.padding))))
      case .keep: block(.keep(KeepElement(reach: attributes.word(.with) ?? .together, gap: gap)))
      case .pageBreak: block(.pageBreak(to: attributes.word(.to) ?? .next))
      case .alternatives: block(.alternatives(attributes.word(.when) ?? .room))
      case .place:
        block(
          .place(
            PlaceElement(
              left: attributes.points(.x), right: attributes.points(.right), top: attributes.points(.y), bottom: attributes.points(.bottom),
              excess: attributes.word(.otherwise) ?? .reject, zones: attributes.zones(.zone) ?? [], gap: gap)))
      case .body: .section(.body(gap: gap))
      case .pageHeader: .section(.pageHeader(gap: gap))
      case .pageFooter: .section(.pageFooter(gap: gap))
      case .tableColumn:
        .tablePart(
          .column(
            TableColumnElement(
              width: attributes.length(.width) ?? .auto, minWidth: attributes.points(.minWidth) ?? .zero,
              maxWidth: attributes.points(.maxWidth) ?? .infinity, minSize: attributes.points(.minSize),
              suppress: attributes.word(.suppress), decimalGroup: attributes.name(.decimalGroup))))
      case .tableHeader: .tablePart(.header(rowLook))
      case .tableFooter: .tablePart(.footer(rowLook))
      case .tableBrought: .tablePart(.brought(rowLook))
      case .tableCarried: .tablePart(.carried(rowLook))
      case .tableGroup: .tablePart(.group(keep: attributes.keep(.keep) ?? .none))
      case .tableRow:
        .tablePart(
          .row(
            TableRowElement(
              role: attributes.word(.role), keep: attributes.keep(.keep) ?? .none, minHeight: attributes.points(.minHeight) ?? .zero,
              look: rowLook, sums: columnSums)))
      case .cell:
        .tablePart(
          .cell(
            CellElement(
              span: attributes.span(.span) ?? .columns(1), rows: attributes.rowSpan(.rows) ?? .rows(1), unit: attributes.text(.unit),
              unitStyle: attributes.style(.unitStyle), valign: attributes.word(.valign), padding: attributes.insets(.padding),
              fill: attributes.color(.fill), minSize: attributes.points(.minSize),
              content: holdsBlocks ? .blocks(gap: gap) : .paragraph(lineShape))))
      case .bold: .inline(.bold)
      case .italic: .inline(.italic)
      case .span: .inline(.span)
      case .superscript: .inline(.superscript)
      case .link: link.map { .inline($0) }
      case .lineBreak: .inline(.lineBreak)
      case .tab: .inline(.tab(leader: attributes.name(.leader)))
      case .inlineSlot:
        attributes.word(.name).map {
          .inline(.slot(InlineSlot(slot: $0, codeLabel: attributes.text(.codeLabel), showsHours: attributes.flag(.hours) ?? true)))
        }
      case .inlineImage: inlineImage.map { .inline(.picture($0)) }
      // Declarations, and what is resolved while compiling.
      case .zone, .bill, .leaflet, .postcard, .fields, .field, .color, .style, .variant, .variantStyle, .variantColor, .variantPage,
        .variantPlace,
        .variantZone,
        .variantTable,
        .variantColumn, .variantBlock, .variantPart, .page, .partial, .param, .each, .if, .else, .include, .part, .string:
        nil
      }
    return element ?? .faulty(kind)
  }

  private func block(_ block: BlockElement) -> Element { .block(block, BlockAttributes(attributes)) }

  // MARK: Parts that elements share

  private var gap: Length { attributes.points(.gap) ?? .zero }

  private var lineShape: LineShape {
    LineShape(
      tabs: attributes.tabs(.tabs) ?? [], indent: attributes.points(.indent) ?? .zero, hang: attributes.points(.hang) ?? .zero)
  }

  private var termsChanges: TermsChangesElement? {
    guard let changed = attributes.text(.changed), let new = attributes.text(.new), let removed = attributes.text(.removed) else {
      return nil
    }
    return TermsChangesElement(
      panel: panel, title: attributes.text(.title), level: attributes.integer(.heading) ?? 2, headingStyle: attributes.style(.headingStyle),
      changed: changed, new: new, removed: removed, unchanged: attributes.text(.unchanged))
  }

  private var panel: PanelElement {
    PanelElement(
      fill: attributes.color(.fill), border: attributes.line(.border), edges: edges, bar: attributes.bar(.bar),
      radius: attributes.points(.radius) ?? .zero,
      padding: attributes.insets(.padding) ?? .zero, gap: gap)
  }

  /// The lines along single edges; `nil` where all are that of `border`.
  private var edges: PanelElement.Edges? {
    let edges = PanelElement.Edges(
      top: attributes.line(.borderTop), bottom: attributes.line(.borderBottom), start: attributes.line(.borderStart),
      end: attributes.line(.borderEnd), left: attributes.line(.borderLeft), right: attributes.line(.borderRight))
    return edges.isEmpty ? nil : edges
  }

  private var rowLook: RowLook {
    RowLook(
      fill: attributes.color(.fill), rule: attributes.line(.rule), padding: attributes.insets(.padding), valign: attributes.word(.valign))
  }

  private var inlineImage: InlineImage? {
    guard let image = attributes.image(.src), let height = attributes.length(.height) else { return nil }
    return InlineImage(
      image: image, height: height, alignment: attributes.word(.align) ?? .baseline, isDecorative: attributes.flag(.decorative) ?? false,
      description: attributes.text(.describe))
  }

  private var link: InlineElement? {
    attributes.name(.to).map { .anchorLink(to: $0) } ?? attributes.text(.href).map { .link(address: $0) }
  }

  // MARK: Elements with many attributes

  private var chart: ChartElement? {
    guard let kind = attributes.word(.kind, ChartKind.self), let series, let value = attributes.expression(.value) else { return nil }
    return ChartElement(
      kind: kind, series: series, value: value, label: attributes.expression(.label), valueLabel: attributes.expression(.valueLabel),
      beside: attributes.expression(.beside), besideLabel: attributes.expression(.besideLabel), names: attributes.text(.names),
      highlight: attributes.expression(.highlight), estimate: attributes.expression(.mark), color: attributes.color(.color),
      highlightColor: attributes.color(.highlightColor), labelStyle: attributes.style(.labelStyle),
      valueStyle: attributes.style(.valueStyle), shownValues: attributes.words(.values) ?? [.highlight],
      gridlines: attributes.integer(.gridlines), hasScale: attributes.flag(.scale) ?? false, unit: attributes.text(.unit),
      outline: attributes.line(.outline), markSign: attributes.text(.markSign), itemDescription: attributes.text(.describeItem),
      markedDescription: attributes.text(.describeMarked), gapDescription: attributes.text(.describeGap))
  }

  private var barcode: BarcodeElement? {
    guard let kind = attributes.word(.kind, BarcodeKind.self), let content = barcodeContent(kind) else { return nil }
    return BarcodeElement(
      kind: kind, content: content, size: attributes.points(.size), quiet: attributes.points(.quiet),
      level: attributes.word(.level) ?? .medium, color: attributes.color(.color))
  }

  private func barcodeContent(_ kind: BarcodeKind) -> BarcodeElement.Content? {
    if kind == .imb, let mail { return .mail(mail) }
    guard kind.isPayment else { return attributes.text(.value).map { .text($0) } }
    guard let iban = attributes.text(.iban), let payee = attributes.text(.payee) else { return nil }
    return .payment(
      PaymentElement(
        iban: iban, bic: attributes.text(.bic), payee: payee, amount: attributes.text(.amount), currency: attributes.text(.currency),
        reference: attributes.text(.reference), purpose: attributes.text(.purpose), remittance: attributes.text(.remittance)))
  }

  private var mail: MailElement? {
    guard let serviceType = attributes.text(.serviceType), let mailerID = attributes.text(.mailerID) else { return nil }
    return MailElement(
      barcodeID: attributes.text(.barcodeID), serviceType: serviceType, mailerID: mailerID, serial: attributes.text(.serial),
      routing: attributes.text(.routing))
  }

  private var table: TableElement {
    TableElement(
      columns: children.compactMap { content in
        guard case .node(let node) = content, case .tablePart(.column(let column)) = node.element else { return nil }
        return TemplateColumn(node: node, element: column)
      }, gap: attributes.points(.gap) ?? .pt(6), rowGap: attributes.points(.rowGap) ?? .zero,
      padding: attributes.insets(.padding) ?? .zero, rule: attributes.line(.rule), headerRule: attributes.line(.headerRule),
      repeatsHeader: attributes.flag(.repeatHeader) ?? true, rules: attributes.rowRules(.rules),
      ruleSpace: attributes.points(.ruleSpace) ?? .zero, fillReach: attributes.points(.fillReach) ?? .zero)
  }
}
