#!/usr/bin/env python3
"""Lists the values of an invoice's XML that its pages do not show, by element, sharing no code with the program that set them.

    unshown_values.py LANGUAGE LAYOUT INVOICE.xml PAGE.txt... [-- INVOICE.xml PAGE.txt...]...

LANGUAGE is de, en or fr; LAYOUT is the folder of the layout, whose lists of codes tell the words codes are said in; each PAGE.txt is the
pages' text as `pdftotext` writes it, in one or several of its modes. Prints a line for each value that is not shown, `term` or `other`,
its way and the value, and a line of counts; behind those of each invoice a line `-- 1` if a term of EN 16931 is not shown, else `-- 0`, and
ends with 1 if there is one.

A value is shown if it stands on the pages as it is, as a number or a date in the language, or as the words of its code. Zeros, white space
and what is shown by what it does (the sign of an amount, the bytes of an attachment) are not looked for.
"""
import glob
import os
import re
import sys
from decimal import Decimal, InvalidOperation

import yaml
from lxml import etree

# The one in C reads the same and is there in every ordinary build.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
}
SHORT = {
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}
GROUPS = {"de": ".", "en": ",", "fr": ""}
POINTS = {"de": ",", "en": ".", "fr": ","}

ADDRESS_UBL = "{StreetName,AdditionalStreetName,CityName,PostalZone,CountrySubentity,AddressLine/Line,Country/IdentificationCode}"
PARTY_UBL = (
    "{EndpointID,PartyIdentification/ID,PartyName/Name,PostalAddress/" + ADDRESS_UBL + ",PartyTaxScheme/{CompanyID,TaxScheme/ID},"
    "PartyLegalEntity/{RegistrationName,CompanyID,CompanyLegalForm},Contact/{Name,Telephone,ElectronicMail}}")
TAX_UBL = "{ID,Percent,TaxScheme/ID}"
LINE_CHARGE_UBL = (
    "AllowanceCharge/{ChargeIndicator,AllowanceChargeReasonCode,AllowanceChargeReason,MultiplierFactorNumeric,Amount,BaseAmount}")
CHARGE_UBL = LINE_CHARGE_UBL[:-1] + ",TaxCategory/" + TAX_UBL + "}"
UBL = [
    "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "CreditNoteTypeCode", "Note", "TaxPointDate",
    "DocumentCurrencyCode", "TaxCurrencyCode", "AccountingCost", "BuyerReference", "InvoicePeriod/{StartDate,EndDate,DescriptionCode}",
    "OrderReference/{ID,SalesOrderID}", "BillingReference/InvoiceDocumentReference/{ID,IssueDate}",
    "{DespatchDocumentReference,ReceiptDocumentReference,OriginatorDocumentReference,ContractDocumentReference,ProjectReference}/ID",
    "AdditionalDocumentReference/{ID,DocumentTypeCode,DocumentDescription,Attachment/{EmbeddedDocumentBinaryObject,ExternalReference/URI}}",
    "{AccountingSupplierParty/Party,AccountingCustomerParty/Party,PayeeParty,TaxRepresentativeParty}/" + PARTY_UBL,
    "Delivery/{ActualDeliveryDate,DeliveryLocation/{ID,Address/" + ADDRESS_UBL + "},DeliveryParty/PartyName/Name}",
    "PaymentMeans/{PaymentMeansCode,PaymentID,PaymentDueDate,CardAccount/{PrimaryAccountNumberID,NetworkID,HolderName},"
    "PayeeFinancialAccount/{ID,Name,FinancialInstitutionBranch/ID},PaymentMandate/{ID,PayerFinancialAccount/ID}}",
    "PaymentTerms/Note", CHARGE_UBL,
    "TaxTotal/{TaxAmount,TaxSubtotal/{TaxableAmount,TaxAmount,TaxCategory/{ID,Percent,TaxExemptionReasonCode,TaxExemptionReason,TaxScheme/ID}}}",
    "LegalMonetaryTotal/{LineExtensionAmount,TaxExclusiveAmount,TaxInclusiveAmount,AllowanceTotalAmount,ChargeTotalAmount,PrepaidAmount,"
    "PayableRoundingAmount,PayableAmount}",
    "{InvoiceLine,CreditNoteLine}/{ID,Note,InvoicedQuantity,CreditedQuantity,LineExtensionAmount,AccountingCost,"
    "InvoicePeriod/{StartDate,EndDate},OrderLineReference/LineID,DocumentReference/{ID,DocumentTypeCode}," + LINE_CHARGE_UBL + ","
    "Item/{Description,Name,BuyersItemIdentification/ID,SellersItemIdentification/ID,StandardItemIdentification/ID,"
    "OriginCountry/IdentificationCode,CommodityClassification/ItemClassificationCode,ClassifiedTaxCategory/" + TAX_UBL + ","
    "AdditionalItemProperty/{Name,Value}},Price/{PriceAmount,BaseQuantity,AllowanceCharge/{ChargeIndicator,Amount,BaseAmount}}}",
]

