internal import Dates
internal import JSON

/// For programs: one object a line, as the page *Plan and coverage* says.
extension CampaignPlan {
  /// The plan's line, with its end.
  public var jsonLine: [UInt8] {
    var json = JSONWriter(capacity: 2048)
    json.beginObject()
    json.member("v", 1)
    json.member("campaign", calendar.campaign)
    json.member("as_of", day.iso)
    json.member("phase", calendar.phase(on: day)?.rawValue)
    json.member("active", calendar.active.iso)
    json.member("records", data.records)
    json.member("bills", bills)
    json.members(rejectsOf: data)
    json.key("counts")
    json.beginList()
    for (kind, count) in rows {
      json.beginObject()
      json.member("rule", kind.rule)
      json.member("phase", kind.phase)
      json.member("language", kind.language)
      json.member("channel", kind.channel)
      json.member("notice", kind.notice)
      json.member("variant", kind.variant)
      json.member("terms", kind.terms)
      json.member("count", count)
      json.endObject()
    }
    json.endList()
    json.key("timeline")
    json.beginList()
    for day in calendar.timeline(asOf: day, cycles: cycles ?? []) {
      json.beginObject()
      json.member("date", day.date.iso)
      json.member("what", day.event.rawValue)
      if let number = number(of: cards, on: day) { json.member("postcards", number) }
      if let number = number(of: emails, on: day) { json.member("emails", number) }
      json.endObject()
    }
    json.endList()
    json.key("cycles")
    if let cycles {
      json.beginList()
      for cycle in cycles { json.value(cycle.iso) }
      json.endList()
    } else {
      json.null()
    }
    json.key("coverage")
    if let coverage {
      json.beginObject()
      json.member("bills", coverage.bills)
      json.member("customers", coverage.customers)
      json.member("short", coverage.short)
      json.member("postcards", coverage.postcards)
      json.member(lacking: coverage.lacking)
      json.endObject()
    } else {
      json.null()
    }
    json.member("missing", missing.map(\.rawValue))
    json.member("postcards", cards)
    json.member("emails", emails)
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// A customer's line, with its end.
  public func jsonLine(_ customer: Customer) -> [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("account", customer.account)
    json.member("name", customer.name)
    json.member("mailed", customer.mailed)
    json.member("planned", customer.planned)
    json.member("coming", customer.coming)
    json.member("asked", coverage?.bills)
    json.key("postcards")
    json.beginObject()
    json.member("mailed", customer.cards.mailed)
    json.member("planned", customer.cards.planned)
    json.member("coming", customer.cards.coming)
    json.member("asked", coverage?.postcards)
    json.endObject()
    json.endObject()
    json.endLine()
    return json.bytes
  }
}

/// For programs.
extension CoverageTally {
  /// The line of counts, with its end.
  public var jsonLine: [UInt8] {
    var json = JSONWriter(capacity: 512)
    json.beginObject()
    json.member("v", 1)
    json.member("campaign", calendar.campaign)
    json.member("as_of", day.iso)
    json.member("active", calendar.active.iso)
    json.member("records", data.records)
    json.members(rejectsOf: data)
    json.key("coverage")
    json.beginObject()
    json.member("bills", asked.bills)
    json.member("postcards", asked.postcards)
    json.member("customers", customers)
    json.member("short", short)
    json.member(lacking: lacking)
    json.endObject()
    json.endObject()
    json.endLine()
    return json.bytes
  }

  /// A customer's line, with its end.
  public func jsonLine(_ customer: Customer) -> [UInt8] {
    var json = JSONWriter(capacity: 256)
    json.beginObject()
    json.member("account", customer.account)
    json.member("name", customer.name)
    json.member("bills", customer.bills)
    json.member("postcards", customer.postcards)
    json.key("asked")
    json.beginObject()
    json.member("bills", asked.bills)
    json.member("postcards", asked.postcards)
    json.endObject()
    json.key("missing")
    json.beginObject()
    json.member("bills", max(0, asked.bills - customer.bills))
    json.member("postcards", max(0, asked.postcards - customer.postcards))
    json.endObject()
    json.endObject()
    json.endLine()
    return json.bytes
  }
}

extension JSONWriter {
  /// How many messages of a channel go out with these data, by the rules that send them.
  fileprivate mutating func member(_ name: String, _ messages: CampaignPlan.Messages?) {
    key(name)
    guard let messages else {
      null()
      return
    }
    beginList()
    for row in messages.rows {
      beginObject()
      member("rule", row.name)
      member("count", row.count)
      endObject()
    }
    endList()
  }

  /// How many customers lack which.
  fileprivate mutating func member(lacking: PlanOptions.Coverage) {
    key("lacking")
    beginObject()
    member("bills", lacking.bills)
    member("postcards", lacking.postcards)
    endObject()
  }

  /// How many records become no bills, by code, and of how many the customer is not known.
  fileprivate mutating func members(rejectsOf data: RecordTally) {
    member("rejected", data.rejected)
    key("rejects")
    beginObject()
    for (code, count) in data.rejects.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) { member(code, count) }
    endObject()
    member("unread", data.unread)
  }
}
