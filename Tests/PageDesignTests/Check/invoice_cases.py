#!/usr/bin/env python3
"""Writes made-up UBL invoices that try a page: invoice_cases.py FOLDER

ordinary (6 lines), lines-300, credit, zero (paid in advance), longest-name (long names and six address lines). The sums add up; the same
bytes each time.
"""
import sys
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

GOODS = [
    ("Wartung der Heizungsanlage", "Kontrolle von Brenner, Pumpe und Ventilen", "HUR", "78.50"),
    ("Umwälzpumpe Alba 25-60", "Hocheffizienzpumpe, Baulänge 180 mm", "C62", "214.90"),
    ("Dichtungssatz", "", "SET", "12.40"),
    ("Anfahrt", "Zone 2", "C62", "39.00"),
    ("Kugelhahn DN 25", "Messing, mit Entleerung", "C62", "18.75"),
    ("Heizungswasser nach VDI 2035", "Vollentsalzt, je Liter", "LTR", "0.85"),
]


def lines_of(count):
    for i in range(count):
        name, note, unit, price = GOODS[i % len(GOODS)]
        quantity = Decimal(1 + (i * 7) % 12)
        yield i + 1, name, note, unit, quantity, Decimal(price), (quantity * Decimal(price)).quantize(Decimal("0.01"))


def invoice(number, count, credit=False, paid=False, seller="Alba Haustechnik GmbH", buyer="Mara Linde", extra=()):
    root, line_name, amount_name, type_code = ("CreditNote", "CreditNoteLine", "CreditedQuantity", "381") if credit else ("Invoice", "InvoiceLine", "InvoicedQuantity", "380")
    lines = list(lines_of(count))
    net = sum(line[6] for line in lines)
    vat = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    gross = net + vat
    money = lambda name, value: f'<cbc:{name} currencyID="EUR">{value:.2f}</cbc:{name}>'

    def party(role, name, street, city, code, more=""):
        return (
            f"<cac:{role}><cac:Party><cac:PartyName><cbc:Name>{escape(name)}</cbc:Name></cac:PartyName><cac:PostalAddress>"
            f"<cbc:StreetName>{escape(street)}</cbc:StreetName>" + "".join(f"<cbc:AdditionalStreetName>{escape(x)}</cbc:AdditionalStreetName>" for x in extra[:1])
            + f"<cbc:CityName>{city}</cbc:CityName><cbc:PostalZone>{code}</cbc:PostalZone>"
            + "".join(f"<cac:AddressLine><cbc:Line>{escape(x)}</cbc:Line></cac:AddressLine>" for x in extra[1:2])
            + f"<cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>{more}"
            f"<cac:PartyLegalEntity><cbc:RegistrationName>{escape(name)}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:{role}>")

    tax = "<cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    category = "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
    text += 'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    text += 'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
    text += "<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>"
    text += f"<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-11-03</cbc:IssueDate>" + ("" if credit else "<cbc:DueDate>2026-12-03</cbc:DueDate>")
    text += f"<cbc:{root}TypeCode>{type_code}</cbc:{root}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cbc:BuyerReference>B-2207</cbc:BuyerReference>"
    text += party("AccountingSupplierParty", seller, "Lindenweg 12", "Bremen", "28195", tax) + party("AccountingCustomerParty", buyer, "Am Wall 3", "Oldenburg", "26122")
    text += "<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>" + number + "</cbc:PaymentID>"
    text += "<cac:PayeeFinancialAccount><cbc:ID>DE75512108001245126199</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    text += f"<cac:TaxTotal>{money('TaxAmount', vat)}<cac:TaxSubtotal>{money('TaxableAmount', net)}{money('TaxAmount', vat)}<cac:TaxCategory>{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    text += f"<cac:LegalMonetaryTotal>{money('LineExtensionAmount', net)}{money('TaxExclusiveAmount', net)}{money('TaxInclusiveAmount', gross)}"
    text += (money("PrepaidAmount", gross) if paid else "") + money("PayableAmount", Decimal(0) if paid else gross) + "</cac:LegalMonetaryTotal>"
    for position, name, note, unit, quantity, price, amount in lines:
        text += f'<cac:{line_name}><cbc:ID>{position}</cbc:ID><cbc:{amount_name} unitCode="{unit}">{quantity}</cbc:{amount_name}>{money("LineExtensionAmount", amount)}'
        text += "<cac:Item>" + (f"<cbc:Description>{escape(note)}</cbc:Description>" if note else "")
        text += f"<cbc:Name>{escape(name)}</cbc:Name><cac:ClassifiedTaxCategory>{category}</cac:ClassifiedTaxCategory></cac:Item>"
        text += f"<cac:Price>{money('PriceAmount', price)}</cac:Price></cac:{line_name}>"
    return text + f"</{root}>\n"


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    long_name = "Gemeinschaft der Wohnungseigentümerinnen und Wohnungseigentümer Friedrich-Wilhelm-von-Steuben-Straße 118–124"
    cases = {
        "ordinary": invoice("RE-2026-0701", 6),
        "lines-300": invoice("RE-2026-0702", 300),
        "credit": invoice("GS-2026-0703", 2, credit=True),
        "zero": invoice("RE-2026-0704", 4, paid=True),
        "longest-name": invoice(
            "RE-2026-0705", 6, seller="Norddeutsche Gesellschaft für Haustechnik, Gebäudewartung und Energieberatung mit beschränkter Haftung & Co. KG",
            buyer=long_name, extra=("Verwaltungsbeirat, Aufgang C, Hinterhaus", "z. Hd. der Hausverwaltung Petersen-Großmann")),
    }
    for name, text in cases.items():
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
