import '../decimal.dart';
import '../generated/aipass.dart';
import '../platform/platform.dart';

/// What the ready-made parts say, in one language. An app with another language gives one of its own.
final class AiPassStrings {
  /// All of them.
  const AiPassStrings({
    required this.decimalPoint,
    required this.signIn,
    required this.signInAgain,
    required this.signInCancelled,
    required this.noBrowser,
    required this.balance,
    required this.balanceUnknown,
    required this.noLimit,
    required this.balanceLow,
    required this.balanceEmpty,
    required this.topUp,
    required this.topUpTitle,
    required this.topUpText,
    required this.topUpOpened,
    required this.topUpStillEmpty,
    required this.tryAgain,
    required this.notNow,
    required this.merchant,
    required this.date,
    required this.amount,
    required this.category,
    required this.notFound,
    required this.readAs,
    required this.unsure,
    required this.signInNeeded,
    required this.budgetUsedUp,
    required this.tooManyRequests,
    required this.noConnection,
    required this.cannotReadPhoto,
    required this.failed,
  });

  /// Those of a language, such as `de`; English for one that is not here.
  factory AiPassStrings.of(String languageCode) => languageCode == 'de' ? german : english;

  /// In English.
  static const english = AiPassStrings(
    decimalPoint: '.',
    signIn: 'Sign in with AI Pass',
    signInAgain: 'Open the browser again',
    signInCancelled: 'Sign-in was cancelled.',
    noBrowser: 'There is no browser on this device.',
    balance: 'Balance',
    balanceUnknown: 'Balance unknown',
    noLimit: 'No limit',
    balanceLow: 'Low balance',
    balanceEmpty: 'Nothing left',
    topUp: 'Top up',
    topUpTitle: 'Your balance is used up',
    topUpText: 'Top up your AI Pass wallet, then try again. Nothing was charged for the request that was refused.',
    topUpOpened: 'The page is open in your browser. Come back here when you have paid.',
    topUpStillEmpty: 'The balance has not arrived yet.',
    tryAgain: 'Try again',
    notNow: 'Not now',
    merchant: 'Merchant',
    date: 'Date',
    amount: 'Amount',
    category: 'Category',
    notFound: 'not found',
    readAs: 'read as',
    unsure: 'The model is not sure. Please compare this with the receipt.',
    signInNeeded: 'Please sign in.',
    budgetUsedUp: 'Your balance is used up.',
    tooManyRequests: 'Too many requests. Please wait a moment.',
    noConnection: 'No connection. Please try again.',
    cannotReadPhoto: 'This photo cannot be read.',
    failed: 'That did not work.',
  );

  /// In German.
  static const german = AiPassStrings(
    decimalPoint: ',',
    signIn: 'Mit AI Pass anmelden',
    signInAgain: 'Browser noch einmal öffnen',
    signInCancelled: 'Die Anmeldung wurde abgebrochen.',
    noBrowser: 'Auf diesem Gerät gibt es keinen Browser.',
    balance: 'Guthaben',
    balanceUnknown: 'Guthaben unbekannt',
    noLimit: 'Unbegrenzt',
    balanceLow: 'Wenig Guthaben',
    balanceEmpty: 'Kein Guthaben mehr',
    topUp: 'Aufladen',
    topUpTitle: 'Dein Guthaben ist aufgebraucht',
    topUpText: 'Lade dein Guthaben bei AI Pass auf und versuche es noch einmal. '
        'Für die abgelehnte Anfrage wurde nichts berechnet.',
    topUpOpened: 'Die Seite ist im Browser offen. Komm nach dem Bezahlen hierher zurück.',
    topUpStillEmpty: 'Das Guthaben ist noch nicht angekommen.',
    tryAgain: 'Noch einmal versuchen',
    notNow: 'Nicht jetzt',
    merchant: 'Geschäft',
    date: 'Datum',
    amount: 'Betrag',
    category: 'Kategorie',
    notFound: 'nicht gefunden',
    readAs: 'gelesen als',
    unsure: 'Das Modell ist sich nicht sicher. Bitte mit dem Beleg vergleichen.',
    signInNeeded: 'Bitte melde dich an.',
    budgetUsedUp: 'Dein Guthaben ist aufgebraucht.',
    tooManyRequests: 'Zu viele Anfragen. Bitte warte einen Moment.',
    noConnection: 'Keine Verbindung. Bitte versuche es noch einmal.',
    cannotReadPhoto: 'Dieses Foto kann nicht gelesen werden.',
    failed: 'Das hat nicht geklappt.',
  );

  /// What stands between units and decimals.
  final String decimalPoint;

  /// On the sign-in button.
  final String signIn;

  /// On it while the browser is open.
  final String signInAgain;

  /// After a user gave up signing in.
  final String signInCancelled;

  /// Where there is no browser to sign in with.
  final String noBrowser;

  /// Before the amount that is left.
  final String balance;

  /// Where it is not known.
  final String balanceUnknown;

  /// Instead of an amount where there is no limit.
  final String noLimit;

  /// Where little is left.
  final String balanceLow;

  /// Where nothing is left.
  final String balanceEmpty;

  /// On the button that opens the page to pay at.
  final String topUp;

  /// Title of the sheet after a refused request.
  final String topUpTitle;

  /// Its text.
  final String topUpText;

  /// While the page to pay at is open.
  final String topUpOpened;

  /// Where the balance is still used up after that.
  final String topUpStillEmpty;

  /// On the button that sends the refused request again.
  final String tryAgain;

  /// On the button that gives it up.
  final String notNow;

  /// Names of the receipt's fields.
  final String merchant;

  /// As [merchant].
  final String date;

  /// As [merchant].
  final String amount;

  /// As [merchant].
  final String category;

  /// Instead of a field that is not on the receipt.
  final String notFound;

  /// Before the text that the model gave for a field that cannot be read from it.
  final String readAs;

  /// Below a receipt of which the model is not sure.
  final String unsure;

  /// Failures: see [describe].
  final String signInNeeded;

  /// As [signInNeeded].
  final String budgetUsedUp;

  /// As [signInNeeded].
  final String tooManyRequests;

  /// As [signInNeeded].
  final String noConnection;

  /// As [signInNeeded].
  final String cannotReadPhoto;

  /// As [signInNeeded].
  final String failed;

  /// A failure in words for its user.
  String describe(Object failure) => switch (failure) {
        AiPassSignInRequiredException() => signInNeeded,
        AiPassCancelledException() => signInCancelled,
        AiPassBudgetExceededException() => budgetUsedUp,
        AiPassRateLimitedException() => tooManyRequests,
        AiPassOfflineException() || AiPassTimeoutException() => noConnection,
        AiPassInvalidInputException(input: 'photo' || 'photos') => cannotReadPhoto,
        AiPassUnsupportedException(what: AiPassPlatform.noBrowser) => noBrowser,
        // The code is the same in every language, for a question to the app's support.
        AiPassException(:final code) => '$failed ($code)',
        _ => failed,
      };

  /// An amount with its currency, such as `39.24 GBP`: all its decimals, in this language's form.
  String money(Decimal amount, [String? currency]) => [
        '$amount'.replaceFirst('.', decimalPoint),
        if (currency != null) currency,
      ].join('\u00a0'); // which no line ends at
}
