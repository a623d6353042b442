internal import CLinux
package import Contract

extension TestFault {
  /// Does it to this process.
  package func commit() -> Never {
    switch kind {
    case .crash: bf_fault_crash()
    case .hang: bf_fault_hang()
    case .sleep: bf_fault_sleep()
    case .memory: bf_fault_memory()
    }
  }
}
