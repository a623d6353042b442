package import Contract
package import Files

/// Why a source cannot go on.
package enum SourceFailure: Error {
  /// The system refuses to read the file.
  case unreadable(SystemError)
  /// Nobody waits for the records any more: the command was told to end.
  case abandoned
  /// The run cannot go on, whatever the file.
  case impossible(RunFailure)
}

extension DataInput {
  /// How the run ends; where it was told to end, the caller finds out why before.
  package func failure(_ failure: SourceFailure) -> RunFailure {
    switch failure {
    case .unreadable(let error): unreadable(error)
    case .abandoned: RunFailure(.defect, id: "defect", "reading '\(shown)' was given up")
    case .impossible(let failure): failure
    }
  }
}
