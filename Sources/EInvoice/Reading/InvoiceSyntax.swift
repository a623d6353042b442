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
    case ("Invoice", _): throw InvoiceSyntax.wrongNamespace(root, "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2")
    case ("CreditNote", _): throw InvoiceSyntax.wrongNamespace(root, "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2")
    case ("CrossIndustryInvoice", _):
      throw InvoiceSyntax.wrongNamespace(root, "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100")
    default:
      throw root.fault(
        .notAnEInvoice,
        "the root element is '\(root.name.prefix(60))'; expected 'Invoice' or 'CreditNote' of UBL 2.1, or 'CrossIndustryInvoice' of CII D16B"
      )
    }
  }

  private static func wrongNamespace(_ root: InvoiceElement, _ expected: String) -> RecordFault {
    let written = root.tree.written[Int(root.tree.nodes[root.index].name)]
    let prefix = written.contains(":") ? String(written.prefix { $0 != ":" }) : ""
    let found = root.tree.rootURIs[prefix].map { "in the namespace '\($0.prefix(120))'" } ?? "in no namespace"
    return root.fault(.notAnEInvoice, "the root element '\(root.name)' is \(found); expected '\(expected)'")
  }
}
