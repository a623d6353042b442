import MailTransport
import Testing

struct EngineTests {
  @Test func saysItsVersion() { #expect(!TransportEngine.version.isEmpty) }
}
