import Foundation
import Glibc
import TestSupport
import Testing

/// Whatever the caller's environment, descriptors, signals and locale are: the same bytes.
@Suite(.serialized, .onOwnThreads) struct EnvironmentTests {
  /// Variables by which the libraries Billfold stands on change what they do.
  private static func hostile(_ folder: String) -> [String: String] {
    [
      "HB_SHAPER_LIST": "fallback", "HB_OPTIONS": "uniscribe-bug-compatible", "HB_FACE_LOADER": "none", "HB_FONT_FUNCS": "none",
      "CAIRO_DEBUG_PDF": "1", "CAIRO_DEBUG": "1", "SOURCE_DATE_EPOCH": "1", "FC_DEBUG": "4096", "FC_LANG": "ar",
      "FONTCONFIG_FILE": "/nonexistent", "FONTCONFIG_PATH": folder, "FREETYPE_PROPERTIES": "truetype:interpreter-version=35 cff:warping=1",
      "G_DEBUG": "fatal-warnings", "G_SLICE": "always-malloc", "G_MESSAGES_DEBUG": "all", "G_FILENAME_ENCODING": "UTF-16",
      "CHARSET": "KOI8-R",
      "MALLOC_PERTURB_": "85", "MALLOC_ARENA_MAX": "1", "MALLOC_CHECK_": "3", "MALLOC_TOP_PAD_": "0", "MALLOC_MMAP_THRESHOLD_": "4096",
      "TCMALLOC_SAMPLE_PARAMETER": "1", "TCMALLOC_RELEASE_RATE": "10", "TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES": "1",
      "GLIBC_TUNABLES": "glibc.malloc.perturb=85", "ICU_DATA": "/nonexistent", "ICU_TIMEZONE_FILES_DIR": folder, "LANG": "tr_TR.UTF-8",
      "LC_ALL": "tr_TR.UTF-8", "LC_NUMERIC": "de_DE.UTF-8", "LANGUAGE": "ar", "TZ": "Asia/Kathmandu", "TMPDIR": folder,
      "HOME": "/nonexistent",
      "XDG_CACHE_HOME": folder, "XDG_DATA_DIRS": folder, "SQLITE_TMPDIR": "/nonexistent", "RSVG_LOG": "1", "RUST_BACKTRACE": "1",
      "SWIFT_BACKTRACE": "enable=yes", "SWIFT_DEBUG_ENABLE_MALLOC_SCRIBBLE": "1", "SWIFT_DETERMINISTIC_HASHING": "1", "LD_BIND_NOW": "1",
      "COLUMNS": "20", "POSIXLY_CORRECT": "1", "PAPERSIZE": "a3", "TEXTDOMAINDIR": folder, "BASH_ENV": "/nonexistent",
    ]
  }

  /// The loader itself says what it loads, and in which order: the first library that has `malloc` gives it to all others.
  @Test func memoryComesFromTheAllocatorLinkedForIt() throws {
    let loaded = try Bench(bills: 1).run(["--version"], environment: ["LD_TRACE_LOADED_OBJECTS": "1"]).output.split(separator: "\n")
    let own = try #require(loaded.firstIndex { $0.contains("libtcmalloc_minimal.so") }, "\(loaded)")
    let system = try #require(loaded.firstIndex { $0.drop { $0.isWhitespace }.hasPrefix("libc.so") })
    #expect(own < system)
  }

