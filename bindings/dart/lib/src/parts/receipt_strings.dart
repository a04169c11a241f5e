import '../generated/aipass.dart';

/// What a receipt's review says, in one language. `{…}` in braces is replaced by what it names.
final class ReceiptStrings {
  /// All of them.
  const ReceiptStrings({
    required this.merchant,
    required this.date,
    required this.amount,
    required this.category,
    required this.number,
    required this.kind,
    required this.address,
    required this.phone,
    required this.taxId,
    required this.refund,
    required this.invoice,
    required this.order,
    required this.notFound,
    required this.readAs,
    required this.unsure,
    required this.items,
    required this.itemNumber,
    required this.quantity,
    required this.unitPrice,
    required this.subtotal,
    required this.discount,
    required this.discounts,
    required this.tax,
    required this.taxes,
    required this.included,
    required this.tip,
    required this.rounding,
    required this.paid,
    required this.payments,
    required this.tendered,
    required this.change,
    required this.otherAmount,
    required this.agrees,
    required this.off,
    required this.offMore,
    required this.offLess,
    required this.cannotTell,
    required this.missing,
    required this.itemMore,
    required this.itemLess,
    required this.cost,
  });

  /// In English.
  static const english = ReceiptStrings(
    merchant: 'Merchant',
    date: 'Date',
    amount: 'Amount',
    category: 'Category',
    number: 'Receipt number',
    kind: 'Kind',
    address: 'Address',
    phone: 'Telephone',
    taxId: 'Tax number',
    refund: 'Refund',
    invoice: 'Invoice',
    order: 'Order',
    notFound: 'not found',
    readAs: 'read as',
    unsure: 'The model is not sure. Please compare this with the receipt.',
    items: 'Items',
    itemNumber: 'Item {number}',
    quantity: 'Quantity',
    unitPrice: 'Price of one',
    subtotal: 'Subtotal',
    discount: 'Discount',
    discounts: 'Discounts',
    tax: 'Tax',
    taxes: 'Taxes',
    included: 'in the prices',
    tip: 'Tip',
    rounding: 'Rounding',
    paid: 'Paid',
    payments: 'Payment',
    tendered: 'Cash given',
    change: 'Change',
    otherAmount: 'In another currency',
    agrees: 'The amounts add up.',
    off: 'The amounts do not add up.',
    offMore: '{part}: {amount} more than the other amounts give.',
    offLess: '{part}: {amount} less than the other amounts give.',
    cannotTell: 'It is not certain that the amounts add up.',
    missing: 'Missing or not certain: {parts}.',
    itemMore: 'Does not add up: {amount} more than quantity and price give.',
    itemLess: 'Does not add up: {amount} less than quantity and price give.',
    cost: 'This scan cost {amount}.',
  );

  /// In German.
  static const german = ReceiptStrings(
    merchant: 'Geschäft',
    date: 'Datum',
    amount: 'Betrag',
    category: 'Kategorie',
    number: 'Belegnummer',
    kind: 'Art',
    address: 'Adresse',
    phone: 'Telefon',
    taxId: 'Steuernummer',
    refund: 'Erstattung',
    invoice: 'Rechnung',
    order: 'Bestellung',
    notFound: 'nicht gefunden',
    readAs: 'gelesen als',
    unsure: 'Das Modell ist sich nicht sicher. Bitte mit dem Beleg vergleichen.',
    items: 'Posten',
    itemNumber: 'Posten {number}',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    subtotal: 'Zwischensumme',
    discount: 'Rabatt',
    discounts: 'Rabatte',
    tax: 'Steuer',
    taxes: 'Steuern',
    included: 'im Preis enthalten',
    tip: 'Trinkgeld',
    rounding: 'Rundung',
    paid: 'Bezahlt',
    payments: 'Zahlung',
    tendered: 'Bar gegeben',
    change: 'Rückgeld',
    otherAmount: 'In anderer Währung',
    agrees: 'Die Beträge gehen auf.',
    off: 'Die Beträge gehen nicht auf.',
    offMore: '{part}: {amount} mehr, als die anderen Beträge ergeben.',
    offLess: '{part}: {amount} weniger, als die anderen Beträge ergeben.',
    cannotTell: 'Es ist nicht sicher, dass die Beträge aufgehen.',
    missing: 'Es fehlt oder ist unsicher: {parts}.',
    itemMore: 'Geht nicht auf: {amount} mehr, als Menge und Preis ergeben.',
    itemLess: 'Geht nicht auf: {amount} weniger, als Menge und Preis ergeben.',
    cost: 'Das Einlesen hat {amount} gekostet.',
  );

