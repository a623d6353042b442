internal import Billmaking
internal import Foundation
internal import Pipeline

// Mutations of every file the program reads, each tried in a process that may end, with a watch on its time: a crash or a hang is told with
// what makes it again.
//
//   billfold-mutations COUNT SEED [READER...]      COUNT mutations, shared out evenly among the readers; exit 1 if one crashed or hung
//   billfold-mutations one READER SEED NUMBER      one of them, in this process
//   billfold-mutations bytes READER SEED NUMBER    its bytes
//
// The project's folder is the current one, or that in MUTATIONS_ROOT.

if let code = FontTrialProcess.runIfAsked(CommandLine.arguments, trial: { try Workshop.tryFonts($0, begin: $1) }) { exit(code) }

let arguments = Array(CommandLine.arguments.dropFirst())
let root = ProcessInfo.processInfo.environment["MUTATIONS_ROOT"] ?? FileManager.default.currentDirectoryPath

/// Ends with the way the program is used.
func usage() -> Never {
  FileHandle.standardError.write(Data("usage: billfold-mutations COUNT SEED [READER...]\n".utf8))
  exit(64)
}

switch arguments.first {
case "work" where arguments.count == 6:
  guard let seed = UInt64(arguments[2]), let first = Int(arguments[3]), let end = Int(arguments[4]) else { usage() }
  try Trial(root: root).work(reader: arguments[1], seed: seed, numbers: first..<end, progress: arguments[5])
case "one" where arguments.count == 4, "bytes" where arguments.count == 4:
  guard let seed = UInt64(arguments[2]), let number = Int(arguments[3]) else { usage() }
  try Trial(root: root).one(reader: arguments[1], seed: seed, number: number, printsBytes: arguments[0] == "bytes")
default:
  guard arguments.count >= 2, let count = Int(arguments[0]), let seed = UInt64(arguments[1]) else { usage() }
  exit(try Watch(root: root, seed: seed).run(count: count, readers: Array(arguments.dropFirst(2))) ? 0 : 1)
}
