import Foundation
import TestSupport
import Testing

/// What bounds input is stated where it is used, with its reason and what it stops; the page *Limits* is made from that.
///
/// `RECORD=1 swift test --filter ArchitectureTests` writes the page anew.
@Suite struct LimitTests {
  private static let page = "Sources/billfold/billfold.docc/Limits.md"

  /// Numbers that bound nothing that comes from outside: steps, sizes of buffers, pauses, versions, measures of the trade.
  private static let others: Set<String> = [
    "Barcodes/BarcodeKind.qrQuietModules", "Barcodes/BarcodeKind.dataMatrixQuietModules", "Barcodes/BarcodeKind.code128QuietModules",
    "Barcodes/IntelligentMail.barCount", "Billing/RecordLines.chunk", "Billmaking/CardMaker.sides", "Billmaking/FontTrial.characters",
    "Billmaking/PageMark.darkest", "Billmaking/PageMark.width",
    "CampaignLint/Rules/LengthRule.card", "CampaignLint/Rules/LengthRule.heading", "CampaignLint/Rules/LengthRule.notice",
    "CampaignLint/Rules/LengthRule.sentence",
    "CampaignLint/Rules/ReadabilityRule.fewestWords", "Cairo/ImageSurface.threeBytes", "Cairo/ImageSurface.fastWriting",
    "Campaigns/TermsComparison.movedWords",
    "Commands/Workspace/LayoutStarter.billCount",
    "Composition/BillComposer+Text.noticeHeadingLevel", "Composition/ComposedTable.checkpointStep", "Composition/EmailStyling.growth",
    "Diagnostics/SourceExcerpt.width",
    "Diagnostics/ScalarOffsets.step", "EInvoice/Input/ArchiveDirectory.tail",
    "EInvoice/Input/ArchiveDirectory.entryHeader", "EInvoice/Input/InvoiceSource+Steps.innerBits", "EInvoice/XML/TextPlaces.stride",
    "FileReading/ReaderProcess.chunk", "Files/LoadedLibrary.bytes", "Files/OpenFile.currentFolder",
    "Intake/Reader/ReadingTally.innerBits", "Intake/RecordSource.namesKept", "Intake/RecordSource.headBytes", "Intake/RecordSource.chunk",
    "Layout/Nodes/ChartDrawing.hatchStep", "Layout/Nodes/FitNode.shrinkSteps", "Layout/Text/TextSetter+Balancing.mostBalancedLines",
    "Layout/Tables/TableCore.keptRows", "Layout/Pages/FoldClearing.widerGap",
    "LayoutLanguage/Expressions/AudienceCondition.localCount",
    "Layout/Tables/TableCore.window", "Layout/Tables/TableCore.tailSearch", "Layout/Tables/TableFlow.breakableShare",
    "Layout/Tables/TableFlow.tieShare", "Layout/Tables/FigureDistance.reach", "Layout/Tables/RowRules.dividedRows",
    "Ledger/EventImport.shownRefusals", "Ledger/LedgerConnection.lookedThrough",
    "Ledger/PieceRecording.keptWordings",
    "LayoutLanguage/Template/FitSheet.standardShare", "LayoutLanguage/Writing/LayoutFormatter.width", "Painting/TraceRecorder.version",
    "Pipeline/Input/FirstPass.chunk",
    "Pipeline/Input/FirstPass.recordsBetweenLooks", "Pipeline/Input/IdentityBook.digestBytes",
    "Pipeline/Output/FirstPassRows.accountsBetweenLooks", "Pipeline/Input/Spool.chunk",
    "Pipeline/Output/Committer.pieces", "Pipeline/Output/Committer.patience", "Pipeline/Output/Journal.format",
    "Pipeline/Output/Journal.page", "Pipeline/Output/JournalRows.kindBits",
    "Pipeline/Output/ResultFiles.rowsBetweenLooks", "Pipeline/Output/ResultFiles.chunk", "Pipeline/Output/RunRecord.version",
    "Pipeline/Output/RunRecord.shownDigits", "Pipeline/Output/RunRecord.shownLength", "Pipeline/Output/Summary.version",
    "Pipeline/Plan/PlanBook.page", "Pipeline/Plan/PlanData.recordsBetweenLooks",
    "Pipeline/Plan/PlanTimeline.widest", "Pipeline/Plan/PlanTimeline.narrowest", "Pipeline/Release/CardPostage.tolerance",
    "Pipeline/Release/MailingList.addressLines",
    "Pipeline/Release/ManifestWalk.chunk", "Pipeline/Run/ProgramBuild.chunk", "Billmaking/StockFonts.chunk",
    "Pipeline/Run/Progress.pause",
    "Pipeline/Run/RenderCycle.burst",
    "Pipeline/Run/RenderCycle.standingPause", "Pipeline/Verify/LineIndex.rejects", "Pipeline/Verify/PDFReading.entryLength",
    "Pipeline/Verify/PieceVerification.chunk", "Pipeline/Workers/FontTrialRun.pause", "Pipeline/Workers/Worker.killed",
    "Pipeline/Workers/WorkerPool.depth", "Pipeline/Workers/WorkerPool.watchPause", "Preview/Data/FileWatcher.rest",
    "Preview/Data/IndexFiller.pause", "Preview/Data/IndexFiller.niceness", "Preview/Data/RecordBlock.isFaulty",
    "Preview/Data/RecordBlock.isDerived", "Preview/Data/RecordBlock.isUnmade", "Preview/Server/PreviewHub+Survey.surveyDelay",
    "Preview/Worker/PreviewWorker.watchPause", "Preview/Worker/WorkerLane.grace", "Recognition/FileKind.pdfHead",
    "Recognition/FileKind.headBytes", "Reporting/StandardOutput.pipeBytes", "Reporting/StandardOutput.grace",
    "Sampling/ExtremeDraft.widest", "Sampling/SampleRandom.block", "Tables/CSVFile.chunk", "Tables/CSVReader.chunk",
    "Typography/HyphenationDictionary.minimumWordLength",
    "Typography/LineBreaker.leastSpace", "Typography/LineBuilder.mostSpace", "Typography/LinePlacement.hyphenBytes",
    "Typography/ParagraphBuilder+StandIns.boxWidth",
    "WorkerLink/Child.pipeCapacity",
    "WorkerLink/ChildWatch.stir", "WorkerLink/Frame.version", "WorkerLink/Frame.headerLength", "WorkerLink/FrameBuffer.chunk",
    "WorkerLink/WorkerChannel.input", "WorkerLink/WorkerChannel.output",
  ]

