/// What a test throws to say in words what it did not find.
package struct TestFailure: Error, CustomStringConvertible {
  package let description: String

  /// Says it.
  package init(_ description: String) { self.description = description }
}
