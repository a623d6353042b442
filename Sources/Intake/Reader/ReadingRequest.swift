package import Contract
internal import Languages

/// What a reader is told once, before its first file.
package struct ReaderOrders: Sendable, Hashable {
  package var faults: [TestFault]
  /// Bytes of private memory after which the kernel refuses more: the backstop behind the parent's watch.
  package var memoryLimit: Int

  package init(faults: [TestFault], memoryLimit: Int) { (self.faults, self.memoryLimit) = (faults, memoryLimit) }
}

extension ReaderOrders: Fielded {
  package static var blank: ReaderOrders { ReaderOrders(faults: [], memoryLimit: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("faults", &faults)
      try walker.field("memory_limit", &memoryLimit)
    }
  }
}

/// One file that a reader is asked to read.
package struct ReadingRequest: Sendable, Hashable {
  /// The bytes of a path that opens what the parent has open, without the terminating zero.
  package var path: [UInt8] = []
  /// ``DataInput/name``.
  package var name = ""
  package var deriving = DerivingOptions()
  /// Where to begin.
  package var bookmark = ReadingBookmark()
  /// What is not to be read, since it has cost readers before.
  package var leftOut: [ReadingCut] = []
  /// Whether each step is told before it is read, so that it is known which one a reader was lost in.
  package var announces = false
  /// Whether nothing is to be read but an archive's directory.
  package var isProbe = false

  package init() {}
}

extension ReadingRequest: Fielded {
  package static var blank: ReadingRequest { ReadingRequest() }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    var language = deriving.language.text
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("path", bytes: &path)
      try walker.field("name", &name)
      try walker.field("language", &language)
      try walker.field("accepts_sum_mismatch", &deriving.acceptsSumMismatch)
      try walker.field("bookmark", &bookmark)
      try walker.field("left_out", &leftOut)
      try walker.field("announces", &announces)
      try walker.field("is_probe", &isProbe)
    }
    if walker.isReading { deriving.language = LanguageTag(language) ?? .unknown }
  }
}

/// A step of reading a file (a file as a whole is step 0, each entry of an archive has its own number), and how many of its records are
/// read before the rest is left out.
package struct ReadingCut: Sendable, Hashable {
  package var step: Int
  package var taken: Int

  package init(step: Int, taken: Int) { (self.step, self.taken) = (step, taken) }
}

extension ReadingCut: Fielded {
  package static var blank: ReadingCut { ReadingCut(step: 0, taken: 0) }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("step", &step)
      try walker.field("taken", &taken)
    }
  }
}

/// Where another reader can go on with a file, and all that counts on the way there.
package struct ReadingBookmark: Sendable, Hashable {
  /// The step that comes next, and how many of its records have been handed out.
  package var step = 0
  package var taken = 0
  /// Entries and unpacked bytes that count against the bounds on archives.
  package var entries = 0
  package var unpacked = 0
  package var ignored = IgnoredFiles()

  package init() {}
}

extension ReadingBookmark: Fielded {
  package static var blank: ReadingBookmark { ReadingBookmark() }

  package mutating func walk(_ walker: inout some FieldWalker) throws(FieldFailure) {
    try walker.record { (walker) throws(FieldFailure) in
      try walker.field("step", &step)
      try walker.field("taken", &taken)
      try walker.field("entries", &entries)
      try walker.field("unpacked", &unpacked)
      try walker.field("system", &ignored.system)
      try walker.field("ending", &ignored.ending)
    }
  }
}
