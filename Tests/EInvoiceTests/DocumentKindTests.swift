import Billing
import Diagnostics
import EInvoice
import Testing

/// What is no invoice says what it is.
struct DocumentKindTests {
  private static let ubl = "urn:oasis:names:specification:ubl:schema:xsd:"

  @Test(arguments: [
    ("<rsm:CrossIndustryDocument xmlns:rsm='urn:ferd:CrossIndustryDocument:invoice:1p0'><a/></rsm:CrossIndustryDocument>", "ZUGFeRD 1.0"),
    ("<rsm:SCRDMCCBDACIOMessageStructure xmlns:rsm='urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100'/>", "Order-X"),
    ("<p:FatturaElettronica xmlns:p='http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2'/>", "FatturaPA"),
    ("<Order xmlns='\(ubl)Order-2'/>", "UBL order"),
    ("<o:OrderResponse xmlns:o='\(ubl)OrderResponse-2'/>", "response to an order"),
    ("<DespatchAdvice xmlns='\(ubl)DespatchAdvice-2'/>", "despatch advice"),
    ("<ApplicationResponse xmlns='\(ubl)ApplicationResponse-2'/>", "application response"),
    ("<Reminder xmlns='\(ubl)Reminder-2'/>", "reminder"),
    ("<Statement xmlns='\(ubl)Statement-2'/>", "statement of account"),
    ("<UtilityStatement xmlns='\(ubl)UtilityStatement-2'/>", "UBL document 'UtilityStatement'"),
    ("<Finvoice Version='3.0'/>", "Finvoice"),
    ("<Invoice xmlns='http://www.ebinterface.at/schema/5p0/'/>", "ebInterface"),
    ("<Invoice xmlns='urn:sfti:documents:BasicInvoice:1:0'/>", "Svefaktura"),
    ("<Invoice xmlns='http://rep.oio.dk/ubl/xml/schemas/0p71/pie/'/>", "OIOXML"),
    ("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'/>", "pain.001"),
    ("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'/>", "camt.053"),
    ("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.02'/>", "pacs.008.001.02"),
    ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "web page"),
    ("<!DOCTYPE html>\n<HTML><body><br>&nbsp;not closed", "web page"),
    ("<!doctype html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\"><html>", "web page"),
    ("<rsm:CrossIndustryInvoice xmlns:rsm='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:13'/>", "another version of CII"),
  ])
  func formatsAreNamed(_ xml: String, _ words: String) {
    for prolog in ["", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- \(String(repeating: "long ", count: 2_000))-->\n"] {
      let found = fault(prolog + xml)
      #expect(found?.code == .notAnEInvoice)
      #expect(found?.message.contains(words) == true, "\(found?.message ?? "a bill")")
      #expect(found?.message.contains("expected") == true)
      #expect(found?.message.contains("line ") == true)
    }
  }

  @Test
  func envelopesAreOpened() throws {
    let open = "<sh:StandardBusinessDocument xmlns:sh=\"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader\">"
    let head = "<sh:StandardBusinessDocumentHeader><sh:HeaderVersion>1.0</sh:HeaderVersion></sh:StandardBusinessDocumentHeader>"
    let close = "</sh:StandardBusinessDocument>"
    var sample = SampleInvoice()
    sample.prolog = ""
    sample.extraHead = "<cbc:UUID>7-of-no-term</cbc:UUID>"
    let plain = try EInvoiceRecord.json(from: Array(sample.xml.utf8), language: english)
    let wrapped = try EInvoiceRecord.json(from: Array((open + head + sample.xml + close).utf8), language: english)
    // All but the paths in the list of what has no place is the same.
    let text = String(decoding: wrapped, as: UTF8.self).replacing("/sh:StandardBusinessDocument/Invoice", with: "/Invoice")
    #expect(text == String(decoding: plain, as: UTF8.self))
    #expect(text.contains("7-of-no-term"))
    sample.lines[1] = "ten"
    #expect(
      fault(open + head + sample.xml + close)?.path == "/sh:StandardBusinessDocument/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount")
    for inside in ["", sample.xml + sample.xml] {
      #expect(fault(open + head + inside + close)?.code == .notAnEInvoice)
    }
    let order = fault(open + head + "<Order xmlns=\"\(DocumentKindTests.ubl)Order-2\"/>" + close)
    #expect(order?.code == .notAnEInvoice)
    #expect(order?.message.contains("UBL order") == true)
  }

  @Test(arguments: [
    ("", "a.xml", "the file is empty"), ("", "a.PDF", "the file is empty"), ("", "a.zip", "the file is empty"),
    ("Dear Sir, please pay.", "letter.xml", "is no XML, but plain text"), ("{\"v\":1}", "a.Xml", "is no XML, but JSON text"),
    ("  \n\n ", "a.xml", "is no XML, but nothing but white space"),
    ("\u{B}\u{10}zufall\n/ 7\n/ 8\n", "a.pdf", "is no PDF, but of no kind"), ("plain words", "a.zip", "is no ZIP archive, but plain text"),
    ("UNA:+.? 'UNB+UNOC:3+", "a.xml", "EDIFACT"),
  ])
  func filesThatAreNotWhatTheirNameSaysAreOneReject(_ content: String, _ name: String, _ words: String) throws {
    let bytes = Array(content.utf8)
    #expect(InvoiceSource.reads(name: Array(name.utf8), head: bytes))
    let source = InvoiceSource(bytes: bytes, name: Array(name.utf8))
    let invoice = try #require(source.next())
    #expect(source.next() == nil)
    guard case .fault(let fault) = invoice.content else {
      Issue.record("\(name) is taken for an invoice")
      return
    }
    #expect(fault.code == .notAnEInvoice)
    #expect(fault.message.contains(words), "\(fault.message)")
    #expect(invoice.raw == bytes)
  }

  @Test
  func jsonLinesAreLeftToTheirReader() {
    let line = Array("{\"v\":1,\"note\":\"%PDF-1.7\"}".utf8)
    for name in ["a.jsonl", "a.NDJSON", "a", "-", "folder.xml/a"] { #expect(!InvoiceSource.reads(name: Array(name.utf8), head: line)) }
    #expect(!InvoiceSource.reads(name: Array("a.jsonl".utf8), head: []))
    #expect(InvoiceSource.reads(name: Array("a.jsonl.gz".utf8), head: []))
    for name in ["a.jsonl", "a"] { #expect(InvoiceSource.reads(name: Array(name.utf8), head: Array("%PDF-1.4".utf8))) }
  }
}
