/// Something kept under a key of bytes.
class CacheEntry {
  fileprivate let hash: UInt64
  fileprivate let key: UnsafeRawBufferPointer
  /// About how much memory it takes, in bytes.
  var cost: Int { key.count + 64 }

  /// - Parameter source: What it is found under; `nil` for what is not to be kept.
  init(key source: KeyBytes?) {
    guard let source else {
      (hash, key) = (0, UnsafeRawBufferPointer(start: nil, count: 0))
      return
    }
    hash = source.hash
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: 8)
    copy.copyMemory(from: source.bytes)
    key = UnsafeRawBufferPointer(rebasing: copy[..<source.count])
  }

  deinit { key.deallocate() }

  @inline(__always) fileprivate func matches(_ other: KeyBytes) -> Bool {
    guard hash == other.hash, key.count == other.count else { return false }
    return other.bytes.elementsEqualBytes(key)
  }
}

extension UnsafeRawBufferPointer {
  /// Eight bytes at a time: keys are short, and a call into the C library would cost as much as the comparison.
  @inline(__always) fileprivate func elementsEqualBytes(_ other: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= count {
      if loadUnaligned(fromByteOffset: index, as: UInt64.self) != other.loadUnaligned(fromByteOffset: index, as: UInt64.self) {
        return false
      }
      index += 8
    }
    while index < count {
      if self[index] != other[index] { return false }
      index += 1
    }
    return true
  }
}

/// A key under construction: one growing buffer, written anew for every look-up.
final class KeyBytes {
  private var base: UnsafeMutableRawPointer
  private var capacity = 1024
  private(set) var count = 0
  private(set) var hash: UInt64 = 0

  init() { base = .allocate(byteCount: capacity, alignment: 8) }
  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  @inline(__always) func clear() { count = 0 }

  @inline(__always) private func reserve(_ more: Int) {
    if count + more > capacity { grow(more) }
  }

  @inline(never) private func grow(_ more: Int) {
    let larger = max(capacity * 2, count + more)
    let copy = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    copy.copyMemory(from: base, byteCount: count)
    base.deallocate()
    (base, capacity) = (copy, larger)
  }

  @inline(__always) func append<Value: BitwiseCopyable>(_ value: Value) {
    reserve(MemoryLayout<Value>.size)
    base.storeBytes(of: value, toByteOffset: count, as: Value.self)
    count += MemoryLayout<Value>.size
  }

  /// Appends a length and the bytes.
  @inline(__always) func append(_ text: String) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  @inline(__always) func append(_ bytes: UnsafeRawBufferPointer) {
    append(UInt32(truncatingIfNeeded: bytes.count))
    reserve(bytes.count)
    if let source = bytes.baseAddress { (base + count).copyMemory(from: source, byteCount: bytes.count) }
    count += bytes.count
  }

  /// Computes the hash of what has been written: multiply and fold, eight bytes at a time. Colliding keys only cost time, and no more than a
  /// full scan of one bounded table.
  @inline(__always) func finish() {
    let bytes = bytes
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: count)
    var index = 0
    while index + 8 <= count {
      state = KeyBytes.fold(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    var tail: UInt64 = 0
    while index < count {
      tail = tail << 8 | UInt64(bytes[index])
      index += 1
    }
    hash = KeyBytes.fold(KeyBytes.fold(state ^ tail) ^ 0xE703_7ED1_A0B4_28DB)
  }

  @inline(__always) private static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}

/// An open-addressing table of entries; entries are never removed one by one.
private struct EntryTable {
  private var slots: [CacheEntry?]
  private(set) var count = 0
  private(set) var cost = 0
  private var mask: Int

  init(capacity: Int) {
    slots = Array(repeating: nil, count: capacity)
    mask = capacity - 1
  }

  @inline(__always) func entry(for key: KeyBytes) -> CacheEntry? {
    var index = Int(truncatingIfNeeded: key.hash) & mask
    while let entry = slots[index] {
      if entry.matches(key) { return entry }
      index = (index + 1) & mask
    }
    return nil
  }

