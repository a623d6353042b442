extension FindingCodes {
  /// What `verify` can find in a finished output folder.
  static let verification: [FindingCode] = [
    FindingCode(
      "counts-differ", .verification, .finding, "The summary's records in are not those out, rejected and skipped.",
      "The summary was changed; make the run again into another folder and compare."),
    FindingCode(
      "file-differs", .verification, .finding, "A file has another size or SHA-256 than the manifest says.",
      "Remove it and run `render` with the same inputs again, or take it from a copy."),
    FindingCode(
      "file-missing", .verification, .finding, "A file is not there.", "Run `render` with the same inputs again: it makes what is missing."),
    FindingCode(
      "file-unnamed", .verification, .finding, "A file or folder is there that the manifest does not name.",
      "Move it elsewhere if it is yours; if it is a bill, find out whose manifest it belongs to."),
    FindingCode(
      "file-unverifiable", .verification, .finding, "The system refuses to read a file or folder; exit code 66.",
      "Look at permissions and at the disk."),
    FindingCode(
      "identity-repeated", .verification, .finding, "Two lines of the manifest name the same bill.",
      "The manifest was changed; take it from a copy."),
    FindingCode(
      "line-contradicts", .verification, .finding, "A line disagrees with itself or with run.json.",
      "The manifest was changed; take it from a copy."),
    FindingCode(
      "line-malformed", .verification, .finding, "A line of manifest or rejects is none that Billfold writes.",
      "The file was changed; take it from a copy."),
    FindingCode(
      "lines-unsorted", .verification, .finding, "A line does not stand where it is sorted.", "The file was changed; take it from a copy."),
    FindingCode(
      "not-a-file", .verification, .finding, "A link, a folder or something else stands in place of a file; links are not followed.",
      "Put the file itself there."),
    FindingCode(
      "pages-differ", .verification, .finding, "A PDF has another number of pages than the manifest says.",
      "Compare file and manifest with a copy."),
    FindingCode(
      "pdf-damaged", .verification, .finding, "A PDF cannot be read to its end.",
      "Remove it and run `render` with the same inputs again, or take it from a copy."),
    FindingCode(
      "record-repeated", .verification, .finding, "One record stands on two lines of manifest and rejects.",
      "One of the files was changed; take it from a copy."),
    FindingCode(
      "sample-differs", .verification, .finding, "A bill that was made again is another than the one that is there.",
      "Keep both: either the folder was changed, or the program is at fault."),
    FindingCode(
      "summary-differs", .verification, .finding,
      "A figure of the summary is not what manifest and rejects add up to, or a digest not its file's.",
      "One of the files was changed; take them from a copy."),
  ]
}
