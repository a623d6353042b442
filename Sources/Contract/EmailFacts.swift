/// What is to be known of an e-mail beside what is known of every piece.
public struct EmailFacts: Sendable, Hashable {
  /// Its `Message-ID`, without the angle brackets: the same each time it is made.
  public var messageID: String
  /// The sender of its envelope, to whom servers send back what they cannot deliver.
  public var returnPath: String

  /// Makes the facts of an e-mail.
  public init(messageID: String, returnPath: String) { (self.messageID, self.returnPath) = (messageID, returnPath) }
}

extension EmailFacts: Fielded {
  package static var blank: EmailFacts { EmailFacts(messageID: "", returnPath: "") }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("message_id", &messageID)
      try walker.field("return_path", &returnPath)
    }
  }
}
