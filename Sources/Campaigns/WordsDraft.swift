internal import Digests
internal import JSON
internal import Languages

/// The words of a phase in one language as far as they are known.
struct WordsDraft {
  var heading: CampaignText?
  var body: CampaignText?
  var action: CampaignText?
  var keepPaper: CampaignText?
  /// `nil` where the campaign has no such key, which is not the same to the digest as an empty list.
  var benefits: [CampaignText]?
  var label: CampaignText?
  var subject: CampaignText?
  var preheader: CampaignText?

  /// These words, and where they say nothing those of others.
  func over(_ others: WordsDraft) -> WordsDraft {
    WordsDraft(
      heading: heading ?? others.heading, body: body ?? others.body, action: action ?? others.action,
      keepPaper: keepPaper ?? others.keepPaper, benefits: benefits ?? others.benefits, label: label ?? others.label,
      subject: subject ?? others.subject,
      preheader: preheader ?? others.preheader)
  }

  /// The words; `nil` where one that is needed is missing, which has been reported.
  ///
  /// - Parameter general: What the campaign says for all notices on keeping paper.
  func words(_ phase: Phase, _ language: LanguageTag, isStandard: Bool, keepPaper general: CampaignText?) -> Words? {
    guard let body else { return nil }
    if isStandard { guard heading != nil, action != nil, keepPaper ?? general != nil else { return nil } }
    var members: [JSONValue.Member] = [("action", action), ("body", body), ("heading", heading), ("keep-paper", keepPaper)].compactMap {
      name, text in text.map { JSONValue.Member(name, .text($0.text)) }
    }
    if let benefits { members.append(JSONValue.Member("benefits", .list(benefits.map { .text($0.text) }))) }
    for (name, text) in [("label", label), ("preheader", preheader), ("subject", subject)] {
      if let text { members.append(JSONValue.Member(name, .text(text.text))) }
    }
    return Words(
      phase: phase, language: language, heading: heading, body: body, action: action, keepPaper: keepPaper ?? general,
      benefits: benefits ?? [], label: label, subject: subject, preheader: preheader,
      digest: Digest256.hex(JSONValue.object(members).canonical))
  }
}
