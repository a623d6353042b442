/// The data of an Intelligent Mail barcode by its fields (USPS-B-3200, 2.1.3).
public struct IntelligentMailPiece: Hashable, Sendable {
  /// Two digits of the presort makeup; the second is 0 to 4. 00 where there is none.
  public var barcodeID: String
  /// Three digits: class of mail and services.
  public var serviceType: String
  /// Six digits, or nine that begin with 9: who mails it.
  public var mailerID: String
  /// Nine digits behind a mailer identifier of six, six behind one of nine. Not to be used again within 45 days.
  public var serial: String
  /// The delivery point's ZIP code: 5, 9 or 11 digits, or none.
  public var routing: String

  /// Holds the fields; ``contents()`` says whether they are right.
  public init(barcodeID: String = "00", serviceType: String, mailerID: String, serial: String, routing: String = "") {
    (self.barcodeID, self.serviceType, self.mailerID, self.serial, self.routing) = (barcodeID, serviceType, mailerID, serial, routing)
  }

  /// The 20 digits of tracking code and those of the routing code, as ``IntelligentMail/bars(_:)`` takes them. A routing code may be written
  /// with hyphens or spaces, such as `97204-1234`.
  ///
  /// - Throws: ``BarcodeError`` that names the field, what it has and what is expected.
  public func contents() throws(BarcodeError) -> String {
    let barcodeDigits = try IntelligentMailPiece.digits(barcodeID, "barcode identifier", [2], "two digits")
    guard barcodeDigits.utf8.last.map({ $0 <= UInt8(ascii: "4") }) == true else {
      throw BarcodeError(.invalid, "the Intelligent Mail barcode identifier '\(barcodeID)' has the second digit above 4; expected 0 to 4")
    }
    let service = try IntelligentMailPiece.digits(serviceType, "service type", [3], "three digits")
    let mailer = try IntelligentMailPiece.digits(mailerID, "mailer identifier", [6, 9], "six digits, or nine that begin with 9")
    guard (mailer.utf8.first == UInt8(ascii: "9")) == (mailer.utf8.count == 9) else {
      throw BarcodeError(
        .invalid,
        "the Intelligent Mail mailer identifier '\(mailerID)' has \(mailer.utf8.count) digits; expected nine digits if it begins with 9, else six"
      )
    }
    let count = 15 - mailer.utf8.count
    let number = try IntelligentMailPiece.digits(
      serial, "serial number", [count], "\(count == 9 ? "nine" : "six") digits behind a mailer identifier of \(mailer.utf8.count)")
    let place = try IntelligentMailPiece.digits(
      routing.filter { $0 != "-" && $0 != " " }, "routing code", [0, 5, 9, 11], "a ZIP code of 5, 9 or 11 digits, or none")
    return barcodeDigits + service + mailer + number + place
  }

  /// The serial number of a piece that is the so manieth of a mailing: its rank modulo 10^9 with a mailer identifier of six digits, modulo 10^6 with
  /// one of nine, with zeros before it.
  ///
  /// - Parameter rank: From 1; 0 where it is not known yet, which gives a barcode of the same size.
  public static func serial(rank: Int, mailerID: String) -> String {
    let count = mailerID.utf8.count == 9 ? 6 : 9
    let modulus = count == 6 ? 1_000_000 : 1_000_000_000
    let digits = String(max(0, rank) % modulus)
    return String(repeating: "0", count: count - digits.utf8.count) + digits
  }

  private static func digits(_ text: String, _ name: String, _ counts: Set<Int>, _ expected: String) throws(BarcodeError) -> String {
    let areDigits = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard areDigits, counts.contains(text.utf8.count) else {
      let found = areDigits ? "\(text.utf8.count) digits" : "other characters than digits"
      throw BarcodeError(.invalid, "the Intelligent Mail \(name) '\(text.prefix(60))' has \(found); expected \(expected)")
    }
    return text
  }
}
