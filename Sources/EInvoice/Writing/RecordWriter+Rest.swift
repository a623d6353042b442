internal import Billing
internal import Dates
internal import Diagnostics
internal import JSON
internal import Money

/// What no term took: `other_groups`, and the same once more as a plain list in `other` and `unread`.
extension RecordWriter {
  mutating func rest() {
    plainRest()
    let leftovers = Leftovers(of: invoice)
    if leftovers.leftOff > 0 { json.member("other_left_off", String(leftovers.leftOff)) }
    let tree = invoice.root.tree
    json.key("other_groups")
    json.beginList()
    for group in leftovers.groups {
      json.beginObject()
      name("element", "name", of: InvoiceElement(tree, group.owner))
      if let line = group.line { json.member("line", line) }
      json.key("entries")
      json.beginList()
      for entry in group.entries {
        json.beginObject()
        json.key("values")
        json.beginList()
        for value in entry.values { write(value, tree) }
        json.endList()
        json.endObject()
      }
      json.endList()
      json.endObject()
    }
    json.endList()
  }

  /// An element's name as the standard writes it, and in words.
  private mutating func name(_ plain: String, _ words: String, of element: InvoiceElement) {
    json.member(plain, element.name)
    json.member(words, RecordWriter.words(element.name))
  }

  private mutating func write(_ value: Leftovers.Value, _ tree: InvoiceTree) {
    let (element, named) = (InvoiceElement(tree, value.element), InvoiceElement(tree, value.named))
    json.beginObject()
    if let attribute = value.attribute {
      json.member("element", attribute.name)
      json.member("name", RecordWriter.words(attribute.name))
    } else {
      name("element", "name", of: named)
    }
    if let within = value.within { name("of", "of_name", of: InvoiceElement(tree, within)) }
    if let size = value.size {
      json.member("text", [])
      json.member("bytes", String(size))
    } else if let attribute = value.attribute {
      json.member("text", InvoiceText.paragraphs(Array(attribute.value.utf8)[...]))
    } else {
      write(LeftoverValue(element, named: named))
      // What an attribute says about a text: whose number it is, from which list the code.
      for (attribute, member) in [("schemeID", "scheme"), ("listID", "list"), ("filename", "file"), ("mimeCode", "mime")] {
        if let text = element.attribute(attribute) { json.member(member, text) }
      }
    }
    json.endObject()
  }

  private mutating func write(_ value: LeftoverValue) {
    if case .text(let lines) = value { return json.member("text", lines) }
    json.member("text", [])
    switch value {
    case .text: break
    case .day(let day, let time):
      json.member("date", day.iso)
      if let time { json.member("time", time) }
    case .month(let month): json.member("month", month.iso)
    case .days(let from, let to):
      json.member("date", from.iso)
      json.member("until", to.iso)
    case .time(let time): json.member("time", time)
    case .amount(let amount, let currency):
      json.member("amount", amount)
      json.member("currency", currency ?? invoice.currency.currency.code)
    case .quantity(let number, let unit):
      json.member("number", number)
      if let unit { json.member("unit", unit) }
    case .percent(let number): json.member("percent", number)
    case .country(let code): json.member("country", code)
    case .answer(let answer): json.member("answer", answer ? "yes" : "no")
    }
  }

  // MARK: The plain list

  /// `other`: values of the invoice's own namespaces that no term took; `unread`: the ways to parts in foreign namespaces and extensions.
  private mutating func plainRest() {
    let tree = invoice.root.tree
    var (others, unread): ([Int], [Int]) = ([], [])
    var stack: [Int] = [tree.rootIndex]
    while let index = stack.popLast() {
      let node = tree.nodes[index]
      guard node.namespace.isOfInvoices else {
        unread.append(index)
        continue
      }
      if !tree.isRead[index], !tree.bytes(of: index).allSatisfy({ $0 <= 0x20 }) { others.append(index) }
      let children = InvoiceElement(tree, index).children
      for child in children.reversed() { stack.append(child.index) }
    }
    json.key("other")
    json.beginList()
    for index in others.prefix(InvoiceLimits.otherValues) {
      let element = InvoiceElement(tree, index)
      json.beginObject()
      json.member("name", RecordWriter.words(element.name))
      json.member("path", element.path)
      json.member("value", tree.bytes(of: index).count > InvoiceLimits.otherText ? [] : InvoiceText.paragraphs(tree.bytes(of: index)))
      json.endObject()
    }
    json.endList()
    json.member("unread", unread.prefix(InvoiceLimits.otherValues).map { tree.path(of: $0) })
  }

  /// An element's name taken apart where small letters meet capitals or figures, and at marks: `TaxPointDate` gives `Tax point date`.
  static func words(_ name: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(name.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") {
        if !result.isEmpty, result.last != 0x20 { result.append(0x20) }
        continue
      }
      let isCapital = byte >= 0x41 && byte <= 0x5A
      let isWord = index + 1 < bytes.count && bytes[index + 1] >= 0x61 && bytes[index + 1] <= 0x7A
      let isBehindSmall = index > 0 && bytes[index - 1] >= 0x61 && bytes[index - 1] <= 0x7A
      // The last capital of several begins a word: `URIDate`.
      let isBehindCapital = index > 0 && bytes[index - 1] >= 0x41 && bytes[index - 1] <= 0x5A
      if isCapital, isBehindSmall || (isBehindCapital && isWord) {
        if result.last != 0x20 { result.append(0x20) }
        result.append(isWord ? byte | 0x20 : byte)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
