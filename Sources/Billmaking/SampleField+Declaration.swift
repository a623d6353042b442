package import LayoutLanguage
package import Sampling

extension FieldDeclaration {
  /// The field as the sampler knows it.
  package var sampleField: SampleField {
    let kind: SampleField.Kind =
      switch type.unwrapped {
      case .number: .number
      case .amount: .amount
      case .date: .date
      case .flag: .flag
      case .list: .list
      case .record: .record
      default: .text
      }
    return SampleField(path: path, kind: kind, isOptional: isOptional, sample: sample)
  }
}
