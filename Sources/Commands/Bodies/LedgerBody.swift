internal import Contract
internal import Dates
internal import Diagnostics
internal import Jurisdictions
internal import Ledger
internal import Reporting

/// Does the commands of `ledger`.
struct LedgerBody {
  let reporter: Reporter

  /// Makes a ledger.
  func create(_ path: String, company: String) -> ExitCode {
    ending { () throws(RunFailure) in
      try LedgerCreation.create(path, company: company)
      return .success
    }
  }

  /// Takes events in; a last line counts.
  func importEvents(_ file: String, ledger: String, rejects: String?) -> ExitCode {
    ending { () throws(RunFailure) in
      let counts = try EventImport(file, ledger: ledger, rejects: rejects) { reporter.report($0) }.run()
      reporter.result(
        reporter.format == .json
          ? "{\"new\":\(counts.new),\"known\":\(counts.known),\"refused\":\(counts.refused)}"
          : "\(counts.new) \(counts.new == 1 ? "event" : "events") new, \(counts.known) known already, \(counts.refused) refused")
      return counts.refused > 0 ? .rejects : .success
    }
  }

  /// Tells one account's history: for programs its line of `export`.
  func show(_ account: String, ledger: String, asOf day: PlainDate?, rules: String?) -> ExitCode {
    ending { () throws(RunFailure) in
      let book = try book(rules)
      let export = try LedgerExport(ledger)
      let entries = try export.entries(of: account, asOf: day)
      switch reporter.format {
      case .json: reporter.result(bytes: entries.line(book))
      case .text: for line in entries.lines(company: export.company, book) { reporter.result(line) }
      }
      return .success
    }
  }

  /// Tells all accounts.
  func export(_ ledger: String, asOf day: PlainDate?, rules: String?) -> ExitCode {
    ending { () throws(RunFailure) in
      let book = try book(rules)
      try LedgerExport(ledger).forEachAccount(asOf: day) { reporter.result(bytes: $0.line(book)) }
      return .success
    }
  }

  private func book(_ rules: String?) throws(RunFailure) -> JurisdictionBook {
    do throws(DiagnosticList) { return try JurisdictionBook.load(rules) } catch { throw RunFailure(.configuration, error.diagnostics) }
  }

  private func ending(_ body: () throws(RunFailure) -> ExitCode) -> ExitCode {
    do throws(RunFailure) { return try body() } catch {
      reporter.report(error.diagnostics)
      return error.code
    }
  }
}
