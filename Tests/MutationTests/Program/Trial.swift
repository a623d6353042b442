internal import Foundation

/// The process that reads mutations.
struct Trial {
  private let folder: URL
  private let readers: [Reader]

  init(root: String) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("billfold-mutations-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    readers = try AllReaders.make(Seeds(root: root), folder: folder)
  }

  /// The names of all readers, in order.
  var names: [String] { readers.map(\.name) }

  /// Takes the process's own folder away.
  func clear() { try? FileManager.default.removeItem(at: folder) }

  private func find(_ name: String) throws -> (index: Int, reader: Reader) {
    guard let index = readers.firstIndex(where: { $0.name == name }) else { throw UnknownReader(name: name) }
    return (index, readers[index])
  }

  /// Reads mutations one after the other; the number of the one at hand stands in the file `progress`.
  func work(reader name: String, seed: UInt64, numbers: Range<Int>, progress: String) throws {
    defer { clear() }
    // What a mutation makes huge must end this process, not the machine.
    var limit = rlimit(rlim_cur: 4 << 30, rlim_max: 4 << 30)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    let (index, reader) = try find(name)
    let file = open(progress, O_WRONLY | O_CREAT, 0o600)
    for number in numbers {
      var value = Int64(number)
      pwrite(file, &value, 8, 0)
      reader.read(reader.mutation(number, seed: seed, reader: index))
    }
  }

  /// Reads one mutation here, or writes its bytes.
  func one(reader name: String, seed: UInt64, number: Int, printsBytes: Bool) throws {
    defer { clear() }
    let (index, reader) = try find(name)
    let bytes = reader.mutation(number, seed: seed, reader: index)
    if printsBytes { FileHandle.standardOutput.write(Data(bytes)) } else { reader.read(bytes) }
  }
}

/// A name no reader has.
struct UnknownReader: Error {
  let name: String
}