DATE_CII = "DateTimeString"
ADDRESS_CII = "PostalTradeAddress/{PostcodeCode,LineOne,LineTwo,LineThree,CityName,CountryID,CountrySubDivisionName}"
PARTY_CII = (
    "{ID,GlobalID,Name,Description,SpecifiedLegalOrganization/{ID,TradingBusinessName},DefinedTradeContact/{PersonName,DepartmentName,"
    "TelephoneUniversalCommunication/CompleteNumber,EmailURIUniversalCommunication/URIID}," + ADDRESS_CII + ","
    "URIUniversalCommunication/URIID,SpecifiedTaxRegistration/ID}")
LINE_CHARGE_CII = "SpecifiedTradeAllowanceCharge/{ChargeIndicator/Indicator,CalculationPercent,BasisAmount,ActualAmount,ReasonCode,Reason}"
CHARGE_CII = LINE_CHARGE_CII[:-1] + ",CategoryTradeTax/{TypeCode,CategoryCode,RateApplicablePercent}}"
LINE_CII = "SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem/"
AGREEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeAgreement/"
DELIVERY = "SupplyChainTradeTransaction/ApplicableHeaderTradeDelivery/"
SETTLEMENT = "SupplyChainTradeTransaction/ApplicableHeaderTradeSettlement/"
CII = [
    "ExchangedDocumentContext/{BusinessProcessSpecifiedDocumentContextParameter,GuidelineSpecifiedDocumentContextParameter}/ID",
    "ExchangedDocument/{ID,TypeCode,IssueDateTime/DateTimeString,IncludedNote/{Content,SubjectCode}}",
    LINE_CII + "AssociatedDocumentLineDocument/{LineID,IncludedNote/Content}",
    LINE_CII + "SpecifiedTradeProduct/{GlobalID,SellerAssignedID,BuyerAssignedID,Name,Description,"
    "ApplicableProductCharacteristic/{Description,Value},DesignatedProductClassification/ClassCode,OriginTradeCountry/ID}",
    LINE_CII + "SpecifiedLineTradeAgreement/{BuyerOrderReferencedDocument/LineID,GrossPriceProductTradePrice/{ChargeAmount,BasisQuantity,"
    "AppliedTradeAllowanceCharge/{ChargeIndicator/Indicator,ActualAmount}},NetPriceProductTradePrice/{ChargeAmount,BasisQuantity}}",
    LINE_CII + "SpecifiedLineTradeDelivery/BilledQuantity",
    LINE_CII + "SpecifiedLineTradeSettlement/{ApplicableTradeTax/{TypeCode,CategoryCode,RateApplicablePercent},"
    "BillingSpecifiedPeriod/{StartDateTime/DateTimeString,EndDateTime/DateTimeString}," + LINE_CHARGE_CII + ","
    "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount,AdditionalReferencedDocument/{IssuerAssignedID,TypeCode,"
    "ReferenceTypeCode},ReceivableSpecifiedTradeAccountingAccount/ID}",
    AGREEMENT + "{BuyerReference,{SellerTradeParty,BuyerTradeParty,SellerTaxRepresentativeTradeParty}/" + PARTY_CII + ","
    "{SellerOrderReferencedDocument,BuyerOrderReferencedDocument,ContractReferencedDocument}/IssuerAssignedID,"
    "AdditionalReferencedDocument/{IssuerAssignedID,URIID,TypeCode,Name,AttachmentBinaryObject,ReferenceTypeCode},"
    "SpecifiedProcuringProject/{ID,Name}}",
    DELIVERY + "{ShipToTradeParty/{ID,GlobalID,Name," + ADDRESS_CII + "},ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString,"
    "{DespatchAdviceReferencedDocument,ReceivingAdviceReferencedDocument}/IssuerAssignedID}",
    SETTLEMENT + "{CreditorReferenceID,PaymentReference,TaxCurrencyCode,InvoiceCurrencyCode,PayeeTradeParty/" + PARTY_CII + ","
    "SpecifiedTradeSettlementPaymentMeans/{TypeCode,Information,ApplicableTradeSettlementFinancialCard/{ID,CardholderName},"
    "PayerPartyDebtorFinancialAccount/IBANID,PayeePartyCreditorFinancialAccount/{IBANID,AccountName,ProprietaryID},"
    "PayeeSpecifiedCreditorFinancialInstitution/BICID},"
    "ApplicableTradeTax/{CalculatedAmount,TypeCode,ExemptionReason,BasisAmount,CategoryCode,ExemptionReasonCode,TaxPointDate/DateString,"
    "DueDateTypeCode,RateApplicablePercent},BillingSpecifiedPeriod/{StartDateTime/DateTimeString,EndDateTime/DateTimeString},"
    + CHARGE_CII + ",SpecifiedTradePaymentTerms/{Description,DueDateDateTime/DateTimeString,DirectDebitMandateID},"
    "SpecifiedTradeSettlementHeaderMonetarySummation/{LineTotalAmount,ChargeTotalAmount,AllowanceTotalAmount,TaxBasisTotalAmount,"
    "TaxTotalAmount,RoundingAmount,GrandTotalAmount,TotalPrepaidAmount,DuePayableAmount},"
    "InvoiceReferencedDocument/{IssuerAssignedID,FormattedIssueDateTime/DateTimeString},ReceivableSpecifiedTradeAccountingAccount/ID}",
]

