package import Contract
internal import EInvoice

/// The libraries whose version can show in what is read out of data.
package enum ReadingEngines {
  /// In the order of run.json.
  package static var all: [PreparedRun.Engine] { [.init("libzip", InvoiceEngines.zip), .init("qpdf", InvoiceEngines.qpdf)] }
}
