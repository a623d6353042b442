public import Diagnostics

/// What is known of layout, campaign, fonts and key once they have been read and found good, before the first record.
public struct PreparedRun: Sendable, Hashable {
  /// A name and a value, such as `cairo` and `1.16.0`.
  public struct Engine: Sendable, Hashable {
    /// Such as `cairo`.
    public var name: String
    /// As the library itself says it.
    public var version: String
    /// Names an engine's version.
    public init(_ name: String, _ version: String) { (self.name, self.version) = (name, version) }
  }

  /// Digest of all files the layout refers to, by relative path: 64 lower-case hexadecimal digits.
  public var layoutDigest: String
  /// Digest of all files the campaign refers to, by relative path; `nil` without a campaign.
  public var campaignDigest: String?
  /// The campaign's id; `nil` without a campaign.
  public var campaign: String?
  /// Whose campaign it is; `nil` where it does not say, and without one.
  public var company: String?
  /// Digest of the files of the company's own rules of law; `nil` without.
  public var rulesDigest: String?
  /// Digest of the fonts in use.
  public var fontsDigest: String
  /// The first 8 hexadecimal digits of HMAC-SHA256(key, "billfold run"); `nil` without a key.
  public var keyCheck: String?
  /// The version of every library whose work can show in a PDF's bytes; the pipeline adds those that read data.
  public var engines: [Engine]
  /// Handed to each worker's factory as it is: for example the digests above, so that a worker notices that the layout has changed.
  public var payload: [UInt8]
  /// The layout's first language: that of e-invoices, which name none, unless the command does.
  public var language: String?
  /// Findings that do not stop the run; printed at its start.
  public var warnings: [Diagnostic]

  /// Makes the description of a prepared run.
  public init(
    layoutDigest: String, campaignDigest: String?, campaign: String? = nil, company: String? = nil, rulesDigest: String? = nil,
    fontsDigest: String, keyCheck: String?, engines: [Engine], payload: [UInt8] = [], language: String? = nil, warnings: [Diagnostic] = []
  ) {
    (self.campaign, self.company, self.rulesDigest) = (campaign, company, rulesDigest)
    (self.layoutDigest, self.campaignDigest, self.fontsDigest) = (layoutDigest, campaignDigest, fontsDigest)
    (self.keyCheck, self.engines, self.payload, self.warnings) = (keyCheck, engines, payload, warnings)
    self.language = language
  }
}
