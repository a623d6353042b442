extension FindingCodes {
  /// What can keep e-mails from being sent, and what can become of one.
  static let sending: [FindingCode] = [
    FindingCode(
      "account-not-met", .sending, .error, "No e-mail has an account named with '--only'; the others were sent.",
      "Look at its spelling: accounts are compared byte by byte."),
    FindingCode(
      "authorities-unusable", .sending, .error, "The file of '--smtp-ca' cannot be read, or holds no certificates.",
      "Name a file of certificates in PEM."),
    FindingCode(
      "journal-missing", .sending, .error,
      "The run's journal in `.work` is not there, so that nobody can say what the run knew of its customers.",
      "Put `.work` back, or make the run anew into another folder."),
    FindingCode(
      "message-deferred", .sending, .finding, "The server did not take the message for now, at each try.",
      "Give the same command again later: it tries once more."),
    FindingCode(
      "message-ready", .sending, .note, "`send --dry-run`: the message would be sent.", "Nothing."),
    FindingCode(
      "message-refused", .sending, .finding, "The server refused the message or its address for good; its words say why.",
      "Correct the address where it is kept; a `bounced` event in the ledger keeps later e-mails from it."),
    FindingCode(
      "message-suppressed", .sending, .warning,
      "The message was left out: the ledger has one of its campaign, phase and cycle, or has heard of the customer since the run was made.",
      "Nothing; the next run sees what the ledger has."),
    FindingCode(
      "message-unknown", .sending, .finding, "All of the message was sent and no answer came: the server may have taken it or not.",
      "Look at the server's own log; '--retry-unknown' sends it once more, and the customer may get two."),
    FindingCode(
      "output-sent", .sending, .error, "`render --force`: e-mails of the run in the folder were sent, and its `.send` says which.",
      "Keep the folder, and name another."),
    FindingCode(
      "output-specimen", .sending, .error, "The run was made with '--specimen'.", "Make it without, into another folder."),
    FindingCode(
      "password-unusable", .sending, .error, "The file of the password cannot be read, is not one line, or may be read by others.",
      "Make it your own, with mode 0600 and the password in one line."),
    FindingCode(
      "piece-differs", .sending, .finding, "A message was accepted, and the ledger has the piece with another digest, day or wording.",
      "Find out who wrote it; the ledger keeps what is in it."),
    FindingCode(
      "send-damaged", .sending, .error, "The folder's `.send` is not what was written: nobody knows from it who has had a message.",
      "Put the last good copy back; the ledger and the server's log have what was accepted."),
    FindingCode(
      "send-locked", .sending, .error, "Another process sends from the folder, or with the ledger.", "Wait until it has ended."),
    FindingCode(
      "send-other-manifest", .sending, .error, "The folder's `.send` belongs to another manifest, or to another version of the program.",
      "Put back the manifest that was sent, or use that version."),
    FindingCode(
      "sender-refused", .sending, .error, "The server takes no messages from the campaign's `return-path`.",
      "Log in as who may send from there, or correct `return-path` and make the run anew."),
    FindingCode(
      "server-certificate", .sending, .error,
      "The server's certificate has run out, is another host's, or nobody who is trusted signed it.",
      "Name the host as the certificate does; name a certificate authority of your own with '--smtp-ca'."),
    FindingCode(
      "server-insecure", .sending, .error, "The server offers no TLS, or none of version 1.2 or later.",
      "Try 'smtps://' with its port, or have the server set up."),
    FindingCode("server-login", .sending, .error, "The server does not accept user and password, or offers no login.", "Correct them."),
    FindingCode("server-refused", .sending, .error, "The server does not speak with this machine.", "Ask who runs it; its words say why."),
    FindingCode(
      "server-unavailable", .sending, .error, "The server says that it takes no messages for now.",
      "Give the same command again later; it sends the rest."),
    FindingCode(
      "server-unreachable", .sending, .error, "The server cannot be reached, or was lost and did not come back.",
      "Look at host, port and network; the same command sends the rest."),
  ]
}
