/// What an XML document is, told by its root element.
enum DocumentKind: Hashable {
  /// An invoice or credit note that is read here.
  case invoice
  /// An envelope of GS1 that holds a document (Standard Business Document Header 1.3, as Peppol uses it).
  case envelope
  /// Something else that is known, with its article: `an Order-X order`.
  case other(String)
  case unknown

  init(_ root: XMLRoot) {
    let namespace = root.namespace ?? ""
    switch (root.name, Namespace.uris[namespace]) {
    case ("Invoice", .ublInvoice), ("CreditNote", .ublCreditNote), ("CrossIndustryInvoice", .rsm): self = .invoice
    case (InvoiceXMLReader.envelope, _): self = .envelope
    default: self = DocumentKind.others.first { $0.fits(root.name, namespace) }.map { .other($0.words(root.name, namespace)) } ?? .unknown
    }
  }

  /// What is expected instead.
  static let expected = "expected 'Invoice' or 'CreditNote' of UBL 2.1, or 'CrossIndustryInvoice' of CII D16B"

  private struct Other {
    /// How the namespace begins; empty: any.
    var namespace = ""
    /// The root's local name; empty: any.
    var root = ""
    var text: String
    /// Whether the root's name follows the text.
    var isNamed = false
    /// Whether what the namespace holds behind its beginning follows the text.
    var isVersioned = false

    func fits(_ name: String, _ namespace: String) -> Bool {
      (root.isEmpty || root == name || (root == "html" && name.lowercased() == root))
        && namespace.utf8.starts(with: self.namespace.utf8)
    }

    func words(_ name: String, _ namespace: String) -> String {
      var words = text
      if isNamed { words += " '\(name.prefix(60))'" }
      if isVersioned { words += " \(namespace.utf8.dropFirst(self.namespace.utf8.count).prefix(24))" }
      return words
    }
  }

  private static let ubl = "urn:oasis:names:specification:ubl:schema:xsd:"
  private static let un = "urn:un:unece:uncefact:data:standard:"
  private static let iso = "urn:iso:std:iso:20022:tech:xsd:"

  /// The first that fits counts.
  private static let others: [Other] = [
    Other(root: "CrossIndustryDocument", text: "an invoice of ZUGFeRD 1.0, whose format came before EN 16931"),
    Other(root: "SCRDMCCBDACIOMessageStructure", text: "an Order-X order"),
    Other(root: "SCRDMCCBDACIDAMessageStructure", text: "a Deliver-X despatch advice"),
    Other(root: "FatturaElettronica", text: "a FatturaPA invoice"),
    Other(root: "FatturaElettronicaSemplificata", text: "a simplified FatturaPA invoice"),
    Other(namespace: ubl, root: "Order", text: "a UBL order"),
    Other(namespace: ubl, root: "OrderResponse", text: "a UBL response to an order"),
    Other(namespace: ubl, root: "DespatchAdvice", text: "a UBL despatch advice"),
    Other(namespace: ubl, root: "ApplicationResponse", text: "a UBL application response"),
    Other(namespace: ubl, root: "Reminder", text: "a UBL reminder"),
    Other(namespace: ubl, root: "Statement", text: "a UBL statement of account"),
    Other(namespace: ubl, root: "Catalogue", text: "a UBL catalogue"),
    Other(namespace: ubl, root: "Quotation", text: "a UBL quotation"),
    Other(namespace: ubl, root: "DebitNote", text: "a UBL debit note"),
    Other(namespace: ubl, text: "a UBL document", isNamed: true),
    Other(namespace: un, root: "CrossIndustryInvoice", text: "an invoice in another version of CII"),
    Other(namespace: un, text: "a UN/CEFACT document", isNamed: true),
    Other(namespace: "urn:un:unece:", text: "a UN/CEFACT document", isNamed: true),
    Other(namespace: iso + "pain.001", text: "a payment order of ISO 20022, pain.001"),
    Other(namespace: iso + "pain.008", text: "a direct debit order of ISO 20022, pain.008"),
    Other(namespace: iso + "camt.052", text: "an account report of ISO 20022, camt.052"),
    Other(namespace: iso + "camt.053", text: "a bank statement of ISO 20022, camt.053"),
    Other(namespace: iso + "camt.054", text: "a bank notification of ISO 20022, camt.054"),
    Other(namespace: iso, text: "a message of ISO 20022,", isVersioned: true),
    Other(root: "Finvoice", text: "a Finvoice invoice"),
    Other(root: "FinvoiceAck", text: "a Finvoice receipt"),
    Other(root: "INVOICE_CENTER", text: "a TEAPPSXML invoice"),
    Other(namespace: "http://www.ebinterface.at/", text: "an ebInterface document", isNamed: true),
    Other(namespace: "urn:sfti:documents:BasicInvoice:", text: "a Svefaktura invoice"),
    Other(namespace: "urn:sfti:", text: "a Svefaktura document", isNamed: true),
    Other(namespace: "http://rep.oio.dk/ubl/", text: "an OIOXML document of the time before UBL 2.0", isNamed: true),
    Other(namespace: "http://isdoc.cz/", text: "an ISDOC document", isNamed: true),
    Other(root: "Facturae", text: "a Facturae invoice"),
    Other(namespace: "http://www.sat.gob.mx/", text: "a CFDI document", isNamed: true),
    Other(namespace: "http://crd.gov.pl/", text: "a KSeF document", isNamed: true),
    Other(namespace: "http://ksef.mf.gov.pl/", text: "a KSeF document", isNamed: true),
    Other(namespace: "http://schemas.nav.gov.hu/", text: "a document of the Hungarian tax office", isNamed: true),
    Other(namespace: "http://www.portalfiscal.inf.br/nfe", text: "an NF-e document", isNamed: true),
    Other(namespace: "http://www.opentrans.org/", text: "an openTRANS document", isNamed: true),
    Other(namespace: "http://www.swissdigin.ch/", text: "a swissDIGIN document", isNamed: true),
    Other(namespace: "http://www.gaeb.de/", text: "a GAEB document", isNamed: true),
    Other(root: "cXML", text: "a cXML message"),
    Other(root: "AuditFile", text: "a SAF-T audit file"),
    Other(namespace: "http://www.xoev.de/de/validator/", text: "a validation report", isNamed: true),
    Other(namespace: "http://purl.oclc.org/dsdl/svrl", text: "a Schematron report"),
    Other(namespace: "http://www.w3.org/1999/XSL/Transform", text: "an XSLT style sheet"),
    Other(namespace: "http://www.w3.org/2001/XMLSchema", text: "an XML schema"),
    Other(namespace: "http://schemas.xmlsoap.org/soap/", text: "a SOAP message"),
    Other(namespace: "http://www.w3.org/2003/05/soap-envelope", text: "a SOAP message"),
    Other(namespace: "http://www.w3.org/2000/svg", text: "an SVG picture"),
    Other(namespace: "adobe:ns:meta/", text: "XMP metadata"),
    Other(namespace: "http://ns.adobe.com/xfdf/", text: "PDF form data (XFDF)"),
    Other(namespace: "http://www.w3.org/2005/Atom", text: "an Atom feed"),
    Other(root: "rss", text: "an RSS feed"),
    Other(root: "html", text: "a web page (HTML)"),
  ]
}
