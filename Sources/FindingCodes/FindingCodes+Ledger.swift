extension FindingCodes {
  /// What can be wrong with the ledger, with what is taken into it, and with files of rules of law.
  static let ledgers: [FindingCode] = [
    FindingCode(
      "bad-company", .ledger, .error, "`ledger create`: the company's name is empty, too long or holds control characters.", "Correct it."),
    FindingCode("bad-date", .ledger, .error, "A day in a file of rules is none.", "Write it as YYYY-MM-DD."),
    FindingCode("bad-value", .ledger, .error, "A value in a file of rules is none the key takes.", "See the rules the program brings."),
    FindingCode(
      "company-missing", .ledger, .error, "A ledger is named, and the campaign does not say whose it is.",
      "Write `company` in the campaign: the name the ledger was made with."),
    FindingCode(
      "event-refused", .ledger, .warning, "A row of events cannot be taken into the ledger; all others are.",
      "Correct it in the file of '--rejects' and import that."),
    FindingCode(
      "events-header", .ledger, .error, "The file of events does not begin with the line of its columns.",
      "Let it begin with 'account,state,date,source,scope,evidence'."),
    FindingCode("events-unreadable", .ledger, .error, "The file of events cannot be read.", "Look at the path."),
    FindingCode(
      "journal-missing", .ledger, .error, "`release --list`: the run's journal, which knows where its pieces go, is not there.",
      "Release without '--list', or make the run anew."),
    FindingCode(
      "ledger-damaged", .ledger, .error, "The ledger is not what was written: a disk, a copy or somebody has changed it.",
      "Put the last good copy in its place, and give the commands since then again."),
    FindingCode(
      "ledger-exists", .ledger, .error, "`ledger create`: something has that name.", "Choose another; a ledger is made once and kept."),
    FindingCode("ledger-foreign", .ledger, .error, "The file is no ledger of Billfold's.", "Look at the path."),
    FindingCode(
      "ledger-link", .ledger, .error, "The ledger is reached through a symbolic link, or has several names.",
      "Name the file itself; what was begun under one name is not seen under another."),
    FindingCode(
      "ledger-locked", .ledger, .error, "Another process has been using the ledger for too long.",
      "Wait until it has ended, and give the command again."),
    FindingCode("ledger-missing", .ledger, .error, "There is no ledger.", "Make one with `billfold ledger create`, or look at the path."),
    FindingCode(
      "ledger-moved-on", .ledger, .warning, "A run that goes on keeps to what it read of the ledger; that has further entries by now.",
      "Nothing, or begin the run anew with '--force'."),
    FindingCode("ledger-newer", .ledger, .error, "A newer version of the program wrote the ledger.", "Use that version, or a later one."),
    FindingCode(
      "ledger-older", .ledger, .error, "An older version of the program wrote the ledger, and reading it changes nothing.",
      "Give a command that writes it, such as `ledger import`."),
    FindingCode(
      "ledger-other-company", .ledger, .error, "The ledger is that of another company than the campaign.",
      "Name the company's own ledger, or correct `company` in the campaign."),
    FindingCode(
      "ledger-unfinished", .ledger, .error, "A command was killed while it wrote, and whoever reads may not take back what it began.",
      "Give that command again."),
    FindingCode("ledger-unreadable", .ledger, .error, "The ledger cannot be opened.", "Look at path and permissions."),
    FindingCode(
      "ledger-unwritable", .ledger, .error, "The ledger cannot be made or written; nothing was changed in it.",
      "Look at permissions and free space."),
    FindingCode("missing-key", .ledger, .error, "A required key of a rule of law is not there, or empty.", "Add it."),
    FindingCode("more-events-refused", .ledger, .note, "More rows were refused than are shown.", "Read the file of '--rejects'."),
    FindingCode(
      "output-unwritable", .ledger, .error, "The file of refused rows cannot be written; nothing was imported.",
      "Look at path and permissions."),
    FindingCode(
      "output-specimen", .ledger, .error, "`release`: the run was made with '--specimen'.", "Make it without, into another folder."),
    FindingCode(
      "piece-differs", .ledger, .finding, "`release`: the ledger has the piece with another digest, day or wording; nothing was written.",
      "Release the folder that was mailed, with the day it was; the ledger keeps what is in it."),
    FindingCode("rules-unreadable", .ledger, .error, "The folder of '--rules', or a file in it, cannot be read.", "Look at the path."),
    FindingCode("too-long", .ledger, .error, "A text or list in a file of rules is longer than allowed.", "Shorten it."),
    FindingCode(
      "unknown-key", .ledger, .error, "A key in a file of rules is none that is known.", "Correct it; the message names the nearest."),
    FindingCode(
      "wrong-type", .ledger, .error, "A mapping, list or text stands where another of them is expected in a file of rules.", "Correct it."),
  ]
}
