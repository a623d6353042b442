/// What no term of the standard took, in groups: one for each aggregate, with its occurrences.
struct Leftovers {
  /// A value and what it is called after.
  struct Value {
    /// The element that holds it.
    var element: Int
    /// The element that names it: the nearest around it whose name says more than `ID` or `Value`.
    var named: Int
    /// What that belongs to, where it is not the group itself.
    var within: Int?
    /// The attribute that holds it, where it is not the text.
    var attribute: InvoiceTree.Attribute?
    /// Bytes of what is told by its size only: signatures, files, keys.
    var size: Int?
  }

  /// One occurrence of a group's aggregate.
  struct Entry {
    var owner: Int
    var values: [Value] = []
  }

  /// The values of one kind of aggregate in one place.
  struct Group {
    /// The aggregate, or the place itself for the values right in it.
    var owner: Int
    /// The number of the line it is about.
    var line: String?
    var entries: [Entry] = []
  }

  private(set) var groups: [Group] = []
  /// How many values there are beyond ``InvoiceLimits/otherValues``.
  private(set) var leftOff = 0

  private let tree: InvoiceTree
  private var count = 0
  private var places: [Place: Int] = [:]

  private struct Place: Hashable {
    var container: Int
    var name: Int32
    var isOwn: Bool
  }

  /// - Complexity: O(elements × levels).
  init(of invoice: EInvoice) {
    tree = invoice.root.tree
    var stack: [Int] = [tree.rootIndex]
    while let index = stack.popLast() {
      if isSealed(index) {
        take(index, size: size(below: index))
        continue
      }
      let node = tree.nodes[index]
      let isKnown = node.namespace.isOfInvoices
      if !(isKnown && tree.isRead[index]), !tree.bytes(of: index).allSatisfy({ $0 <= 0x20 }) {
        take(index, size: isSealedText(index) ? tree.bytes(of: index).count : nil)
      }
      if !isKnown {
        for attribute in tree.attributes[Int(node.attributes.lowerBound)..<Int(node.attributes.upperBound)]
        where node.firstChild >= 0 || tree.bytes(of: index).allSatisfy({ $0 <= 0x20 }) {
          guard !attribute.value.utf8.allSatisfy({ $0 <= 0x20 }) else { continue }
          take(index, attribute: attribute)
        }
      }
      var children: [Int] = []
      var child = node.firstChild
      while child >= 0 {
        children.append(Int(child))
        child = tree.nodes[Int(child)].next
      }
      stack += children.reversed()
    }
    places = [:]
  }

  // MARK: Where a value belongs

  private mutating func take(_ index: Int, attribute: InvoiceTree.Attribute? = nil, size: Int? = nil) {
    guard count < InvoiceLimits.otherValues else {
      leftOff += 1
      return
    }
    count += 1
    var way: [Int] = []
    var step = Int32(index)
    while step >= 0 {
      way.append(Int(step))
      if step == tree.rootIndex { break }
      step = tree.nodes[Int(step)].parent
    }
    way.reverse()
    // The deepest of the containers the way leads through, and the aggregate below it.
    var container = 0
    while container + 1 < way.count, Leftovers.containers.contains(name(way[container + 1])) { container += 1 }
    let depth = way.count - 1 - container + (attribute == nil ? 0 : 1)
    let isOwn = depth <= 1 || (depth == 2 && attribute == nil && isType(index))
    let owner = isOwn ? way[container] : way[container + 1]
    var value = Value(element: index, named: index, attribute: attribute, size: size)
    if attribute == nil {
      var place = way.count - 1
      let floor = isOwn ? container + 1 : container + 2
      while place > floor, Leftovers.generic.contains(name(way[place])) { place -= 1 }
      value.named = way[place]
      var outer = place - 1
      while outer > container + 1, Leftovers.transparent.contains(name(way[outer])) { outer -= 1 }
      if !isOwn, outer > container + 1 { value.within = way[outer] }
    } else if owner != index {
      value.within = index
    }
    let key = Place(container: way[container], name: isOwn ? -1 : tree.nodes[owner].name, isOwn: isOwn)
    let group: Int
    if let known = places[key] {
      group = known
    } else {
      group = groups.count
      places[key] = group
      groups.append(Group(owner: owner, line: line(way), entries: []))
    }
    let occurrence = isOwn ? owner : occurrence(way, below: container + 1) ?? owner
    if groups[group].entries.last?.owner != occurrence { groups[group].entries.append(Entry(owner: occurrence)) }
    groups[group].entries[groups[group].entries.count - 1].values.append(value)
  }