  mutating func insert(_ entry: CacheEntry) {
    if count * 2 >= slots.count {
      let old = slots
      slots = Array(repeating: nil, count: old.count * 2)
      mask = slots.count - 1
      for case let entry? in old { place(entry) }
    }
    place(entry)
    count += 1
    cost += entry.cost
  }

  private mutating func place(_ entry: CacheEntry) {
    var index = Int(truncatingIfNeeded: entry.hash) & mask
    while slots[index] != nil { index = (index + 1) & mask }
    slots[index] = entry
  }
}

/// Keys met before, by marks of their hashes. A mark that is overwritten, or another's, costs time only.
struct MetKeys {
  private var marks: [UInt32]

  /// - Parameter count: How many marks there are, a power of two.
  init(count: Int) { marks = [UInt32](repeating: 0, count: count) }

  /// Whether a finished key has been met before; from now on it has.
  mutating func meet(_ key: KeyBytes) -> Bool {
    let (place, mark) = (Int(truncatingIfNeeded: key.hash) & (marks.count - 1), UInt32(truncatingIfNeeded: key.hash >> 32))
    if marks[place] == mark { return true }
    marks[place] = mark
    return false
  }
}

/// A cache in two tiers: entries kept for good (the layout's and the campaign's own words) and entries in a bounded store (data).
///
/// Unless a cache is told otherwise, data are kept from the second time on that they are asked for: most are of one bill alone, and would only
/// push others out.
///
/// The bounded tier has two generations. When the younger is full it becomes the older one and the former older one is dropped; whatever is used
/// again moves to the younger. What is used at least once in every half of the bound stays. An entry is only ever what its key says, so that neither the
/// order nor the bounds show in any result.
struct KeyedCache<Entry: CacheEntry> {
  private var kept = EntryTable(capacity: 1024)
  private var young = EntryTable(capacity: 1024)
  private var old = EntryTable(capacity: 1024)
  /// Data asked for once; `nil` where they are kept at once.
  private var met: MetKeys?
  private let generationEntries: Int
  private let generationCost: Int
  /// A layout's own text beyond this is thrown away and made anew: a guard against data that comes unmarked, not a working size.
  private static var keptCost: Int { 64 << 20 }

  /// - Parameters:
  ///   - entries: The most entries of data, both generations together.
  ///   - cost: Their most memory in bytes, about.
  ///   - keepsAtOnce: Whether data are kept the first time.
  init(entries: Int, cost: Int, keepsAtOnce: Bool = false) {
    (generationEntries, generationCost) = (entries / 2, cost / 2)
    met = keepsAtOnce ? nil : MetKeys(count: 1 << 14)
  }

  /// The entry under a finished key, made by `make` where there is none yet; `make` is given the key to keep it under, or `nil`.
  @inline(__always) mutating func entry(for key: KeyBytes, isData: Bool, make: (KeyBytes?) -> Entry) -> Entry {
    if isData {
      if let found = young.entry(for: key) { return unsafeDowncast(found, to: Entry.self) }
      return fromOld(key, make)
    }
    if let found = kept.entry(for: key) { return unsafeDowncast(found, to: Entry.self) }
    let entry = make(key)
    if kept.cost > Self.keptCost { kept = EntryTable(capacity: 1024) }
    kept.insert(entry)
    return entry
  }

  @inline(never) private mutating func fromOld(_ key: KeyBytes, _ make: (KeyBytes?) -> Entry) -> Entry {
    let entry: Entry
    if let found = old.entry(for: key) {
      entry = unsafeDowncast(found, to: Entry.self)
    } else if met?.meet(key) ?? true {
      entry = make(key)
    } else {
      return make(nil)
    }
    if young.count >= generationEntries || young.cost > generationCost {
      old = young
      young = EntryTable(capacity: 1024)
    }
    young.insert(entry)
    return entry
  }

  /// Drops everything.
  mutating func removeAll() {
    kept = EntryTable(capacity: 1024)
    young = EntryTable(capacity: 1024)
    old = EntryTable(capacity: 1024)
  }
}
