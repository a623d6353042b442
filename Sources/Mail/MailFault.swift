/// What keeps a message from being written or read.
public enum MailFault: Error, Hashable {
  /// The library could not write it: memory ran out.
  case unwritable
  /// What was read is no message with one recipient and an ID.
  case malformed
}