  /// The outermost aggregate on a way that has brothers of its name: its values belong together.
  private func occurrence(_ way: [Int], below owner: Int) -> Int? {
    way.dropFirst(owner + 1).first { index in
      let node = tree.nodes[index]
      guard node.firstChild >= 0 else { return false }
      var (child, count) = (tree.nodes[Int(node.parent)].firstChild, 0)
      while child >= 0, count < 2 {
        if tree.nodes[Int(child)].name == node.name { count += 1 }
        child = tree.nodes[Int(child)].next
      }
      return count > 1
    }
  }

  /// Whether it is one of the types CII wraps dates and truth values in.
  private func isType(_ index: Int) -> Bool {
    let namespace = tree.nodes[index].namespace
    return namespace == .udt || namespace == .qdt
  }

  private func name(_ index: Int) -> String { tree.names[Int(tree.nodes[index].name)] }

  /// The number of the innermost line on a way.
  private func line(_ way: [Int]) -> String? {
    guard let index = way.last(where: { Leftovers.lines.contains(name($0)) }) else { return nil }
    let line = InvoiceElement(tree, index)
    let id = line.first("ID") ?? line.first("AssociatedDocumentLineDocument", "LineID")
    guard let id else { return nil }
    let text = InvoiceText.collapsed(tree.bytes(of: id.index))
    return text.isEmpty ? nil : String(text.prefix(60))
  }

  // MARK: What is told by its size only

  private func isSealed(_ index: Int) -> Bool {
    let node = tree.nodes[index]
    return !node.namespace.isOfInvoices && node.firstChild >= 0 && Leftovers.sealed.contains(name(index))
  }

  private func isSealedText(_ index: Int) -> Bool {
    let bytes = tree.bytes(of: index)
    if bytes.count > InvoiceLimits.otherText { return true }
    if Leftovers.sealed.contains(name(index)) { return bytes.count > 64 }
    // Base64: long, and without a gap but line ends.
    guard bytes.count >= InvoiceLimits.otherBinary else { return false }
    return bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F, 0x3D, 0x0A, 0x0D: true
      default: false
      }
    }
  }

  private func size(below root: Int) -> Int {
    var (size, stack) = (0, [root])
    while let index = stack.popLast() {
      size += tree.bytes(of: index).count
      var child = tree.nodes[index].firstChild
      while child >= 0 {
        stack.append(Int(child))
        child = tree.nodes[Int(child)].next
      }
    }
    return size
  }

  // MARK: Names

  /// Elements that only hold others together.
  private static let containers: Set<String> = [
    "ExchangedDocumentContext", "ExchangedDocument", "SupplyChainTradeTransaction", "ApplicableHeaderTradeAgreement",
    "ApplicableHeaderTradeDelivery", "ApplicableHeaderTradeSettlement", "IncludedSupplyChainTradeLineItem",
    "AssociatedDocumentLineDocument", "SpecifiedLineTradeAgreement", "SpecifiedLineTradeDelivery", "SpecifiedLineTradeSettlement",
    "SpecifiedTradeProduct", "InvoiceLine", "CreditNoteLine", "SubInvoiceLine", "SubCreditNoteLine", "Item", "Price", "UBLExtensions",
    "UBLExtension", "ExtensionContent",
  ]
  private static let lines: Set<String> = [
    "IncludedSupplyChainTradeLineItem", "InvoiceLine", "CreditNoteLine", "SubInvoiceLine", "SubCreditNoteLine",
  ]
  /// Names that say nothing without the one around them.
  private static let generic: Set<String> = [
    "DateTimeString", "DateString", "DateTime", "Date", "Indicator", "ID", "Value", "Content", "Text", "Code", "Amount", "Measure",
    "Quantity", "URIID", "CompleteNumber", "IssuerAssignedID", "Name", "Description",
  ]
  /// Aggregates that add nothing to the name of what is in them.
  private static let transparent: Set<String> = ["Party"]
  /// What nobody reads: XML signatures after the W3C, certificates, files.
  private static let sealed: Set<String> = [
    "Signature", "EncryptedData", "X509Certificate", "SignatureValue", "DigestValue", "EmbeddedDocumentBinaryObject",
    "AttachmentBinaryObject", "BinaryObject",
  ]
}