  /// Names of fields.
  final String merchant;

  /// As [merchant].
  final String date;

  /// As [merchant]: the total.
  final String amount;

  /// As [merchant].
  final String category;

  /// As [merchant]: that of the receipt.
  final String number;

  /// As [merchant]: what the receipt is.
  final String kind;

  /// As [merchant]: the shop's.
  final String address;

  /// As [merchant]: the shop's.
  final String phone;

  /// As [merchant]: the shop's.
  final String taxId;

  /// A value of [kind].
  final String refund;

  /// As [refund].
  final String invoice;

  /// As [refund].
  final String order;

  /// Instead of a field that is not on the receipt.
  final String notFound;

  /// Before the text that the model gave for a field that cannot be read from it.
  final String readAs;

  /// Below a receipt of which the model is not sure.
  final String unsure;

  /// Above the items, and their name in a verdict.
  final String items;

  /// Instead of the name of an item that has none, with `{number}`, counted from 1.
  final String itemNumber;

  /// Before an item's quantity, if its price is not known for one.
  final String quantity;

  /// Before the price of one, if the quantity is not known.
  final String unitPrice;

  /// Names of amounts.
  final String subtotal;

  /// As [subtotal]: one discount without a name of its own, also that of an item.
  final String discount;

  /// The discounts together, in a verdict.
  final String discounts;

  /// As [subtotal]: one tax without a name of its own.
  final String tax;

  /// The taxes together, in a verdict.
  final String taxes;

  /// Behind a tax that the prices have in them.
  final String included;

  /// As [subtotal].
  final String tip;

  /// As [subtotal].
  final String rounding;

  /// As [subtotal]: one payment whose method is not known.
  final String paid;

  /// The payments together, in a verdict.
  final String payments;

  /// As [subtotal].
  final String tendered;

  /// As [subtotal].
  final String change;

  /// As [subtotal]: the total in another currency.
  final String otherAmount;

  /// The verdict that all amounts add up.
  final String agrees;

  /// The verdict that they do not.
  final String off;

  /// By how much and where, with `{amount}` and `{part}`: what is printed is more.
  final String offMore;

  /// As [offMore], but less.
  final String offLess;

  /// The verdict that it cannot be told.
  final String cannotTell;

  /// What is missing for a verdict, with `{parts}`.
  final String missing;

  /// Below an item that does not add up, with `{amount}`: its total is more.
  final String itemMore;

  /// As [itemMore], but less.
  final String itemLess;

  /// What the scan cost, with `{amount}`.
  final String cost;

  /// What a receipt is, where that is worth saying.
  String? nameOfKind(ReceiptKind? kind) => switch (kind) {
        ReceiptKind.refund => refund,
        ReceiptKind.invoice => invoice,
        ReceiptKind.order => order,
        ReceiptKind.sale || ReceiptKind.other || null => null,
      };

  /// A part of [receipt] by its name; an item by its own.
  String nameOfPart(ReceiptPart part, Receipt receipt) => switch (part) {
        ReceiptPartItem(:final indexValue) => nameOfItem(receipt, indexValue),
        ReceiptPartItems() => items,
        ReceiptPartSubtotal() => subtotal,
        ReceiptPartDiscounts() => discounts,
        ReceiptPartTaxes() => taxes,
        ReceiptPartTip() => tip,
        ReceiptPartRounding() => rounding,
        ReceiptPartTotal() => amount,
        ReceiptPartPayments() => payments,
      };

  /// The item at this position, counted from 0, as the receipt names it.
  String nameOfItem(Receipt receipt, int index) =>
      (index < receipt.items.length ? receipt.items[index].description : null) ??
      itemNumber.replaceFirst('{number}', '${index + 1}');
}
