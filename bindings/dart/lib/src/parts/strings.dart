import '../generated/aipass.dart';
import '../platform/platform.dart';
import 'amounts.dart';
import 'photo_strings.dart';
import 'receipt_strings.dart';

/// What the ready-made parts say, in one language. An app with another language gives one of its own.
final class AiPassStrings {
  /// All of them.
  const AiPassStrings({
    required this.amounts,
    required this.receipt,
    required this.photo,
    required this.signIn,
    required this.signInAgain,
    required this.signInCancelled,
    required this.noBrowser,
    required this.balance,
    required this.balanceUnknown,
    required this.noLimit,
    required this.balanceLow,
    required this.balanceEmpty,
    required this.about,
    required this.balanceOld,
    required this.topUp,
    required this.topUpTitle,
    required this.topUpText,
    required this.topUpOpened,
    required this.topUpStillEmpty,
    required this.tryAgain,
    required this.notNow,
    required this.signInNeeded,
    required this.budgetUsedUp,
    required this.spendLimit,
    required this.tooManyRequests,
    required this.noConnection,
    required this.cannotReadPhoto,
    required this.cannotSendAgain,
    required this.failed,
  });

  /// Those of a language, such as `de`, with amounts as in a country, such as `CH`; English for a language that is not here.
  factory AiPassStrings.of(String languageCode, [String? countryCode]) {
    final amounts = AmountFormat.of(languageCode, countryCode);
    return languageCode == 'de' ? AiPassStrings._german(amounts) : AiPassStrings._english(amounts);
  }

  /// In English.
  static const english = AiPassStrings._english(AmountFormat.english);

  const AiPassStrings._english(this.amounts)
      : receipt = ReceiptStrings.english,
        photo = PhotoStrings.english,
        signIn = 'Sign in with AI Pass',
        signInAgain = 'Open the browser again',
        signInCancelled = 'Sign-in was cancelled.',
        noBrowser = 'There is no browser on this device.',
        balance = 'Balance',
        balanceUnknown = 'Balance unknown',
        noLimit = 'No limit',
        balanceLow = 'Low balance',
        balanceEmpty = 'Nothing left',
        about = 'about {amount}',
        balanceOld = 'could not be updated',
        topUp = 'Top up',
        topUpTitle = 'Your balance is used up',
        topUpText = 'Top up your AI Pass wallet, then try again. Nothing was charged for the request that was refused.',
        topUpOpened = 'The page is open in your browser. Come back here when you have paid.',
        topUpStillEmpty = 'The balance has not arrived yet.',
        tryAgain = 'Try again',
        notNow = 'Not now',
        signInNeeded = 'Please sign in.',
        budgetUsedUp = 'Your balance is used up.',
        spendLimit = 'This may cost more than the limit of {limit} that this app has set.',
        tooManyRequests = 'Too many requests. Please wait a moment.',
        noConnection = 'No connection. Please try again.',
        cannotReadPhoto = 'This photo cannot be read.',
        cannotSendAgain = 'This request cannot be sent again. Please start anew.',
        failed = 'That did not work.';

  /// In German.
  static const german = AiPassStrings._german(AmountFormat.german);

  const AiPassStrings._german(this.amounts)
      : receipt = ReceiptStrings.german,
        photo = PhotoStrings.german,
        signIn = 'Mit AI Pass anmelden',
        signInAgain = 'Browser noch einmal öffnen',
        signInCancelled = 'Die Anmeldung wurde abgebrochen.',
        noBrowser = 'Auf diesem Gerät gibt es keinen Browser.',
        balance = 'Guthaben',
        balanceUnknown = 'Guthaben unbekannt',
        noLimit = 'Unbegrenzt',
        balanceLow = 'Wenig Guthaben',
        balanceEmpty = 'Kein Guthaben mehr',
        about = 'etwa {amount}',
        balanceOld = 'konnte nicht aktualisiert werden',
        topUp = 'Aufladen',
        topUpTitle = 'Dein Guthaben ist aufgebraucht',
        topUpText = 'Lade dein Guthaben bei AI Pass auf und versuche es noch einmal. '
            'Für die abgelehnte Anfrage wurde nichts berechnet.',
        topUpOpened = 'Die Seite ist im Browser offen. Komm nach dem Bezahlen hierher zurück.',
        topUpStillEmpty = 'Das Guthaben ist noch nicht angekommen.',
        tryAgain = 'Noch einmal versuchen',
        notNow = 'Nicht jetzt',
        signInNeeded = 'Bitte melde dich an.',
        budgetUsedUp = 'Dein Guthaben ist aufgebraucht.',
        spendLimit = 'Das kann mehr kosten als {limit}, die Grenze dieser App.',
        tooManyRequests = 'Zu viele Anfragen. Bitte warte einen Moment.',
        noConnection = 'Keine Verbindung. Bitte versuche es noch einmal.',
        cannotReadPhoto = 'Dieses Foto kann nicht gelesen werden.',
        cannotSendAgain = 'Diese Anfrage kann nicht noch einmal gesendet werden. Bitte beginne von vorn.',
        failed = 'Das hat nicht geklappt.';

  /// How amounts are written.
  final AmountFormat amounts;

  /// What a receipt's review says.
  final ReceiptStrings receipt;

  /// What is said of a photo that may not be readable.
  final PhotoStrings photo;

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

  /// A balance that calls under way may have lowered, with `{amount}`.
  final String about;

  /// Behind a balance that could not be fetched again.
  final String balanceOld;

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

  /// Failures: see [describe].
  final String signInNeeded;

  /// As [signInNeeded].
  final String budgetUsedUp;

  /// As [signInNeeded], with `{limit}`: the amount that the app has set itself as its limit.
  final String spendLimit;

  /// As [signInNeeded].
  final String tooManyRequests;

  /// As [signInNeeded].
  final String noConnection;

  /// As [signInNeeded].
  final String cannotReadPhoto;

  /// As [signInNeeded]: a refused request that was sent again already, or is of another user.
  final String cannotSendAgain;

  /// As [signInNeeded].
  final String failed;

  /// A failure in words for its user.
  String describe(Object failure) => switch (failure) {
        AiPassSignInRequiredException() => signInNeeded,
        AiPassCancelledException() => signInCancelled,
        AiPassBudgetExceededException() => budgetUsedUp,
        AiPassSpendLimitException(:final limit) => spendLimit.replaceFirst('{limit}', amounts.money(limit, 'USD')),
        AiPassRateLimitedException() => tooManyRequests,
        AiPassOfflineException() || AiPassTimeoutException() => noConnection,
        AiPassInvalidInputException(input: 'photo' || 'photos') => cannotReadPhoto,
        AiPassInvalidInputException(input: 'prepared') => cannotSendAgain,
        AiPassUnsupportedException(what: AiPassPlatform.noBrowser) => noBrowser,
        // The code is the same in every language, for a question to the app's support.
        AiPassException(:final code) => '$failed ($code)',
        _ => failed,
      };
}
