import CCurl
import Foundation
import MailAddresses
import TestSupport
import Testing

@testable import MailTransport
@testable import Pipeline

/// What is made of the server's words, without one.
@Suite struct SmallPartsTests {
  @Test func wordsAreCleaned() throws {
    let ana = try MailAddress("ana.petrovic@customers.example")
    func clean(_ words: String) -> String { ServerWords.clean(words, without: ana) }
    #expect(clean("5.1.1 <Ana.Petrovic@customers.example>: no such user") == "5.1.1 (address) no such user")
    #expect(clean("user ana.petrovic is unknown at Customers.example") == "user (address) is unknown at Customers.example")
    #expect(clean("bounces+ana.petrovic=customers.example@mx.example refused") == "(address) refused")
    #expect(clean("ana.petrovic=customers.example refused") == "(address) refused")
    #expect(clean("a\u{1B}[2Jb\r\nc\u{202E}d\u{2028}e\u{0}f") == "a [2Jb c d e f")
    #expect(clean(String(repeating: "long ", count: 500)).count <= SendRow.longest)
    #expect(clean("") == "")
    let short = try MailAddress("a@customers.example")
    #expect(ServerWords.clean("a mailbox is full", without: short) == "a mailbox is full")
  }

  /// What a conversation comes to.
  private func delivery(needsLogin: Bool = false, _ result: ccurl_result, _ steps: [Any]) -> Delivery {
    var conversation = Conversation(needsLogin: needsLogin)
    conversation.begin()
    for step in steps {
      switch step {
      case let line as String: conversation.received(Array((line + "\r\n").utf8))
      case let count as Int: conversation.handedOver(count)
      default: if let command = step as? ccurl_command { conversation.sent(command) }
      }
    }
    return conversation.delivery(result, "words of the library")
  }

  private let opening: [Any] = ["220 mail", CCURL_HELLO, "250-mail", "250 8BITMIME"]
  private var sender: [Any] { opening + [CCURL_MAIL, "250 OK"] as [Any] }
  private var data: [Any] { sender + [CCURL_RCPT, "250 OK", CCURL_DATA, "354 go on"] as [Any] }

  @Test func onlyAnAnswerSettlesWhatWasSentWhole() {
    #expect(delivery(CCURL_OK, data + [10, 0, "250 taken"]) == .accepted("250 taken"))
    // Whatever the library says behind it.
    for result in [CCURL_FAILED, CCURL_TIMEOUT, CCURL_STOPPED, CCURL_TLS] {
      #expect(delivery(result, data + [10, 0, "250-taken", "250 indeed"]) == .accepted("250 taken indeed"))
    }
    for result in [CCURL_OK, CCURL_FAILED, CCURL_TIMEOUT, CCURL_STOPPED, CCURL_TLS] {
      for steps in [
        [10, 0], [10, 0, "250-taken"], [10, 0, "25"], [10, 0, "nonsense"], [10, 0, CCURL_QUIT, "221 bye"], [10, 0, CCURL_QUIT, "250 late"],
      ] as [[Any]] {
        guard case .unknown = delivery(result, data + steps) else {
          Issue.record("\(result) \(steps)")
          continue
        }
      }
    }
    #expect(delivery(CCURL_FAILED, data + [10, 0, "451 later"]) == .transient(code: 451, words: "later"))
    #expect(delivery(CCURL_FAILED, data + [10, 0, "554 no"]) == .refused(code: 554, words: "no"))
    // The end was not handed over: no server takes it.
    #expect(delivery(CCURL_FAILED, data + [10]) == .transient(code: nil, words: "the connection was lost"))
    #expect(delivery(CCURL_TIMEOUT, data + [10]) == .transient(code: nil, words: "no answer in time"))
  }

  @Test func answersBeforeAreTakenForWhatTheyAnswer() {
    #expect(delivery(CCURL_FAILED, sender + [CCURL_RCPT, "550-no", "550 such user"]) == .refused(code: 550, words: "no such user"))
    #expect(delivery(CCURL_FAILED, sender + [CCURL_RCPT, "450 busy"]) == .transient(code: 450, words: "busy"))
    #expect(delivery(CCURL_FAILED, opening + [CCURL_MAIL, "552 full"]) == .refused(code: 552, words: "full"))
    #expect(delivery(CCURL_FAILED, opening + [CCURL_MAIL, "550 no"]) == .serverFailure(.sender, words: "550 no"))
    #expect(delivery(CCURL_FAILED, ["554 no"]) == .serverFailure(.refused, words: "554 no"))
    #expect(delivery(CCURL_STOPPED, sender) == .stopped)
    #expect(delivery(CCURL_FAILED, ["220 mail", CCURL_HELLO]) == .serverFailure(.unreachable, words: "words of the library"))
    // Over an open connection the first thing is the sender.
    #expect(delivery(CCURL_FAILED, [CCURL_MAIL]) == .transient(code: nil, words: "the connection was lost"))
    #expect(delivery(CCURL_FAILED, [CCURL_MAIL, "421 too long idle"]) == .transient(code: 421, words: "too long idle"))
  }

  @Test func serverThatOffersNoLoginGetsNothing() {
    let login: [Any] = opening + [CCURL_AUTH, "334 ", CCURL_OTHER, "235 welcome", CCURL_MAIL, "250 OK"]
    #expect(delivery(needsLogin: true, CCURL_STOPPED, login) == .stopped)
    #expect(delivery(needsLogin: true, CCURL_STOPPED, sender) == .serverFailure(.login, words: "the server offers no login"))
    #expect(
      delivery(needsLogin: true, CCURL_LOGIN, opening + [CCURL_AUTH, "535 no"]) == .serverFailure(.login, words: "535 no"))
    #expect(
      delivery(needsLogin: true, CCURL_FAILED, opening + [CCURL_AUTH, "454 later"]) == .serverFailure(.unavailable, words: "454 later"))
  }
}