# What is shown by what it does: the sign of an amount, the size of a file, the kind of a reference.
DONE = {"ChargeIndicator", "Indicator", "EmbeddedDocumentBinaryObject", "AttachmentBinaryObject"}
KINDS = {"130", "50", "916"}


def expand(pattern):
    """The ways a pattern with braces stands for."""
    start = pattern.find("{")
    if start < 0:
        return [pattern]
    depth, parts, begin, end = 0, [], start + 1, start
    for index in range(start, len(pattern)):
        character = pattern[index]
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                parts.append(pattern[begin:index])
                end = index
                break
        elif character == "," and depth == 1:
            parts.append(pattern[begin:index])
            begin = index + 1
    return [way for part in parts for way in expand(pattern[:start] + part + pattern[end + 1:])]


def dense(text):
    text = text.replace("\u2212", "-").replace("\u2011", "-")
    return re.sub(r"[\s\u00ad\u200b\u2060\u2066-\u2069\u200e\u200f\u202f\u00a0]", "", text)


def code_words(layout, language):
    """The words of each code in the language, by the code in small letters, of all the layout's lists together."""
    words = {}
    for path in glob.glob(os.path.join(layout, "codes", "*.yaml")):
        with open(path, encoding="utf-8") as file:
            data = yaml.load(file, LOADER)
        fallback = data.get("fallback", "en")
        for code, said in (data.get("codes") or {}).items():
            word = said.get(language, said.get(fallback)) if isinstance(said, dict) else said
            if word is not None:
                words.setdefault(str(code).strip().lower(), set()).add(dense(word))
    return words


def forms(text, language, words):
    """How a value may stand on the pages, without white space."""
    result = [dense(text)]
    plain = re.sub(r"^#[A-Z]{3}#", "", text.strip())
    result.append(dense(plain))
    day = re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Z+T-].*)?", text.strip())
    if day and 1 <= int(day[2]) <= 12:
        year, month, number = int(day[1]), int(day[2]), int(day[3])
        if language == "de":
            result.append(f"{number:02}.{month:02}.{year}")
        for names in (MONTHS, SHORT):
            name = names[language][month - 1]
            # A range says month and year once.
            for shape in {"de": ["{d}.{m}{y}", "{d}.{m}"], "en": ["{m}{d},{y}", "{m}{d}"], "fr": ["{d}{m}{y}", "{d}{m}", "{d}er{m}"]}[language]:
                result.append(dense(shape.format(d=number, m=name, y=year)))
    if re.fullmatch(r"[-+]?(\d+(\.\d*)?|\.\d+)", text.strip()):
        value = abs(Decimal(text.strip()))
        digits = format(value.normalize(), "f")
        whole, _, decimals = digits.partition(".")
        grouped = f"{int(whole):,}".replace(",", GROUPS[language])
        for places in range(len(decimals), max(len(decimals), 3) + 1):
            result.append(grouped + (POINTS[language] + decimals.ljust(places, "0") if places else ""))
    if text.strip().lower() in ("true", "false"):
        result += {"de": ["ja", "nein"], "en": ["yes", "no"], "fr": ["oui", "non"]}[language]
    result += words.get(text.strip().lower(), ())
    # `urn:x:CODE`, an agreed fixed text and a code in one.
    return [form for form in result if form]


