internal import Billing
internal import Billmaking
internal import Contract
internal import Diagnostics
internal import Files
internal import Glibc
internal import Reporting

// Prints what bills of a layout cost, stage by stage: the program's own renderer makes them, in one process, and tells a clock where it is.
// Run by Scripts/bench in release mode. With 0 rounds all records are made once with cold caches, as the guard counts it.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 5, let rounds = Int(arguments[4]), rounds >= 0 else {
  print("usage: billfold-bench LAYOUT CAMPAIGN KEY DATA ROUNDS")
  exit(64)
}
do {
  let clock = StageClock()
  let options = JobOptions(layout: arguments[0], campaign: arguments[1], tokenKey: arguments[2])
  let renderer = try Workshop.makeTimedRenderer(options, clock: clock)
  let records = try RecordFile(arguments[3]).records
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
