package import Billing
internal import Diagnostics

extension BillReader {
  /// A reader that lets pass what a command's options let pass.
  package init(_ options: JobOptions) {
    self.init(strictLines: options.strictLines, acceptsSumMismatch: options.isAccepted(.sumMismatch))
  }
}