def payment_codes(text, language):
    """The figures of XRechnung's codes for discounts and interest, which the pages say in a sentence; None for other texts."""
    found, rest = [], []
    for line in text.splitlines():
        match = re.fullmatch(r"#(SKONTO|VERZUG)#TAGE=(\d+)#PROZENT=(\d+(?:\.\d+)?)#(?:BASISBETRAG=(-?\d+(?:\.\d+)?)#)?", line.strip())
        if match:
            found += [match[2].lstrip("0") or "0", match[3]] + ([match[4]] if match[4] else [])
        elif line.strip():
            rest.append(line)
    return (found, rest) if found else None


def unshown(language, words, invoice, pages):
    """Lists what an invoice's pages do not show. Returns whether a term is among it."""
    pages = "\x01".join(dense(open(page, encoding="utf-8").read()) for page in pages)
    lower = pages.lower()
    root = etree.parse(invoice, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)).getroot()
    name = lambda element: etree.QName(element).localname
    envelope = [e for e in root.iter(etree.Element) if name(e) in ("Invoice", "CreditNote", "CrossIndustryInvoice")]
    root = envelope[0] if envelope else root
    is_cii = name(root) == "CrossIndustryInvoice"
    terms = {way for pattern in (CII if is_cii else UBL) for way in expand(pattern)}
    counts = {"term": [0, 0], "other": [0, 0]}
    listed = []

    def is_shown(text, way):
        if text.strip() in ("", "0") or re.fullmatch(r"[-+]?0*(\.0*)?", text.strip()):
            return True
        for form in forms(text, language, words):
            if form in pages or form.lower() in lower:
                return True
        # A text of several lines, or broken by a page's end or a table's other columns.
        lines = [line for line in re.split(r"[\r\n]+", text) if line.strip()]
        if len(lines) > 1:
            return all(is_shown(line, way) for line in lines)
        sentence = text.split()
        if len(sentence) > 6:
            return all(dense(" ".join(sentence[i:i + 3])) in pages for i in range(0, len(sentence) - 2, 3))
        return False

    for element in root.iter(etree.Element):
        steps = [name(e) for e in reversed([element, *element.iterancestors()])]
        way = "/".join(steps[steps.index(name(root)) + 1:])
        kind = "term" if way in terms else "other"
        texts = [t for t in [element.text, *(child.tail for child in element)] if t and t.strip()]
        local = name(element)
        if local in DONE or "Binary" in local or way.startswith("UBLExtensions") and local in ("X509Certificate", "SignatureValue", "DigestValue"):
            continue
        for text in texts:
            text = text.strip()
            if local in ("DocumentTypeCode", "TypeCode") and text in KINDS:
                continue
            if steps[-2:] in (["TaxScheme", "ID"],) or local == "TypeCode" and text == "VAT":
                text_ok = True  # VAT is the name of the column and of the table.
            elif local == "Name" and text == "Project reference":
                text_ok = True  # A fixed phrase of the binding.
            elif local in ("BasisQuantity", "BaseQuantity") and re.fullmatch(r"1(\.0*)?", text):
                text_ok = True
            elif local in ("TestIndicator", "CopyIndicator") and text.lower() == "false":
                text_ok = True
            else:
                said = payment_codes(text, language) if local in ("Note", "Description") else None
                text_ok = all(is_shown(part, way) for part in said[0] + said[1]) if said else is_shown(text, way)
            counts[kind][0] += 1
            if not text_ok:
                counts[kind][1] += 1
                listed.append((kind, way, " ".join(text.split())[:100]))
        unit = element.get("unitCode")
        if unit and texts and not re.fullmatch(r"[-+]?0*(\.0*)?", texts[0].strip()):
            if not any(form.lower() in lower for form in forms(unit, language, words)):
                counts[kind][1] += 1
                listed.append((kind, way + "/@unitCode", unit))
    for kind, way, text in sorted(set(listed)):
        print(f"{kind}\t{way}\t{text}")
    print(f"{counts['term'][0]} values of terms, {counts['term'][1]} not shown; {counts['other'][0]} others, {counts['other'][1]} not shown")
    if counts["term"][0] < 10:
        print("too few values of terms were looked for")
        return True
    return counts["term"][1] > 0


def main():
    code, rest = 0, sys.argv[3:]
    words = code_words(sys.argv[2], sys.argv[1])
    while rest:
        end = rest.index("--") if "--" in rest else len(rest)
        found = unshown(sys.argv[1], words, rest[0], rest[1:end])
        print(f"-- {1 if found else 0}")
        code, rest = code or (1 if found else 0), rest[end + 1:]
    return code


if __name__ == "__main__":
    sys.exit(main())
