/// Every attribute the language has, whatever element it stands on.
public enum AttributeName: String, Sendable, CaseIterable, Hashable {
  case `if`, each, name, width, height
  case minWidth = "min-width"
  case maxWidth = "max-width"
  case minHeight = "min-height"
  case maxHeight = "max-height"
  case minHeightIf = "min-height-if"
  case keep, fit
  case otherwise = "else"
  case minSize = "min-size"
  case align, valign, style, describe
  case marginTop = "margin-top"
  case marginBottom = "margin-bottom"
  case font, size
  case lineHeight = "line-height"
  case weight, slant, color, figures, features
  case letterSpacing = "letter-spacing"
  case rise, underline, hyphenate, nowrap
  case paper, baseline, formats, post
  case pageLimit = "page-limit"
  case fitSheet = "fit-sheet"
  case fitBelow = "fit-below"
  case path, type, optional, sample, value, of, tint, base
  case spaceAfter = "space-after"
  case format, language, margin, x, y, right, bottom
  case heading, tabs, indent, hang, widows, orphans
  case gap, count, balance, fill, border, bar, radius, padding
  case borderTop = "border-top"
  case borderBottom = "border-bottom"
  case borderStart = "border-start"
  case borderEnd = "border-end"
  case borderLeft = "border-left"
  case borderRight = "border-right"
  case show, watermark
  case watermarkIf = "watermark-if"
  case thickness, dash, direction, src, decorative
  case kind, label, highlight, mark
  case highlightColor = "highlight-color"
  case labelStyle = "label-style"
  case valueStyle = "value-style"
  case values, gridlines, beside, names, scale, unit, outline
  case valueLabel = "value-label"
  case besideLabel = "beside-label"
  case markSign = "mark-sign"
  case describeItem = "describe-item"
  case describeMarked = "describe-marked"
  case describeGap = "describe-gap"
  case anchor, turn
  case iban, bic, payee, amount, currency, reference, purpose, remittance, quiet, level
  case barcodeID = "barcode-id"
  case serviceType = "service-type"
  case mailerID = "mailer-id"
  case serial, routing
  case rowGap = "row-gap"
  case rule
  case headerRule = "header-rule"
  case repeatHeader = "repeat-header"
  case sum, role, span, columns
  case rules, rows, suppress
  case ruleSpace = "rule-space"
  case fillReach = "fill-reach"
  case decimalGroup = "decimal-group"
  case unitStyle = "unit-style"
  case headingStyle = "heading-style"
  case codeLabel = "code-label"
  case hours
  case edge, footer, perforation, zone, slide, on, bleed, from
  case avoid
  case changed, new, removed, unchanged, title, frame, priority, at, page, with, to, test, key, href, leader, wrap, when, variant
}
