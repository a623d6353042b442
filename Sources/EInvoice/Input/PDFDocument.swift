internal import CQPDF
internal import Glibc

/// The objects of a PDF, through libqpdf.
///
/// qpdf reports nothing on the process's own streams, and no exception of it gets out: its C interface keeps them as errors, which show here
/// as absent objects. How many objects may be asked for is bounded; behind the bound every object is absent and ``isExhausted`` is set.
final class PDFDocument {
  /// Why a file cannot be opened.
  enum Failure: Error {
    /// Another user password than the empty one.
    case password
    /// Encrypted for certificates or by another program's handler.
    case unsupported
    case damaged
    /// It takes more memory than this process may have.
    case memory
  }

  fileprivate let data: qpdf_data
  private var remaining: Int
  /// Whether the bound on the number of objects was reached.
  private(set) var isExhausted = false

  /// Opens a file that stays in memory, with the empty user password.
  ///
  /// - Parameter bytes: Must outlive the document and all its objects.
  init(_ bytes: UnsafeBufferPointer<UInt8>, objects: Int = InvoiceLimits.pdfObjects) throws(Failure) {
    guard let data = Library.qpdf.qpdf_init() else { throw .damaged }
    self.data = data
    remaining = objects
    Library.qpdf.qpdf_silence_errors(data)
    Library.qpdf.qpdf_set_suppress_warnings(data, QPDF_TRUE)
    let status = bytes.withMemoryRebound(to: CChar.self) {
      Library.qpdf.qpdf_read_memory(data, "PDF", $0.baseAddress, UInt64($0.count), "")
    }
    guard status & QPDF_ERROR_CODE(QPDF_ERRORS) != 0 else { return }
    let error = Library.qpdf.qpdf_get_error(data)
    if let text = error.flatMap({ Library.qpdf.qpdf_get_error_full_text(data, $0) }), strstr(text, "bad_alloc") != nil { throw .memory }
    let code = error.map { Library.qpdf.qpdf_get_error_code(data, $0) }
    // All members are set, so that `deinit` frees what was made.
    switch code {
    case qpdf_e_password: throw .password
    case qpdf_e_unsupported: throw .unsupported
    default: throw .damaged
    }
  }

  deinit {
    // qpdf writes to stderr of an error that nobody has asked for.
    if Library.qpdf.qpdf_has_error(data) != QPDF_FALSE { _ = Library.qpdf.qpdf_get_error(data) }
    var data: qpdf_data? = data
    Library.qpdf.qpdf_cleanup(&data)
  }

  /// Whether the file is not quite what the standard demands, by all that was read of it until now.
  var isDamaged: Bool { Library.qpdf.qpdf_more_warnings(data) != QPDF_FALSE }

  /// The document catalogue.
  var catalogue: PDFObject? { object(Library.qpdf.qpdf_get_root(data)) }

  fileprivate func object(_ handle: qpdf_oh) -> PDFObject? {
    let object = PDFObject(self, handle)
    guard remaining > 0 else {
      isExhausted = true
      return nil
    }
    remaining -= 1
    return Library.qpdf.qpdf_oh_is_initialized(data, handle) == QPDF_FALSE || Library.qpdf.qpdf_oh_is_null(data, handle) != QPDF_FALSE
      ? nil : object
  }
}

/// One object of a PDF.
final class PDFObject {
  /// Which indirect object it is.
  struct ID: Hashable {
    var number: Int32
    var generation: Int32
  }

  private let document: PDFDocument
  private let handle: qpdf_oh

  fileprivate init(_ document: PDFDocument, _ handle: qpdf_oh) { (self.document, self.handle) = (document, handle) }

  deinit { Library.qpdf.qpdf_oh_release(document.data, handle) }

  private var data: qpdf_data { document.data }

  /// `nil` for a direct object.
  var id: ID? {
    guard Library.qpdf.qpdf_oh_is_indirect(data, handle) != QPDF_FALSE else { return nil }
    return ID(number: Library.qpdf.qpdf_oh_get_object_id(data, handle), generation: Library.qpdf.qpdf_oh_get_generation(data, handle))
  }

  var isDictionary: Bool { Library.qpdf.qpdf_oh_is_dictionary(data, handle) != QPDF_FALSE }
  var isStream: Bool { Library.qpdf.qpdf_oh_is_stream(data, handle) != QPDF_FALSE }
  var isArray: Bool { Library.qpdf.qpdf_oh_is_array(data, handle) != QPDF_FALSE }

  /// A member of a dictionary, or of a stream's; `nil` where it is absent or null.
  ///
  /// - Parameter name: With its slash.
  func key(_ name: String) -> PDFObject? {
    if isStream { return document.object(Library.qpdf.qpdf_oh_get_dict(data, handle))?.key(name) }
    guard isDictionary else { return nil }
    return document.object(Library.qpdf.qpdf_oh_get_key(data, handle, name))
  }

  /// How many elements an array has; 0 for everything else.
  var count: Int { isArray ? max(0, Int(Library.qpdf.qpdf_oh_get_array_n_items(data, handle))) : 0 }

  /// An element of an array.
  subscript(index: Int) -> PDFObject? {
    guard index >= 0, index < count else { return nil }
    return document.object(Library.qpdf.qpdf_oh_get_array_item(data, handle, Int32(index)))
  }

  /// A name with its slash.
  var name: String? {
    guard Library.qpdf.qpdf_oh_is_name(data, handle) != QPDF_FALSE else { return nil }
    return Library.qpdf.qpdf_oh_get_name(data, handle).map { String(cString: $0) }
  }

  var integer: Int? {
    guard Library.qpdf.qpdf_oh_is_integer(data, handle) != QPDF_FALSE else { return nil }
    return Int(Library.qpdf.qpdf_oh_get_int_value(data, handle))
  }

  /// A text string, whichever of the encodings of a PDF it is in; its first kilobyte.
  var text: String? {
    guard Library.qpdf.qpdf_oh_is_string(data, handle) != QPDF_FALSE else { return nil }
    var length = 0
    guard let start = Library.qpdf.qpdf_oh_get_binary_utf8_value(data, handle, &length) else { return nil }
    return start.withMemoryRebound(to: UInt8.self, capacity: length) {
      String(decoding: UnsafeBufferPointer(start: $0, count: min(length, 1_024)), as: UTF8.self)
    }
  }

  /// The bytes of a stream as they stand in the file, decrypted, its filters not undone; no more than the file has. `nil` where they cannot
  /// be read.
  var packedBytes: [UInt8]? {
    guard isStream else { return nil }
    var (isFiltered, start, length): (QPDF_BOOL, UnsafeMutablePointer<UInt8>?, Int) = (QPDF_FALSE, nil, 0)
    let status = Library.qpdf.qpdf_oh_get_stream_data(data, handle, qpdf_dl_none, &isFiltered, &start, &length)
    defer { free(start) }
    guard status & QPDF_ERROR_CODE(QPDF_ERRORS) == 0 else { return nil }
    return Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : length))
  }
}
