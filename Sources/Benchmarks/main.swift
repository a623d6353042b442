internal import Billmaking

// Prints what one bill of the sample layout costs, stage by stage. Run by Scripts/bench in release mode.
Bench.run(Array(CommandLine.arguments.dropFirst()))