  /// Comparisons with a number that is written out, by file: ranges of options, of a format, of characters, of weights.
  private static let writtenOut: Set<String> = [
    "Barcodes/Barcode.swift: < 128", "CampaignLint/Finders/DateFinder.swift: ...2199", "Commands/CampaignCommand.swift: ...1024",
    "Commands/Check.swift: ...1024",
    "Commands/Render.swift: ...1024", "Commands/Sample.swift: ...1_000_000_000",
    "Commands/Send.swift: ...3_600", "Commands/Send.swift: ...60_000",
    "Commands/SharedOptions.swift: ...1_048_576", "Commands/SharedOptions.swift: ...86_400", "Commands/Verify.swift: ...1024",
    "Commands/Verify.swift: ...999_999_999", "Dates/PlainDate.swift: ...9999", "EInvoice/Input/LZW.swift: < 256",
    "EInvoice/Input/LZW.swift: < 4_096", "EInvoice/Input/LZW.swift: > 1_024", "EInvoice/Input/LZW.swift: > 2_048",
    "EInvoice/Input/LZW.swift: > 512", "EInvoice/Input/PDFFilter.swift: < 128",
    "LayoutLanguage/Compiling/LiteralReader+Styles.swift: ...900", "LayoutLanguage/Compiling/LiteralReader.swift: <= 100",
    "LayoutLanguage/Compiling/LiteralReader.swift: <= 1000", "LayoutLanguage/Elements/ElementRegistry+Parts.swift: ...1000",
    "Pipeline/Run/Progress.swift: < 3600", "Preview/Server/PreviewHub+Survey.swift: > 400_000_000",
    "Sampling/SampleDraft+Metered.swift: ...110", "Sampling/SampleDraft+Metered.swift: ...112",
    "Sampling/SampleDraft+Metered.swift: ...130", "Sampling/SampleReading+Meter.swift: ...100",
    "Sampling/SampleReading+Meter.swift: ...1_000", "Sampling/SampleReading+Meter.swift: ...400",
    "Sampling/SampleReading+Meter.swift: <= 1_000", "Sampling/SampleReading.swift: > 1_000", "Sampling/SampleDraft+Charges.swift: ...112",
    "Sampling/SampleDraft+Charges.swift: ...130", "Sampling/SampleDraft.swift: ...19_999", "Sampling/SampleDraft.swift: ...999",
    "Sampling/SampleReading.swift: ...100", "Sampling/SampleReading.swift: ...1_000", "Sampling/SampleReading.swift: ...1_000_000",
    "Sampling/SampleReading.swift: ...400", "Typography/CompactFontCheck.swift: ...250", "Typography/CompactFontCheck.swift: ...254",
    "Typography/FontBook+Resolve.swift: < 400", "Typography/FontBook+Resolve.swift: <= 500", "Typography/FontBook+Resolve.swift: > 500",
    "Typography/FontFile.swift: ..<127", "Typography/ParagraphBuilder+Itemizing.swift: ...256", "Typography/ShapingFace.swift: ..<128",
  ]

