/// An e-mail as the preview shows it.
public struct PreviewMessage: Sendable, Hashable {
  /// A header field, as people read it.
  public struct Header: Sendable, Hashable {
    /// Such as `From`.
    public var name: String
    /// Decoded; empty where there is nothing to say.
    public var value: String
    /// Makes one.
    public init(name: String, value: String) { (self.name, self.value) = (name, value) }
  }

  /// What a list of messages shows of it first.
  public var subject: String
  /// What such a list shows behind the subject.
  public var preheader: String
  /// In the order of the message.
  public var headers: [Header]
  /// The HTML, whose pictures stand in it as `data:` addresses.
  public var html: String
  /// The plain text.
  public var text: String
  /// Bytes of the whole message.
  public var size: Int

  /// Makes one.
  public init(subject: String, preheader: String, headers: [Header], html: String, text: String, size: Int) {
    (self.subject, self.preheader, self.headers, self.html, self.text, self.size) = (subject, preheader, headers, html, text, size)
  }
}

extension PreviewMessage: Fielded {
  package static var blank: PreviewMessage { PreviewMessage(subject: "", preheader: "", headers: [], html: "", text: "", size: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("subject", &subject)
      try walker.field("preheader", &preheader)
      try walker.field("headers", &headers)
      try walker.field("html", &html)
      try walker.field("text", &text)
      try walker.field("size", &size)
    }
  }
}

extension PreviewMessage.Header: Fielded {
  package static var blank: PreviewMessage.Header { PreviewMessage.Header(name: "", value: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("name", &name)
      try walker.field("value", &value)
    }
  }
}
