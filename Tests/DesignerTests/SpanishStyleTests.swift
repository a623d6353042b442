import Foundation
import TestSupport
import Testing

/// The Spanish of Larkspur's bills keeps to its style list, `Layouts/larkspur/strings/STYLE.md`.
@Suite struct SpanishStyleTests {
  private func said(_ words: [String]) throws -> String {
    try Tool.run([Tool.python, Project.path("Tests/Readers/spanish_style.py")] + words).output
  }

  @Test(.needs(Tool.schemaValidator)) func printedWordsKeepToTheList() throws {
    #expect(try said([Project.root.path]) == "")
  }

  static let wrong = [
    ("Paga tu factura", "familiar address"), ("Pague antes del {date}", "'a más tardar el', not 'antes del'"),
    ("Pague antes de 14 de diciembre", "'a más tardar el', not 'antes del'"), ("Confirme su e-mail", "'correo electrónico'"),
    ("Sin coste", "American use"), ("Lectura del contador", "American use"), ("Su recibo", "'factura'"),
    ("Periodo de servicio", "'período'"),
    ("Es sólo una opción", "no accent since 2010"), ("Desde marzo, en Abril", "small letters for months and days"),
    ("Vigente desde {date}", "'el' before a date"), ("Vence el 1 de marzo de 2027", "a date that a line may part"),
    ("Llame de 8 a 18 h", "clock of twelve hours"), ("lun–vie 8–18", "clock of twelve hours"), ("hasta las 6pm", "clock of twelve hours"),
    ("Total: $1.234,50", "point for decimals"), ("El \"código\"", "curly quotation marks"), ("Páginas 2-3", "range with an en dash"),
    ("Prefiere papel?", "¿…? open and close"), ("Total  a pagar", "two spaces"), ("Total :", "a space before a sign"),
  ]

  /// Each rule notices what breaks it.
  @Test(.needs(Tool.schemaValidator)) func faultsAreNoticed() throws {
    let lines = try said(["--words"] + Self.wrong.map(\.0)).split(separator: "\n")
    for (number, (words, rule)) in Self.wrong.enumerated() {
      #expect(lines.contains { $0.hasPrefix("words \(number): \(rule)") }, "\(words)")
    }
  }

  @Test(.needs(Tool.schemaValidator)) func rightOnesPass() throws {
    let words = [
      "Pague a más tardar el {date}", "Desde el {campaign.active | date('long')}: facturas por correo electrónico",
      "¿Prefiere papel? No haga nada.",
      "lun–vie 8\u{A0}a.\u{A0}m.–6\u{A0}p.\u{A0}m.", "Cortes o peligro, 24 h", "1 800 555 0102", "Versión 2027-03",
      "Energía en punta, días hábiles, 3–9 p. m.", "Vigente desde el 1\u{A0}de\u{A0}marzo\u{A0}de\u{A0}2027", "$1,234.50 en 3 cuotas",
      "Su consumo, mes por mes", "Usó {share} más que en {month}",
    ]
    #expect(try said(["--words"] + words) == "")
  }
}
