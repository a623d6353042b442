internal import Dates
internal import Reporting

/// For people.
extension CampaignPlan {
  /// The plan, a line each.
  ///
  /// - Parameter columns: How wide a picture may be; `nil` where nobody sees one.
  public func lines(columns: Int?) -> [String] {
    var lines = ["\(DiagnosticRenderer.visible(calendar.campaign)) as of \(day.iso): \(phaseWords)"]
    let timeline = calendar.timeline(asOf: day, cycles: cycles ?? [])
    let picture = columns.map { PlanTimeline(timeline).picture(columns: $0 - 2) } ?? []
    if !picture.isEmpty { lines += [""] + picture.map { $0.isEmpty ? "" : "  " + $0 } }
    lines.append("")
    lines += timeline.map { day in
      let mark = picture.isEmpty ? "" : "\(PlanTimeline.mark(day.event)) "
      return "  \(mark)\(day.date.iso)  \(words(for: day.event))"
        + messages.compactMap { name, sent in number(of: sent, on: day).map { ", \(count($0, name))" } }.joined()
    }
    let more = messages.map { "; \(count($1.count, $0))" }.joined()
    lines += ["", "\(count(data.records, "record")): \(count(bills, "bill")), \(data.rejected) rejected\(more)"]
    lines += counted
    return lines
  }

  /// What is said last: who will have been told too little, or why nobody can say so.
  public var verdict: [String] {
    var lines: [String] = []
    if missing.contains(.coverage) {
      lines.append(
        "the campaign has no 'coverage': how many notices each customer must have had before \(calendar.active.iso) is not known")
    }
    if missing.contains(.cycles) {
      lines.append("the campaign has no 'cycles': how many notices are still to come before \(calendar.active.iso) is not known")
    }
    if let coverage {
      let ledger = hasLedger ? "" : "; without '--ledger' nothing counts as mailed"
      lines.append(
        "\(coverage.short) of \(count(coverage.customers, "paper customer")) will have had fewer than "
          + "\(demandWords(coverage.bills, coverage.postcards)) before \(calendar.active.iso)"
          + "\(lackWords(coverage.postcards, coverage.lacking))\(ledger)\(unreadWords(data.unread))")
    }
    return lines
  }

  /// A customer's line.
  public func line(_ customer: Customer) -> String {
    let had = customer.mailed + customer.planned + customer.coming
    var text =
      "\(DiagnosticRenderer.visible(customer.account))  \(DiagnosticRenderer.visible(customer.name)): "
      + "\(had) of \(count(coverage?.bills ?? 0, "notice")): \(customer.mailed) mailed, \(customer.planned) with these data, "
      + "\(customer.coming) to come"
    if let postcards = coverage?.postcards, postcards > 0 {
      let cards = customer.cards
      text +=
        "; \(cards.mailed + cards.planned + cards.coming) of \(count(postcards, "postcard")): \(cards.mailed) mailed, "
        + "\(cards.planned) with these data, \(cards.coming) to come"
    }
    return text
  }

  /// What goes out beside bills, of what the campaign sends.
  private var messages: [(name: String, sent: Messages)] {
    [("postcard", cards), ("e-mail", emails)].compactMap { name, sent in sent.map { (name, $0) } }
  }

  /// How many messages of a channel go out on a day of the timeline; `nil` for other days, and for days on which none does.
  func number(of messages: Messages?, on day: CampaignCalendar.Day) -> Int? {
    guard let messages else { return nil }
    let number: Int? =
      switch day.event {
      case .plan: messages.count
      case .cycle:
        cycles?.firstIndex(of: day.date).flatMap { messages.toCome.indices.contains($0) ? messages.toCome[$0] : nil }
      case .announce, .remind, .final, .active, .keepBy, .terms: nil
      }
    return number == 0 ? nil : number
  }

  private var phaseWords: String { calendar.phase(on: day).map { "phase \($0.rawValue)" } ?? "before the first phase" }

  private func words(for event: CampaignCalendar.Event) -> String {
    switch event {
    case .announce, .remind, .final: "phase \(event.rawValue) begins"
    case .active: "phase active begins: paper stops"
    case .plan: "these data"
    case .cycle: "a cycle to come"
    case .keepBy: "the last day to keep paper"
    case .terms: "the updated terms come into force"
    }
  }

  /// How many bills have each value of what the plan counts by.
  private var counted: [String] {
    guard bills > 0 else { return [] }
    let none = "none"
    var tables: [(String, [(name: String?, count: Int)])] = [
      ("rule", counts { $0.rule }), ("phase", counts { $0.phase }), ("language", counts { $0.language }),
      ("channel", counts { $0.channel }),
      ("notice", counts { $0.notice }), ("terms", counts { $0.terms }),
    ]
    for (name, sent) in messages where sent.count > 0 { tables.append((name, sent.rows.map { ($0.name, $0.count) })) }
    if hasLayout { tables.append(("variant", counts { kind in kind.notice.map { "\($0)\(kind.variant.map { " \($0)" } ?? "")" } })) }
    let width = tables.map { $0.1.map { ($0.name ?? none).count }.max() ?? 0 }.max() ?? 0
    let digits = String(bills).count
    return tables.flatMap { title, rows in
      [""]
        + rows.enumerated().map { index, row in
          let head = index == 0 ? title : ""
          let number = String(row.count)
          return "  \(padded(head, 10))\(padded(DiagnosticRenderer.visible(row.name ?? none), width))  "
            + String(repeating: " ", count: max(0, digits - number.count)) + number
        }
    }
  }

  private func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
}

/// What is said of records that tell of no customer.
private func unreadWords(_ unread: Int) -> String {
  unread > 0 ? "; \(count(unread, "record")) cannot be read, and whose \(unread == 1 ? "it is" : "they are") is not judged" : ""
}

/// What is asked of each customer.
private func demandWords(_ bills: Int, _ postcards: Int) -> String {
  count(bills, "notice") + (postcards > 0 ? " and \(count(postcards, "postcard"))" : "")
}

/// How many lack which, where more than one thing is asked.
private func lackWords(_ postcards: Int, _ lacking: PlanOptions.Coverage) -> String {
  postcards > 0 ? ": \(lacking.bills) too few notices, \(lacking.postcards) too few postcards" : ""
}

/// A number with its noun.
func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

/// For people.
extension CoverageTally {
  /// A customer's line.
  public func line(_ customer: Customer) -> String {
    var text =
      "\(DiagnosticRenderer.visible(customer.account))  \(DiagnosticRenderer.visible(customer.name)): "
      + "\(customer.bills) of \(count(asked.bills, "notice"))"
    if asked.postcards > 0 { text += ", \(customer.postcards) of \(count(asked.postcards, "postcard"))" }
    return text
  }

  /// What is said last.
  public var verdict: String {
    let wanted = demandWords(asked.bills, asked.postcards)
    let until = day < calendar.active ? "by \(day.iso)" : "before \(calendar.active.iso)"
    return "\(DiagnosticRenderer.visible(calendar.campaign)): \(short) of \(count(customers, "paper customer")) had fewer than \(wanted) "
      + "mailed \(until)\(lackWords(asked.postcards, lacking))\(unreadWords(data.unread))"
  }
}