  @Test func noVariableChangesAByte() throws {
    let bench = try Bench(bills: 8)
    try FileManager.default.createDirectory(atPath: bench.path("elsewhere"), withIntermediateDirectories: true)
    let hostile = Self.hostile(bench.path("elsewhere"))
    let sample = ["sample", "--layout", "layout", "--count", "20", "--seed", "7"]
    let (plain, other) = (try bench.run(bench.render(out: "plain"), environment: [:]), try bench.run(bench.render(), environment: hostile))
    #expect(plain.code == 0 && other.code == 0, "\(other.errors)")
    let whole = try bench.snapshot("plain")
    #expect(whole.count > 8)
    #expect(try bench.snapshot("out") == whole)
    #expect(plain.errors == other.errors)
    #expect(plain.output.replacingOccurrences(of: "plain/", with: "out/") == other.output)
    for arguments in [
      bench.check(["bills.jsonl"]), bench.check(["bills.jsonl"], ["--format", "json"]), sample, ["--help"], ["render", "--help"],
    ] {
      let (one, two) = (try bench.run(arguments, environment: [:]), try bench.run(arguments, environment: hostile))
      #expect(one.code == 0 && one.output == two.output && one.errors == two.errors, "\(arguments)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.path("elsewhere")).isEmpty)
  }

  @Test func workerGetsNothingOfTheCaller() throws {
    let bench = try Bench()
    let account = try #require(try bench.text("bills.jsonl").firstMatch(of: #/"account":"([^"]+)"/#)?.1)
    // Open descriptors, signals that are ignored or blocked: all of it is the caller's affair.
    let script = """
      exec 3</etc/passwd 4</etc/passwd 7</etc/passwd 9>>extra 63< <(sleep 100); trap '' CHLD USR1 PIPE
      exec env --block-signal=USR2 --block-signal=TERM "$@"
      """
    let run = try bench.beginShell(
      script, bench.render(["bills.jsonl"], ["--test-fault", "sleep:\(account)", "--jobs", "1"]),
      environment: Self.hostile("/tmp").merging(["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]) { $1 })
    // A worker that has its record does nothing any more, so that everything about it can be looked at.
    func isAsleep(_ worker: Int32) -> Bool {
      let command = (try? String(contentsOfFile: "/proc/\(worker)/cmdline", encoding: .utf8)) ?? ""
      let call = (try? String(contentsOfFile: "/proc/\(worker)/syscall", encoding: .utf8)) ?? ""
      // pause(2).
      return command.contains("worker-process") && call.hasPrefix("34 ")
    }
    #expect(run.wait { run.children.contains(where: isAsleep) })
    let worker = try #require(run.children.first(where: isAsleep))
    let variables = try String(contentsOfFile: "/proc/\(worker)/environ", encoding: .utf8).split(separator: "\0").map(String.init)
    #expect(variables == ["LC_ALL=C", "TZ=UTC0", "SWIFT_BACKTRACE=enable=no"])
    let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(worker)/fd").compactMap { Int($0) }.sorted()
    #expect(descriptors == [0, 1, 2, 3])
    let targets = descriptors.map { (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(worker)/fd/\($0)")) ?? "" }
    #expect(targets[0].hasPrefix("pipe:") && targets[3].hasPrefix("pipe:") && targets[0] != targets[3])
    #expect(targets[1].hasSuffix("/out/.work/workers.log") || targets[1] == "/dev/null")
    #expect(targets[2] == targets[1])
    func signals(_ name: String) throws -> UInt64 {
      let status = try String(contentsOfFile: "/proc/\(worker)/status", encoding: .utf8)
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(name) })
      return try #require(UInt64(line.split(separator: "\t")[1], radix: 16))
    }
    func mask(_ all: [Int32]) -> UInt64 { all.reduce(0) { $0 | 1 << UInt64($1 - 1) } }
    #expect(try signals("SigBlk:") == mask([SIGINT, SIGTERM, SIGHUP]))
    // The C library keeps two for itself, above these.
    #expect(try signals("SigIgn:") & 0x7FFF_FFFF == mask([SIGXFSZ]))
    // Blocked by the caller or not, the stop signal is heard.
    kill(run.number, SIGTERM)
    let outcome = try run.finish()
    #expect(outcome.code == -SIGTERM && !outcome.hung, "\(outcome)")
  }

  @Test(.needs("strace")) func workerOfACommandThatIsNotUnderstoodIsEndedAndWaitedFor() throws {
    let bench = try Bench()
    let trace = #"exec strace -f -qq -e trace=execve,wait4 -o trace "$1""#
    let wrong = try bench.shell("\(trace) render --data bills.jsonl", [])
    #expect(wrong.code == 64 && wrong.errors.contains("--layout"), "\(wrong)")
    #expect(try bench.text("trace").contains("WTERMSIG(s) == SIGKILL"))
    // One that only asks has none.
    #expect(try bench.shell("\(trace) render --data bills.jsonl --help", []).code == 0)
    #expect(try !bench.text("trace").contains("worker-process"))
  }

  @Test func howAWorkerEndsIsHeardOfWhateverSignalsTheCallerIgnores() throws {
    let bench = try Bench()
    let account = try #require(try bench.text("bills.jsonl").firstMatch(of: #/"account":"([^"]+)"/#)?.1)
    let fault = ["--test-fault", "crash:\(account)"]
    let plain = try bench.run(bench.render(out: "plain", fault))
    let other = try bench.shell(#"trap '' CHLD XFSZ PIPE ALRM; exec "$@""#, bench.render(out: "out", fault))
    #expect(plain.code == 65 && other.code == 65, "\(other.errors)")
    #expect(try bench.snapshot("out") == bench.snapshot("plain"))
    #expect(try bench.text("out/rejects.jsonl").contains("\"code\":\"crashed\""))
  }

  @Test func maskOfPermissionsKeepsNothingFromItsOwner() throws {
    let bench = try Bench()
    #expect(try bench.run(bench.render(out: "plain")).code == 0)
    let masked = try bench.shell(#"umask 0777; exec "$@""#, bench.render())
    #expect(masked.code == 0, "\(masked)")
    #expect(try bench.snapshot("out") == bench.snapshot("plain"))
    for name in ["out", "out/bills", "out/manifest.jsonl", "out/run.json"] {
      var status = stat()
      #expect(stat(bench.path(name), &status) == 0)
      // For the owner, and for nobody else.
      #expect(status.st_mode & 0o477 == 0o400, "\(name)")
    }
    // A stream's copy is opened twice.
    #expect(try bench.shell(#"umask 0777; "$@" < bills.jsonl"#, bench.check(["-"])).code == 0)
  }

  @Test func numberOfADescriptorIsNotPartOfARun() throws {
    let bench = try Bench()
    let run = { (script: String, path: String, out: String) in try bench.shell(script, bench.render([path], out: out)) }
    let first = try run(#"exec 9< <(cat bills.jsonl); exec "$@""#, "/dev/fd/9", "out")
    #expect(first.code == 0, "\(first.errors)")
    let before = try bench.snapshot("out")
    #expect(before["run.json"].map { String(decoding: $0, as: UTF8.self) }?.contains(#""file":"-""#) == true)
    // Another number, another way to write it, the same run.
    for (script, path) in [
      (#"exec 21< <(cat bills.jsonl); exec "$@""#, "/dev/fd/21"), (#"exec 21< <(cat bills.jsonl); exec "$@""#, "/proc/self/fd/21"),
      (#"exec 33< bills.jsonl; exec "$@""#, "/dev//fd/33"), (#"exec "$@" < bills.jsonl"#, "-"),
    ] {
      let again = try run(script, path, "out")
      #expect(again.code == 0, "\(again.errors)")
      #expect(try bench.snapshot("out") == before)
    }
    // A folder that is called so is none.
    try FileManager.default.createDirectory(atPath: bench.path("fd"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: bench.path("bills.jsonl"), toPath: bench.path("fd/9"))
    #expect(try bench.run(bench.render(["fd/9"], out: "named")).code == 0)
    #expect(try bench.text("named/run.json").contains(#""file":"9""#))
  }
}
