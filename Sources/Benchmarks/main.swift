internal import Billing
internal import Billmaking
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Painting
internal import Reporting

// Prints what bills of a layout cost, stage by stage: the program's own renderer makes them, in one process, and tells a clock where it is.
// With `runs` in the place of a number it prints the glyph runs of the bills instead, for Scripts/peers/replay.c.
// Run by Scripts/bench in release mode. With 0 rounds all records are made once with cold caches, as the guard counts it.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 5, arguments[4] == "runs" || Int(arguments[4]) ?? -1 >= 0 else {
  print("usage: billfold-bench LAYOUT CAMPAIGN KEY DATA ROUNDS|runs")
  exit(64)
}
do {
  let options = JobOptions(layout: arguments[0], campaign: arguments[1], tokenKey: arguments[2])
  let records = try RecordFile(arguments[3]).records
  guard let rounds = Int(arguments[4]) else {
    let pages = try BillPages(options)
    let canvas = RunCanvas(pages)
    for record in records {
      print("bill")
      try pages.forEachPage(of: record) { number, page in try Painter.paint(page, on: canvas, number: number) }
      print(canvas.take(), terminator: "")
    }
    exit(0)
  }
  let clock = StageClock()
  let renderer = try Workshop.makeTimedRenderer(options, clock: clock)
  var made = BillTally()
  // One round warms the caches: a cycle has thousands of bills, the first few do not count.
  let firstThatCounts = min(1, rounds)
  for round in 0...rounds {
    if round == firstThatCounts {
      clock.reset()
      made = BillTally()
    }
    for record in records { try made.add(renderer.render(record)) }
  }
  made.report(clock)
} catch let list as DiagnosticList {
  for diagnostic in list.diagnostics { print(DiagnosticRenderer.text(diagnostic)) }
  exit(78)
} catch {
  print("\(error)")
  exit(70)
}
