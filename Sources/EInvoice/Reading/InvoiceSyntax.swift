internal import Billing
internal import Diagnostics

/// The syntaxes of EN 16931, recognised by the root element's name and namespace.
enum InvoiceSyntax: String, Sendable {
  case ublInvoice = "ubl-invoice"
  case ublCreditNote = "ubl-credit-note"
  case cii = "cii"

  /// The syntax of a document.
  ///
  /// - Throws: `not-an-e-invoice`, one message for each way to miss: another root, or the right one in another namespace.
  init(of tree: InvoiceTree) throws(RecordFault) {
    let root = tree.root
    switch (root.name, root.namespace) {
    case ("Invoice", .ublInvoice): self = .ublInvoice
    case ("CreditNote", .ublCreditNote): self = .ublCreditNote
    case ("CrossIndustryInvoice", .rsm): self = .cii
    default:
      let written = tree.written[Int(tree.nodes[root.index].name)]
      let found = XMLRoot(written: written, namespace: tree.uris[Int32(root.index)], offset: Int(tree.nodes[root.index].start))
      var words: String?
      if case .other(let known) = DocumentKind(found) { words = known }
      throw root.fault(.notAnEInvoice, InvoiceSyntax.message(words, found))
    }
  }

  /// The fault of a document that is something else, told before the rest of it is read.
  static func fault(_ words: String, _ root: XMLRoot, _ text: SourceText) -> RecordFault {
    text.fault(.notAnEInvoice, message(words, root), path: "/" + root.written, at: root.offset)
  }

  private static func message(_ words: String?, _ root: XMLRoot) -> String {
    let name = "the root element is '\(root.name.prefix(60))'"
    let namespace = root.namespace.map { $0.isEmpty ? " in no namespace" : " in the namespace '\($0.prefix(120))'" } ?? " in no namespace"
    let expected = namespaces[root.name].map { "expected '\($0)'" } ?? DocumentKind.expected
    let isNear = namespaces[root.name] != nil
    return (words.map { "the XML is \($0): " } ?? "") + name + (isNear ? namespace : "") + "; " + expected
  }

  /// The namespaces in which roots of these names are invoices.
  private static let namespaces = [
    "Invoice": "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2",
    "CreditNote": "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2",
    "CrossIndustryInvoice": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
  ]
}