  /// The modules from the bottom up, as the architecture page lists them.
  private static func modules() throws -> [String] {
    let page = try Project.text("Sources/billfold/billfold.docc/Architecture.md")
    let start = try #require(page.range(of: "| module | imports | holds |"))
    return page[start.upperBound...].split(separator: "\n").dropFirst().prefix { $0.hasPrefix("|") }.compactMap {
      $0.firstMatch(of: /`([A-Za-z-]+)`/).map { String($0.1) }
    }.filter { $0 != "billfold-bench" && $0 != "billfold" }
  }

  @Test func everyNumberIsABoundWithAReasonOrListedAsNone() throws {
    let stated = try StatedBound.all(try Self.modules())
    #expect(stated.count { $0.stops != nil } > 200)
    for one in stated {
      if let stops = one.stops {
        #expect(one.reason.count > 15 && one.reason.hasSuffix("."), "\(one.key): its comment does not say what it counts and why")
        #expect(stops.count > 8 && stops.hasSuffix("."), "\(one.key): '- Stops:' names no attack")
        #expect(!Self.others.contains(one.key), "\(one.key) is a bound and is listed as none")
      } else {
        #expect(
          Self.others.contains(one.key),
          "\(one.key) = \(one.expression): say in its comment what it counts, why so many, and in a line '- Stops:' against what; or list it here"
        )
      }
    }
    let keys = Set(stated.map(\.key))
    for other in Self.others { #expect(keys.contains(other), "\(other) is listed and is no number any more") }
  }

  /// A bound has a name: nothing is compared with a large number that only stands there.
  @Test func noBoundIsWrittenOut() throws {
    var found: Set<String> = []
    for file in Project.files(below: "Sources", ending: ".swift") {
      for line in try Project.text(file).split(separator: "\n") where Self.mayCompare(line) {
        let code = line.replacing(#/\/\/.*/#, with: "").replacing(#/"[^"]*"/#, with: "")
        guard !code.contains("static let") else { continue }
        for match in code.matches(of: #/(?:[<>]=?|\.\.[.<]) *(?:\d{1,3}(?:_\d{3})+|\d{3,}|\d+ << \d+)\b/#) {
          found.insert("\(file.dropFirst("Sources/".count)): \(match.output)")
        }
      }
    }
    for line in found.sorted() {
      #expect(Self.writtenOut.contains(line), "give the number a name, a reason and what it stops, or list it here: \(line)")
    }
    for line in Self.writtenOut { #expect(found.contains(line), "is listed and does not stand there any more: \(line)") }
  }

  /// Whether a line has a number of three digits or a shift, and something that compares: a quick look before the slow one.
  private static func mayCompare(_ line: Substring) -> Bool {
    var (digits, mayBeLarge, compares, last): (Int, Bool, Bool, UInt8) = (0, false, false, 0)
    for byte in line.utf8 {
      if byte >= 0x30 && byte <= 0x39 || byte == 0x5F { digits += 1 } else { digits = 0 }
      if digits > 2 || byte == 0x3C && last == 0x3C { mayBeLarge = true }
      if byte == 0x3C || byte == 0x3E || byte == 0x2E && last == 0x2E { compares = true }
      last = byte
    }
    return mayBeLarge && compares
  }

  @Test func pageIsCurrent() throws {
    let text = try Self.text()
    if Project.isRecording { try Data(text.utf8).write(to: Project.url(Self.page)) }
    #expect(try Project.text(Self.page) == text, "stale: RECORD=1 swift test --filter ArchitectureTests")
  }

  private static func text() throws -> String {
    var text = """
      # Limits

      What comes from outside is bounded. Here is every bound with its reason, and what it stops.

      ## Overview

      Data, layouts, campaigns, pictures and fonts are untrusted, and so is what worker processes say. A bound has a name, a number and a reason
      where it is used; this page is made from those comments by a test (`RECORD=1 swift test --filter ArchitectureTests`), which also fails where
      a number is neither a bound with its reason nor listed as none. What exceeds a bound becomes a finding or a reject that names it, or is left
      out where nothing is lost; what grows with a cycle is kept up to a bound and made anew beyond.

      """
    let modules = try modules()
    let all = try StatedBound.all(modules)
    func cell(_ text: String) -> String { text.replacing("``", with: "`").replacing("|", with: "\\|") }
    for module in modules {
      let bounds = all.filter { $0.module == module && $0.stops != nil }
      guard !bounds.isEmpty else { continue }
      text += "\n## \(module)\n\n| bound | value | what it counts, and why | stops |\n|---|---|---|---|\n"
      for bound in bounds {
        text += "| `\(bound.name)` | \(bound.value(all)) | \(cell(bound.reason)) | \(cell(bound.stops ?? "")) |\n"
      }
    }
    return text
  }
}
