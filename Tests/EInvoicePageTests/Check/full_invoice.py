#!/usr/bin/env python3
"""Writes an invoice in which every term of EN 16931 stands, each with a value that stands nowhere else.

    full_invoice.py ubl|cii >INVOICE.xml

Its sums do not add up: it is for looking whether each value reaches the page, and is rendered with `--accept sum-mismatch`.
"""
import copy
import sys

from lxml import etree

from unshown_values import CII, UBL, expand

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"

CODES = {
    "InvoiceTypeCode": "380", "DocumentCurrencyCode": "EUR", "InvoiceCurrencyCode": "EUR", "TaxCurrencyCode": "SEK", "DescriptionCode": "35",
    "DueDateTypeCode": "29", "PaymentMeansCode": "30", "CategoryCode": "S", "TaxExemptionReasonCode": "VATEX-EU-132",
    "ExemptionReasonCode": "VATEX-EU-132", "SubjectCode": "AAI", "CountryID": "FR", "IdentificationCode": "FR", "ReferenceTypeCode": "AWV",
    "NetworkID": "VISA", "IBANID": "DE02120300000000202051",
}
# Where the same element means different things.
BY_WAY = {
    "ExchangedDocument/TypeCode": "380", "SpecifiedTradeSettlementPaymentMeans/TypeCode": "30", "TaxScheme/ID": "VAT", "TradeTax/TypeCode": "VAT",
    "OriginTradeCountry/ID": "DK", "TaxCategory/ID": "S", "AdditionalReferencedDocument/TypeCode": "916", "DocumentReference/DocumentTypeCode": "130",
    "AdditionalDocumentReference/DocumentTypeCode": "130", "ProjectReference/Name": "Project reference", "SpecifiedProcuringProject/Name": "Project reference",
    "CustomizationID": "urn:cen.eu:en16931:2017", "GuidelineSpecifiedDocumentContextParameter/ID": "urn:cen.eu:en16931:2017",
    "PayeeFinancialAccount/ID": "19-2000145399/0800",
}


def value(way, number):
    name = way.rsplit("/", 1)[-1]
    for end, text in BY_WAY.items():
        if way.endswith(end):
            return text
    if name in CODES:
        return CODES[name]
    if "AllowanceChargeReasonCode" in name or name == "ReasonCode":
        return "95"
    if name in ("ChargeIndicator", "Indicator"):
        return "false"
    if name.endswith("Date") or name in ("DateTimeString", "DateString"):
        day = f"2026{1 + number % 12:02}{1 + number % 28:02}"
        return day if name in ("DateTimeString", "DateString") else f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if name.endswith(("Amount", "Quantity")):
        return f"{1000 + 7 * number}.{number % 90 + 10}"
    if name.endswith(("Percent", "Numeric")):
        return f"{number % 90 + 3}.5"
    if name in ("EmbeddedDocumentBinaryObject", "AttachmentBinaryObject"):
        return "QUJD" * number
    if name in ("URI", "URIID") and "AdditionalDocument" in way + "AdditionalDocument" and "Communication" not in way:
        return f"https://papers.example/{number}"
    if name.endswith(("ID", "Code", "Cost", "Reference")):
        return f"ZQ-{number:03}-X"
    return f"Wort{number:03} {name}"


def namespace(kind, name, is_leaf):
    if kind == "ubl":
        return CBC if is_leaf else CAC
    if name in ("ExchangedDocumentContext", "ExchangedDocument", "SupplyChainTradeTransaction"):
        return RSM
    return UDT if name in ("DateTimeString", "DateString", "Indicator") else RAM


def as_charge(allowance, number):
    """The same as a surcharge, with figures and words of its own."""
    charge = copy.deepcopy(allowance)
    for element in charge.iter():
        name = etree.QName(element).localname
        if name in ("ChargeIndicator", "Indicator") and element.text:
            element.text = "true"
        elif name.endswith("ReasonCode"):
            element.text = "ABL"
        elif name.endswith("Reason"):
            element.text = f"Aufschlag{number} Reason"
        elif name.endswith("Amount"):
            element.text = f"{5000 + 7 * number}.{number % 90 + 10}"
            number += 1
        elif name in ("MultiplierFactorNumeric", "CalculationPercent"):
            element.text = f"{number % 50 + 3}.25"
    allowance.addnext(charge)


def main():
    kind = sys.argv[1]
    ways = [way for pattern in (UBL if kind == "ubl" else CII) for way in expand(pattern)]
    ways = [way for way in ways if not way.startswith("CreditNote") and "/Credited" not in way]
    if kind == "ubl":
        root = etree.Element(f"{{{INVOICE}}}Invoice", nsmap={None: INVOICE, "cac": CAC, "cbc": CBC})
    else:
        root = etree.Element(f"{{{RSM}}}CrossIndustryInvoice", nsmap={"rsm": RSM, "ram": RAM, "udt": UDT})
    for number, way in enumerate(ways, 1):
        place, steps = root, way.split("/")
        for depth, name in enumerate(steps):
            is_leaf = depth + 1 == len(steps)
            space = namespace(kind, name, is_leaf)
            tag = f"{{{space}}}{name}"
            if is_leaf:
                leaf = etree.SubElement(place, tag)
                leaf.text = value(way, number)
                if name.endswith("Amount"):
                    leaf.set("currencyID", "EUR")
                if name.endswith("Quantity"):
                    leaf.set("unitCode", "KWH")
                if name == "DateTimeString" or name == "DateString":
                    leaf.set("format", "102")
                if name.endswith("BinaryObject"):
                    leaf.set("mimeCode", "application/pdf")
                    leaf.set("filename", f"plan{number}.pdf")
                if "SpecifiedTaxRegistration/ID" in way:
                    leaf.set("schemeID", "VA")
            else:
                found = place.find(tag)
                place = etree.SubElement(place, tag) if found is None else found
    for number, element in enumerate(list(root.iter("{*}AllowanceCharge", "{*}SpecifiedTradeAllowanceCharge")), 1):
        if etree.QName(element.getparent()).localname != "Price":
            as_charge(element, 10 * number)
    # The VAT in the currency of accounting (BT-111) beside that in the invoice's own.
    for amount in list(root.iter("{*}TaxTotalAmount")) + [e for e in root.iter("{*}TaxAmount") if etree.QName(e.getparent()).localname == "TaxTotal"]:
        other = copy.deepcopy(amount)
        other.text, other.attrib["currencyID"] = "7654.32", "SEK"
        if kind == "cii":
            amount.addnext(other)
        else:
            total = etree.Element(f"{{{CAC}}}TaxTotal")
            total.append(other)
            amount.getparent().addnext(total)
    sys.stdout.buffer.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


if __name__ == "__main__":
    main()
