import TestSupport
import Testing

@testable import Barcodes

@Suite struct IntelligentMailPieceTests {
  @Test(arguments: [
    (
      IntelligentMailPiece(barcodeID: "01", serviceType: "234", mailerID: "567094", serial: "987654321", routing: "01234567891"),
      "01234567094987654321" + "01234567891"
    ),
    (IntelligentMailPiece(serviceType: "300", mailerID: "912345678", serial: "000001"), "00300912345678000001"),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "314159", serial: "611004711", routing: "97204-1234"),
      "00300314159611004711972041234"
    ),
  ]) func fieldsMakeTheDigits(piece: IntelligentMailPiece, digits: String) throws { #expect(try piece.contents() == digits) }

  @Test(arguments: [
    (
      IntelligentMailPiece(barcodeID: "05", serviceType: "300", mailerID: "314159", serial: "000000001"),
      "barcode identifier '05' has the second digit above 4"
    ),
    (
      IntelligentMailPiece(barcodeID: "1", serviceType: "300", mailerID: "314159", serial: "000000001"),
      "barcode identifier '1' has 1 digits; expected two digits"
    ),
    (
      IntelligentMailPiece(serviceType: "3x0", mailerID: "314159", serial: "000000001"),
      "service type '3x0' has other characters than digits; expected three digits"
    ),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "914159", serial: "000000001"),
      "mailer identifier '914159' has 6 digits; expected nine digits if it begins with 9"
    ),
    (IntelligentMailPiece(serviceType: "300", mailerID: "314159265", serial: "000001"), "mailer identifier '314159265' has 9 digits"),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "31415", serial: "000001"),
      "mailer identifier '31415' has 5 digits; expected six digits, or nine"
    ),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "314159", serial: "000001"),
      "serial number '000001' has 6 digits; expected nine digits behind a mailer identifier of 6"
    ),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "912345678", serial: "2026-11"),
      "serial number '2026-11' has other characters than digits; expected six digits"
    ),
    (
      IntelligentMailPiece(serviceType: "300", mailerID: "314159", serial: "000000001", routing: "972"),
      "routing code '972' has 3 digits; expected a ZIP code of 5, 9 or 11"
    ),
    (IntelligentMailPiece(serviceType: "300", mailerID: "314159", serial: "00000000１"), "serial number"),
  ]) func faultsNameTheField(piece: IntelligentMailPiece, message: String) {
    do throws(BarcodeError) {
      Issue.record("made \(try piece.contents())")
    } catch {
      #expect(error.reason == .invalid && error.message.contains("the Intelligent Mail \(message)"), "\(error.message)")
    }
  }

  /// Read back by a decoder of the specification that shares nothing with the encoder.
  @Test(.needs(Tool.python)) func barsAreReadBack() throws {
    for (mailer, serial) in [("314159", "611004711"), ("999999999", "000000"), ("000000", "999999999")] {
      for routing in ["", "97204", "972041234", "97204123418", "00000000000", "99999999999"] {
        let piece = IntelligentMailPiece(barcodeID: "94", serviceType: "300", mailerID: mailer, serial: serial, routing: routing)
        let bars = try IntelligentMail.barString(try piece.contents())
        let read = try Tool.run([Tool.python, Project.path("Tests/Readers/imb.py"), bars])
        #expect(
          read.output == "barcode-id: 94\nservice-type: 300\nmailer-id: \(mailer)\nserial: \(serial)\nrouting: \(routing)\n"
            && read.code == 0)
      }
    }
  }

  /// A piece's rank in its mailing, in as many digits as the mailer identifier leaves.
  @Test(
    arguments: [
      (1, "314159", "000000001"), (1_000_000_001, "314159", "000000001"), (999_999_999, "314159", "999999999"),
      (1_000_000_000, "314159", "000000000"), (0, "314159", "000000000"),
      (1, "931415926", "000001"), (1_000_001, "931415926", "000001"), (2_000_000, "931415926", "000000"),
      (123_456_789, "931415926", "456789"),
    ])
  func serialNumbersAreRanks(_ rank: Int, _ mailer: String, _ serial: String) throws {
    #expect(IntelligentMailPiece.serial(rank: rank, mailerID: mailer) == serial)
    #expect(try IntelligentMailPiece(serviceType: "310", mailerID: mailer, serial: serial).contents() == "00310" + mailer + serial)
  }
}
