import Mail
import Testing

struct EngineTests {
  @Test func saysItsVersion() { #expect(MailEngine.version.hasPrefix("3.")) }
}
