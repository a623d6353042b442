internal import Diagnostics
internal import Geometry

extension LiteralReader {
  /// The steps of `fit-sheet`; `nil` once a fault is reported.
  func fitSteps() -> [FitSheet.NamedStep]? {
    let words = words()
    guard (1...FitSheet.stepLimit).contains(words.count) else {
      wrong(.wrongValue, AttributeType.fitSteps.phrase)
      return nil
    }
    var steps: [FitSheet.NamedStep] = []
    for word in words {
      guard let step = fitStep(word) else { return nil }
      guard steps.allSatisfy({ step.isFurther(than: $0.step) }) else {
        error(.wrongValue, "'\(word.text)' makes nothing smaller than the steps before it", word.range)
        return nil
      }
      steps.append(FitSheet.NamedStep(name: word.text, step: step))
    }
    return steps
  }

  private func fitStep(_ word: Word) -> FitSheet.Step? {
    if word.text == "alternatives" { return .alternatives }
    if word.text.hasPrefix("space-") {
      let digits = word.text.dropFirst("space-".count)
      guard digits.utf8.count == 2, digits.utf8.allSatisfy(Lexer.isDigit), let percent = Int(digits), (50...99).contains(percent) else {
        error(.wrongValue, "'\(word.text)' leaves no share from 50 to 99 percent", word.range, suggestion: "write 'space-90'")
        return nil
      }
      return .space(percent: percent)
    }
    if word.text.hasPrefix("terms-") {
      let start = word.range.lowerBound + "terms-".utf8.count
      let size = Word(text: String(word.text.dropFirst("terms-".count)), range: start..<word.range.upperBound)
      guard let length = fixed(size, "a type size such as '8.5pt'") else { return nil }
      guard length >= FitSheet.leastTermsSize, length <= .pt(100) else {
        error(.wrongLength, "terms are not set smaller than 8pt, nor larger than 100pt", size.range)
        return nil
      }
      return .terms(size: length)
    }
    wrong(
      .wrongKeyword, "a step such as 'space-90', 'terms-8.5pt' or 'alternatives'", word,
      suggestion: Suggestion.didYouMean(word.text, among: ["alternatives"]))
    return nil
  }
}

extension FitSheet.Step {
  /// Whether it makes anything smaller behind an earlier step.
  fileprivate func isFurther(than earlier: FitSheet.Step) -> Bool {
    switch (earlier, self) {
    case (.space(let before), .space(let percent)): percent < before
    case (.terms(let before), .terms(let size)): size < before
    case (.alternatives, .alternatives): false
    default: true
    }
  }
}
