extension FindingCodes {
  /// What can happen to data files, output folder and the run itself.
  static let runs: [FindingCode] = [
    FindingCode(
      "account-not-met", .run, .error, "No record has an account named with '--only'; all else was written.",
      "Look at its spelling: accounts are compared byte by byte."),
    FindingCode(
      "accounts-unreadable", .run, .error, "The file of '--only @FILE' or '--exclude @FILE' cannot be read.",
      "Look at the path; the file is UTF-8, one account a line."),
    FindingCode("data-archive", .run, .error, "Data are packed in a form that is not read.", "Unpack them first, or make a ZIP archive."),
    FindingCode(
      "data-changed", .run, .error, "Data changed while they were read.", "Run again with data that nobody writes; the run continues."),
    FindingCode(
      "data-ignored", .run, .warning, "Files were passed over: those of a system, and those with an ending that no form of data has.",
      "Nothing, or rename those that are data."),
    FindingCode("data-repeated", .run, .error, "'-' is named twice.", "Name the standard input once."),
    FindingCode("data-too-long", .run, .error, "A stream is larger than the preview keeps.", "Preview a file instead."),
    FindingCode(
      "data-too-many", .run, .error, "There are more data files than can be read.", "Put records together, or run several times."),
    FindingCode("data-unreadable", .run, .error, "Data cannot be read, or a link leads nowhere.", "Look at path and permissions."),
    FindingCode("data-vanished", .run, .error, "A data file is gone since the run began.", "Put it back; the run continues."),
    FindingCode("defect", .run, .error, "Something happened that cannot.", "Report it; it is a fault of the program."),
    FindingCode("file-unreadable", .run, .error, "A file of the layout to be copied cannot be read.", "Look at its permissions."),
    FindingCode(
      "files-left", .run, .warning,
      "After '--force' a folder of pieces is not empty: neither the journal nor the manifest of the earlier run names what lies there.",
      "Look whose files they are; remove them if they are bills of a run whose journal is lost."),
    FindingCode(
      "folder-too-deep", .run, .warning, "A folder of data lies deeper than is read; what it holds is left out.",
      "Name it in '--data', or move it up."),
    FindingCode("folder-exists", .run, .error, "`new`: the folder is there already.", "Choose another name."),
    FindingCode("folder-too-large", .run, .error, "`new`: the folder to be copied is larger than any layout.", "Look at the path."),
    FindingCode("input-empty", .run, .warning, "An input, a file or a folder, holds no record.", "Look at it; the others are read."),
    FindingCode("inputs-changed", .run, .error, "Layout, campaign, fonts or key changed while the run was under way.", "Run again."),
    FindingCode(
      "journal-damaged", .run, .error, "The run's journal is not what was written: a disk, a copy or somebody has changed it.",
      "Begin the run anew with '--force'; the same data give the same bills."),
    FindingCode(
      "language-not-offered", .run, .error, "The layout has no strings for the language of '--language'.",
      "Use one of those the message names."),
    FindingCode(
      "layout-unknown", .run, .error, "`new`: there is no layout of that name.", "Name one of `Layouts/`, or a path with a slash."),
    FindingCode(
      "lock-removed", .run, .error, "The lock in `.work` was removed while the run was on, so that another process may write there, too.",
      "Look what removes it; the same command continues the run."),
    FindingCode("more-rejects", .run, .note, "There are more rejects than are shown.", "Read `rejects.jsonl`."),
    FindingCode(
      "no-issue-date", .run, .error, "`campaign plan`: no record says when it was issued, so that there is no day to plan for.",
      "Name the day with '--as-of'."),
    FindingCode(
      "no-records", .run, .error, "There is no record in all of the data.", "Look at the paths and the files' endings."),
    FindingCode("not-canonical", .run, .warning, "`format --check`: a file is not in canonical form.", "Run `billfold format` on it."),
    FindingCode(
      "output-displaced", .run, .error,
      "The output folder, its `.work`, journal or `run.json` was removed, moved or replaced while the run was on.",
      "Put it back and give the same command again, or begin anew; the message says which."),
    FindingCode("output-failed", .run, .error, "A file or folder cannot be written.", "Look at path, permissions and free space."),
    FindingCode("output-locked", .run, .error, "Another process writes to the output folder.", "Wait until it has ended."),
    FindingCode("output-not-billfolds", .run, .error, "The output folder is not empty and not Billfold's.", "Name another or a new one."),
    FindingCode(
      "output-other-run", .run, .error, "The output folder holds another run; the message says what differs.",
      "Name another folder, or replace the run with '--force'."),
    FindingCode(
      "output-unfinished", .run, .error, "`verify`: the run in the folder is not finished.", "Finish it by the command that began it."),
    FindingCode("output-unreadable", .run, .error, "The output folder, or a file in it, cannot be read.", "Look at its permissions."),
    FindingCode(
      "output-unwritable", .run, .error, "Output cannot be written.",
      "Look at permissions and free space; the same command continues the run."),
    FindingCode("poll", .run, .error, "The program cannot wait for its workers.", "Report it; it is a fault of the program."),
    FindingCode("port-in-use", .run, .error, "`preview`: another program listens at that port.", "Name another with '--port'."),
    FindingCode("preview-port", .run, .error, "`preview`: the port cannot be listened at.", "Name one above 1023 with '--port'."),
    FindingCode(
      "records-lost", .run, .note, "Records cost their workers in this run, and not in the one before.",
      "Give the same command again: it tries them once more, and only them."),
    FindingCode(
      "run-differs", .run, .error, "`verify`: the folder was made from other inputs, with other options or by another program.",
      "Give those of its run; the message says what differs."),
    FindingCode("stopped", .run, .warning, "The run was stopped by a signal.", "The same command continues it."),
    FindingCode(
      "thread-start", .run, .error, "The system gives the program no thread.", "Look at limits of processes (`ulimit -u`) and memory."),
    FindingCode("unreadable-folder", .run, .error, "A folder cannot be read.", "Look at path and permissions."),
    FindingCode(
      "worker-lost", .run, .error, "`preview`: the process that lays bills out ended.",
      "Look at the record or the layout it ended on; the next save starts another."),
    FindingCode("worker-start", .run, .error, "Worker processes cannot be started.", "Look at limits of processes and memory."),
  ]
}
