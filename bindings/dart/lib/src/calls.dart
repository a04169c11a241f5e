import 'dart:convert';
import 'dart:typed_data';

import 'generated/aipass.dart';

/// The calls as most apps make them.
extension AiPassCalls on AiPass {
  /// Completes a sign-in with the URL that the system handed to the app. Goes on if the app does not wait for it, because a
  /// code works only once.
  ///
  /// Throws as [completeSignInText] does.
  Future<void> completeSignIn(Uri callback) => completeSignInText(callback.toString());

  /// Whether this URL is a callback to this client's redirect URI, for apps that receive other links too. Says nothing about
  /// whether it is genuine: [completeSignIn] finds that out.
  bool isCallback(Uri url) => isCallbackText(url.toString());

  /// Reads a photographed receipt from the photo's bytes: JPEG, PNG, GIF or WebP, as the camera or the gallery gave it. One paid
  /// call.
  ///
  /// [locale] says where the receipt is from, such as `en-US` or `de-DE`, and decides what 03/04/2026 and `$` mean;
  /// [expectedCurrency], an ISO 4217 code, decides which dollar `$` is. Throws as [scanReceiptWith] does.
  Future<Receipt> scanReceipt(Uint8List photo, {String? locale, String? expectedCurrency}) =>
      scanReceiptWith(ReceiptScan(photos: [Photo.bytes(photo)], locale: locale, expectedCurrency: expectedCurrency));

  /// Reads a photographed receipt from a file, which is read on a thread of its own. Otherwise as [scanReceipt].
  Future<Receipt> scanReceiptFile(String path, {String? locale, String? expectedCurrency}) =>
      scanReceiptWith(ReceiptScan(photos: [Photo.file(path)], locale: locale, expectedCurrency: expectedCurrency));

  /// Asks a model about a photo: JPEG, PNG, GIF or WebP. One paid call. Throws as [describeImageWith] does.
  Future<ChatAnswer> describeImage(Uint8List photo, String prompt) =>
      describeImageWith(ImageQuestion(photos: [Photo.bytes(photo)], prompt: prompt));

  /// Asks a model about a photo that is a file. Otherwise as [describeImage].
  Future<ChatAnswer> describeImageFile(String path, String prompt) =>
      describeImageWith(ImageQuestion(photos: [Photo.file(path)], prompt: prompt));

  /// Reads from photos what a JSON schema describes, as a value of the app's own type, such as with its `Menu.fromJson`. One paid
  /// call.
  ///
  /// Throws as [extractJson] does, and [AiPassInvalidOutputException] with the JSON where [fromJson] throws.
  Future<T> extract<T>(JsonExtraction extraction, T Function(Map<String, Object?>) fromJson) async {
    final extracted = await extractJson(extraction);
    try {
      return fromJson(jsonDecode(extracted.json) as Map<String, Object?>);
    } on Object catch (cause, trace) {
      // Its own text may quote what is on the photo.
      final mismatch = AiPassInvalidOutputException(
        text: extracted.json,
        requestId: extracted.requestId,
        detail: "the JSON is not of the app's type: ${cause.runtimeType}",
      );
      Error.throwWithStackTrace(mismatch, trace);
    }
  }
}
