// Written by bindings/generator: do not edit.

part of 'aipass.dart';

/// What is wrong with a callback URL.
enum CallbackErrorKind {
  /// It is not a URL.
  notAUrl,

  /// It is longer than 8,192 bytes.
  tooLong,

  /// Its scheme, authority or path is not the redirect URI's.
  notTheRedirectUri,

  /// Its parameters are in the fragment; only the query is read.
  inFragment,

  /// A parameter that may stand once stands twice.
  duplicateParameter,

  /// It has neither `code` nor `error`, or both.
  noOutcome,

  /// It has no `state`.
  missingState,

  /// Its `state` belongs to no sign-in of this app: forged, cancelled, or from another installation.
  unknownState,

  /// Its sign-in was completed before: the callback was delivered twice.
  alreadyUsed,

  /// Its sign-in was begun too long ago.
  expired,

  /// Its sign-in was cancelled by the app.
  cancelled,

  /// Its `iss` is missing or is not the provider's issuer.
  wrongIssuer
}

final class _CallbackErrorKindCodec extends _Codec<CallbackErrorKind> {
  const _CallbackErrorKindCodec();

  @override
  CallbackErrorKind read(_Reader reader) => CallbackErrorKind.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, CallbackErrorKind value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<CallbackErrorKind> _codecOfCallbackErrorKind = _CallbackErrorKindCodec();

/// What kind of refusal or failure the provider answered with.
enum ProviderErrorKind {
  /// The provider refused the sign-in for a reason other than the user's: a misconfigured client, scope or redirect.
  signInRefused,

  /// The request is wrong (400, 409, 422 and the like).
  badRequest,

  /// The account or the app may not do this (403).
  forbidden,

  /// There is no such model, video or endpoint (404).
  notFound,

  /// The request is too large (413).
  tooLarge,

  /// The provider is broken or overloaded (5xx): try later.
  unavailable,

  /// The answer cannot be understood: not JSON, cut off, or not what the endpoint should say.
  unreadableAnswer,

  /// The answer is larger than the library accepts.
  answerTooLarge,

  /// The provider answered with a redirect, which calls that carry a token do not follow.
  unexpectedRedirect
}

final class _ProviderErrorKindCodec extends _Codec<ProviderErrorKind> {
  const _ProviderErrorKindCodec();

  @override
  ProviderErrorKind read(_Reader reader) => ProviderErrorKind.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ProviderErrorKind value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ProviderErrorKind> _codecOfProviderErrorKind = _ProviderErrorKindCodec();

/// Why a new sign-in is needed.
enum SignInReason {
  /// Nobody has signed in yet, or the user signed out.
  notSignedIn,

  /// The user pressed Deny on the provider's page.
  denied,

  /// The provider ended the session: revoked by the user, or expired for good.
  grantEnded,

  /// The provider refused an access token that it had just issued.
  accessRefused,

  /// The access token has expired and the provider gave no refresh token.
  noRefreshToken
}

final class _SignInReasonCodec extends _Codec<SignInReason> {
  const _SignInReasonCodec();

  @override
  SignInReason read(_Reader reader) => SignInReason.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, SignInReason value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<SignInReason> _codecOfSignInReason = _SignInReasonCodec();

/// What kind of failure the store reported.
enum StorageErrorKind {
  /// Not readable now, such as before the device's first unlock: try again later.
  unavailable,

  /// The key that sealed the session is gone (restored backup, reinstall): call `forgetSession()` and sign in again.
  keyLost,

  /// There is no room: free some, then try again. The session is kept in memory meanwhile.
  full,

  /// What is stored cannot be read. It was left untouched; `forgetSession()` starts over.
  corrupt,

  /// What is stored was written by a newer version of the library. It was left untouched.
  fromNewerVersion,

  /// Anything else.
  failed
}

final class _StorageErrorKindCodec extends _Codec<StorageErrorKind> {
  const _StorageErrorKindCodec();

  @override
  StorageErrorKind read(_Reader reader) => StorageErrorKind.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, StorageErrorKind value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<StorageErrorKind> _codecOfStorageErrorKind = _StorageErrorKindCodec();

/// Which time limit passed.
enum TimeLimit {
  /// No connection within the limit. The request was not sent.
  connect,

  /// Nothing arrived for that long.
  idle,

  /// The whole call took longer.
  total
}

final class _TimeLimitCodec extends _Codec<TimeLimit> {
  const _TimeLimitCodec();

  @override
  TimeLimit read(_Reader reader) => TimeLimit.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, TimeLimit value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<TimeLimit> _codecOfTimeLimit = _TimeLimitCodec();

/// A part of a message.
sealed class ContentPart {
  const ContentPart._();

  /// Words.
  const factory ContentPart.text({
    required String text,
  }) = ContentPartText;

  /// A photo, prepared and uploaded with the message.
  const factory ContentPart.photo({
    required Photo photo,
  }) = ContentPartPhoto;

  /// An image on the web, which the provider fetches.
  const factory ContentPart.imageUrl({
    required String url,
  }) = ContentPartImageUrl;
}

/// Words.
final class ContentPartText extends ContentPart {
  /// Of these values.
  const ContentPartText({
    required this.text,
  }) : super._();

  /// The words.
  final String text;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ContentPartText && text == other.text;

  @override
  int get hashCode => Object.hash(ContentPartText, text);

  @override
  String toString() => 'ContentPartText(text: $text)';
}

/// A photo, prepared and uploaded with the message.
final class ContentPartPhoto extends ContentPart {
  /// Of these values.
  const ContentPartPhoto({
    required this.photo,
  }) : super._();

  /// The photo.
  final Photo photo;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ContentPartPhoto && photo == other.photo;

  @override
  int get hashCode => Object.hash(ContentPartPhoto, photo);

  @override
  String toString() => 'ContentPartPhoto(photo: $photo)';
}

/// An image on the web, which the provider fetches.
final class ContentPartImageUrl extends ContentPart {
  /// Of these values.
  const ContentPartImageUrl({
    required this.url,
  }) : super._();

  /// Its https or `data:` URL.
  final String url;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ContentPartImageUrl && url == other.url;

  @override
  int get hashCode => Object.hash(ContentPartImageUrl, url);

  @override
  String toString() => 'ContentPartImageUrl(url: $url)';
}

final class _ContentPartCodec extends _Codec<ContentPart> {
  const _ContentPartCodec();

  @override
  ContentPart read(_Reader reader) => switch (_readInt32(reader)) {
        1 => ContentPartText(
            text: _string.read(reader),
          ),
        2 => ContentPartPhoto(
            photo: _codecOfPhoto.read(reader),
          ),
        3 => ContentPartImageUrl(
            url: _string.read(reader),
          ),
        final other => throw InternalException('ContentPart has no case $other'),
      };

  @override
  void write(_Writer writer, ContentPart value) {
    switch (value) {
      case ContentPartText():
        _writeInt32(writer, 1);
        _string.write(writer, value.text);
      case ContentPartPhoto():
        _writeInt32(writer, 2);
        _codecOfPhoto.write(writer, value.photo);
      case ContentPartImageUrl():
        _writeInt32(writer, 3);
        _string.write(writer, value.url);
    }
  }
}

const _Codec<ContentPart> _codecOfContentPart = _ContentPartCodec();

/// The form that an answer must have.
sealed class ResponseFormat {
  const ResponseFormat._();

  /// Some JSON object.
  const factory ResponseFormat.jsonObject() = ResponseFormatJsonObject;

  /// JSON that fits a schema.
  const factory ResponseFormat.jsonSchema({
    required String name,
    required String schemaJson,
  }) = ResponseFormatJsonSchema;
}

/// Some JSON object.
final class ResponseFormatJsonObject extends ResponseFormat {
  /// Of these values.
  const ResponseFormatJsonObject() : super._();

  @override
  bool operator ==(Object other) => other is ResponseFormatJsonObject;

  @override
  int get hashCode => (ResponseFormatJsonObject).hashCode;

  @override
  String toString() => 'ResponseFormatJsonObject()';
}

/// JSON that fits a schema.
final class ResponseFormatJsonSchema extends ResponseFormat {
  /// Of these values.
  const ResponseFormatJsonSchema({
    required this.name,
    required this.schemaJson,
  }) : super._();

  /// A name for the schema.
  final String name;

  /// The schema, an object as text.
  final String schemaJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ResponseFormatJsonSchema && name == other.name && schemaJson == other.schemaJson;

  @override
  int get hashCode => Object.hash(ResponseFormatJsonSchema, name, schemaJson);

  @override
  String toString() => 'ResponseFormatJsonSchema(name: $name, schemaJson: $schemaJson)';
}

final class _ResponseFormatCodec extends _Codec<ResponseFormat> {
  const _ResponseFormatCodec();

  @override
  ResponseFormat read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const ResponseFormatJsonObject(),
        2 => ResponseFormatJsonSchema(
            name: _string.read(reader),
            schemaJson: _string.read(reader),
          ),
        final other => throw InternalException('ResponseFormat has no case $other'),
      };

  @override
  void write(_Writer writer, ResponseFormat value) {
    switch (value) {
      case ResponseFormatJsonObject():
        _writeInt32(writer, 1);
      case ResponseFormatJsonSchema():
        _writeInt32(writer, 2);
        _string.write(writer, value.name);
        _string.write(writer, value.schemaJson);
    }
  }
}

const _Codec<ResponseFormat> _codecOfResponseFormat = _ResponseFormatCodec();

/// Who says a message.
enum Role {
  /// The app, giving the model its rules.
  system,

  /// The same for newer models.
  developer,

  /// The person.
  user,

  /// The model.
  assistant,

  /// A tool, giving its result.
  tool
}

final class _RoleCodec extends _Codec<Role> {
  const _RoleCodec();

  @override
  Role read(_Reader reader) => Role.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, Role value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<Role> _codecOfRole = _RoleCodec();

/// A piece of a streamed answer.
sealed class ChatEvent {
  const ChatEvent._();

  /// The model that answers, once, before everything else.
  const factory ChatEvent.started({
    required String model,
  }) = ChatEventStarted;

  /// The next piece of text.
  const factory ChatEvent.text({
    required String text,
  }) = ChatEventText;

  /// The next piece of a tool call.
  const factory ChatEvent.toolCall({
    required ToolCallPart part,
  }) = ChatEventToolCall;

  /// The model stopped.
  const factory ChatEvent.finished({
    required FinishReason reason,
  }) = ChatEventFinished;

  /// What was used, after the end of the text, if the provider says so.
  const factory ChatEvent.usage({
    required TokenUsage usage,
  }) = ChatEventUsage;
}

/// The model that answers, once, before everything else.
final class ChatEventStarted extends ChatEvent {
  /// Of these values.
  const ChatEventStarted({
    required this.model,
  }) : super._();

  /// As the provider names it.
  final String model;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ChatEventStarted && model == other.model;

  @override
  int get hashCode => Object.hash(ChatEventStarted, model);

  @override
  String toString() => 'ChatEventStarted(model: $model)';
}

/// The next piece of text.
final class ChatEventText extends ChatEvent {
  /// Of these values.
  const ChatEventText({
    required this.text,
  }) : super._();

  /// To be added to what came before.
  final String text;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ChatEventText && text == other.text;

  @override
  int get hashCode => Object.hash(ChatEventText, text);

  @override
  String toString() => 'ChatEventText(text: $text)';
}

/// The next piece of a tool call.
final class ChatEventToolCall extends ChatEvent {
  /// Of these values.
  const ChatEventToolCall({
    required this.part,
  }) : super._();

  /// To be added to what came before with the same index.
  final ToolCallPart part;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ChatEventToolCall && part == other.part;

  @override
  int get hashCode => Object.hash(ChatEventToolCall, part);

  @override
  String toString() => 'ChatEventToolCall(part: $part)';
}

/// The model stopped.
final class ChatEventFinished extends ChatEvent {
  /// Of these values.
  const ChatEventFinished({
    required this.reason,
  }) : super._();

  /// Why.
  final FinishReason reason;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ChatEventFinished && reason == other.reason;

  @override
  int get hashCode => Object.hash(ChatEventFinished, reason);

  @override
  String toString() => 'ChatEventFinished(reason: $reason)';
}

/// What was used, after the end of the text, if the provider says so.
final class ChatEventUsage extends ChatEvent {
  /// Of these values.
  const ChatEventUsage({
    required this.usage,
  }) : super._();

  /// The tokens.
  final TokenUsage usage;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ChatEventUsage && usage == other.usage;

  @override
  int get hashCode => Object.hash(ChatEventUsage, usage);

  @override
  String toString() => 'ChatEventUsage(usage: $usage)';
}

final class _ChatEventCodec extends _Codec<ChatEvent> {
  const _ChatEventCodec();

  @override
  ChatEvent read(_Reader reader) => switch (_readInt32(reader)) {
        1 => ChatEventStarted(
            model: _string.read(reader),
          ),
        2 => ChatEventText(
            text: _string.read(reader),
          ),
        3 => ChatEventToolCall(
            part: _codecOfToolCallPart.read(reader),
          ),
        4 => ChatEventFinished(
            reason: _codecOfFinishReason.read(reader),
          ),
        5 => ChatEventUsage(
            usage: _codecOfTokenUsage.read(reader),
          ),
        final other => throw InternalException('ChatEvent has no case $other'),
      };

  @override
  void write(_Writer writer, ChatEvent value) {
    switch (value) {
      case ChatEventStarted():
        _writeInt32(writer, 1);
        _string.write(writer, value.model);
      case ChatEventText():
        _writeInt32(writer, 2);
        _string.write(writer, value.text);
      case ChatEventToolCall():
        _writeInt32(writer, 3);
        _codecOfToolCallPart.write(writer, value.part);
      case ChatEventFinished():
        _writeInt32(writer, 4);
        _codecOfFinishReason.write(writer, value.reason);
      case ChatEventUsage():
        _writeInt32(writer, 5);
        _codecOfTokenUsage.write(writer, value.usage);
    }
  }
}

const _Codec<ChatEvent> _codecOfChatEvent = _ChatEventCodec();

/// Why a model stopped.
sealed class FinishReason {
  const FinishReason._();

  /// It was done.
  const factory FinishReason.stop() = FinishReasonStop;

  /// It reached `maxTokens`: the text is cut off.
  const factory FinishReason.length() = FinishReasonLength;

  /// It wants tools called.
  const factory FinishReason.toolCalls() = FinishReasonToolCalls;

  /// The provider's filter stopped it.
  const factory FinishReason.contentFilter() = FinishReasonContentFilter;

  /// The provider gives no reason, or one that is not known here.
  const factory FinishReason.other({
    required String name,
  }) = FinishReasonOther;
}

/// It was done.
final class FinishReasonStop extends FinishReason {
  /// Of these values.
  const FinishReasonStop() : super._();

  @override
  bool operator ==(Object other) => other is FinishReasonStop;

  @override
  int get hashCode => (FinishReasonStop).hashCode;

  @override
  String toString() => 'FinishReasonStop()';
}

/// It reached `maxTokens`: the text is cut off.
final class FinishReasonLength extends FinishReason {
  /// Of these values.
  const FinishReasonLength() : super._();

  @override
  bool operator ==(Object other) => other is FinishReasonLength;

  @override
  int get hashCode => (FinishReasonLength).hashCode;

  @override
  String toString() => 'FinishReasonLength()';
}

/// It wants tools called.
final class FinishReasonToolCalls extends FinishReason {
  /// Of these values.
  const FinishReasonToolCalls() : super._();

  @override
  bool operator ==(Object other) => other is FinishReasonToolCalls;

  @override
  int get hashCode => (FinishReasonToolCalls).hashCode;

  @override
  String toString() => 'FinishReasonToolCalls()';
}

/// The provider's filter stopped it.
final class FinishReasonContentFilter extends FinishReason {
  /// Of these values.
  const FinishReasonContentFilter() : super._();

  @override
  bool operator ==(Object other) => other is FinishReasonContentFilter;

  @override
  int get hashCode => (FinishReasonContentFilter).hashCode;

  @override
  String toString() => 'FinishReasonContentFilter()';
}

/// The provider gives no reason, or one that is not known here.
final class FinishReasonOther extends FinishReason {
  /// Of these values.
  const FinishReasonOther({
    required this.name,
  }) : super._();

  /// The provider's word; empty if there is none.
  final String name;

  @override
  bool operator ==(Object other) => identical(this, other) || other is FinishReasonOther && name == other.name;

  @override
  int get hashCode => Object.hash(FinishReasonOther, name);

  @override
  String toString() => 'FinishReasonOther(name: $name)';
}

final class _FinishReasonCodec extends _Codec<FinishReason> {
  const _FinishReasonCodec();

  @override
  FinishReason read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const FinishReasonStop(),
        2 => const FinishReasonLength(),
        3 => const FinishReasonToolCalls(),
        4 => const FinishReasonContentFilter(),
        5 => FinishReasonOther(
            name: _string.read(reader),
          ),
        final other => throw InternalException('FinishReason has no case $other'),
      };

  @override
  void write(_Writer writer, FinishReason value) {
    switch (value) {
      case FinishReasonStop():
        _writeInt32(writer, 1);
      case FinishReasonLength():
        _writeInt32(writer, 2);
      case FinishReasonToolCalls():
        _writeInt32(writer, 3);
      case FinishReasonContentFilter():
        _writeInt32(writer, 4);
      case FinishReasonOther():
        _writeInt32(writer, 5);
        _string.write(writer, value.name);
    }
  }
}

const _Codec<FinishReason> _codecOfFinishReason = _FinishReasonCodec();

/// A photo as the camera or the gallery gives it: JPEG, PNG, GIF or WebP. It is turned upright, shrunk to at most
/// 2048 pixels and 800 KB, and freed of its metadata, the place it was taken among them, before it leaves the
/// device.
sealed class Photo {
  const Photo._();

  /// The file's bytes.
  const factory Photo.bytes(Uint8List bytes) = PhotoBytes;

  /// The file's path. Read on a background thread.
  const factory Photo.file(String file) = PhotoFile;
}

/// The file's bytes.
final class PhotoBytes extends Photo {
  /// Of these values.
  const PhotoBytes(this.bytes) : super._();

  /// The bytes.
  final Uint8List bytes;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PhotoBytes && _isSame(bytes, other.bytes);

  @override
  int get hashCode => Object.hash(PhotoBytes, _hash(bytes));

  @override
  String toString() => 'PhotoBytes(bytes: ${_told(bytes)})';
}

/// The file's path. Read on a background thread.
final class PhotoFile extends Photo {
  /// Of these values.
  const PhotoFile(this.file) : super._();

  /// The file.
  final String file;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PhotoFile && file == other.file;

  @override
  int get hashCode => Object.hash(PhotoFile, file);

  @override
  String toString() => 'PhotoFile(file: $file)';
}

final class _PhotoCodec extends _Codec<Photo> {
  const _PhotoCodec();

  @override
  Photo read(_Reader reader) => switch (_readInt32(reader)) {
        1 => PhotoBytes(
            _bytes.read(reader),
          ),
        2 => PhotoFile(
            _string.read(reader),
          ),
        final other => throw InternalException('Photo has no case $other'),
      };

  @override
  void write(_Writer writer, Photo value) {
    switch (value) {
      case PhotoBytes():
        _writeInt32(writer, 1);
        _bytes.write(writer, value.bytes);
      case PhotoFile():
        _writeInt32(writer, 2);
        _string.write(writer, value.file);
    }
  }
}

const _Codec<Photo> _codecOfPhoto = _PhotoCodec();

/// What a model is for.
enum Capability {
  /// Chat, and with it vision and receipts.
  chat,

  /// Images from text.
  imageGeneration,

  /// Images from images.
  imageEdit,

  /// Speech from text.
  speech,

  /// Text from speech.
  transcription,

  /// Vectors from text.
  embeddings,

  /// Video from text or images.
  video
}

final class _CapabilityCodec extends _Codec<Capability> {
  const _CapabilityCodec();

  @override
  Capability read(_Reader reader) => Capability.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, Capability value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<Capability> _codecOfCapability = _CapabilityCodec();

/// Which authorities judge servers' certificates.
enum TrustStore {
  /// Nothing was sent yet; roots are loaded before the first request.
  notLoadedYet,

  /// The platform's own store.
  platform,

  /// The host app's `ServerTrust`.
  hostApp,

  /// Mozilla's roots, built into the library, because the platform's store was not given or could not be read.
  bundled
}

final class _TrustStoreCodec extends _Codec<TrustStore> {
  const _TrustStoreCodec();

  @override
  TrustStore read(_Reader reader) => TrustStore.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, TrustStore value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<TrustStore> _codecOfTrustStore = _TrustStoreCodec();

/// Which port a loopback redirect may come back on (RFC 8252, 7.3).
enum LoopbackPort {
  /// The registered one.
  exact,

  /// Any.
  any
}

final class _LoopbackPortCodec extends _Codec<LoopbackPort> {
  const _LoopbackPortCodec();

  @override
  LoopbackPort read(_Reader reader) => LoopbackPort.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, LoopbackPort value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<LoopbackPort> _codecOfLoopbackPort = _LoopbackPortCodec();

/// How a revocation endpoint wants its requests.
enum RevocationEncoding {
  /// A form (RFC 7009).
  form,

  /// A form first, because a query leaks the token into logs; the query where the server cannot read the form.
  formThenQuery,

  /// Only the query: `?token=…`, with the access token as Bearer.
  query
}

final class _RevocationEncodingCodec extends _Codec<RevocationEncoding> {
  const _RevocationEncodingCodec();

  @override
  RevocationEncoding read(_Reader reader) => RevocationEncoding.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, RevocationEncoding value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<RevocationEncoding> _codecOfRevocationEncoding = _RevocationEncodingCodec();

/// How a token endpoint wants its requests.
enum TokenEncoding {
  /// `application/x-www-form-urlencoded` with snake_case names (RFC 6749).
  form,

  /// A JSON object with camelCase names, as AI Pass takes it.
  camelCaseJson
}

final class _TokenEncodingCodec extends _Codec<TokenEncoding> {
  const _TokenEncodingCodec();

  @override
  TokenEncoding read(_Reader reader) => TokenEncoding.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, TokenEncoding value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<TokenEncoding> _codecOfTokenEncoding = _TokenEncodingCodec();

/// Where a session stands, for the app's screen.
sealed class SessionState {
  const SessionState._();

  /// Nobody is signed in.
  const factory SessionState.signedOut() = SessionStateSignedOut;

  /// A sign-in was begun and its callback has not come yet.
  const factory SessionState.signingIn() = SessionStateSigningIn;

  /// Signed in.
  const factory SessionState.signedIn() = SessionStateSignedIn;

  /// Signed in, and a new access token is being fetched. Calls made now wait for it.
  const factory SessionState.refreshing() = SessionStateRefreshing;

  /// Was signed in, and the user must sign in again.
  const factory SessionState.needsSignIn({
    required SignInReason reason,
  }) = SessionStateNeedsSignIn;
}

/// Nobody is signed in.
final class SessionStateSignedOut extends SessionState {
  /// Of these values.
  const SessionStateSignedOut() : super._();

  @override
  bool operator ==(Object other) => other is SessionStateSignedOut;

  @override
  int get hashCode => (SessionStateSignedOut).hashCode;

  @override
  String toString() => 'SessionStateSignedOut()';
}

/// A sign-in was begun and its callback has not come yet.
final class SessionStateSigningIn extends SessionState {
  /// Of these values.
  const SessionStateSigningIn() : super._();

  @override
  bool operator ==(Object other) => other is SessionStateSigningIn;

  @override
  int get hashCode => (SessionStateSigningIn).hashCode;

  @override
  String toString() => 'SessionStateSigningIn()';
}

/// Signed in.
final class SessionStateSignedIn extends SessionState {
  /// Of these values.
  const SessionStateSignedIn() : super._();

  @override
  bool operator ==(Object other) => other is SessionStateSignedIn;

  @override
  int get hashCode => (SessionStateSignedIn).hashCode;

  @override
  String toString() => 'SessionStateSignedIn()';
}

/// Signed in, and a new access token is being fetched. Calls made now wait for it.
final class SessionStateRefreshing extends SessionState {
  /// Of these values.
  const SessionStateRefreshing() : super._();

  @override
  bool operator ==(Object other) => other is SessionStateRefreshing;

  @override
  int get hashCode => (SessionStateRefreshing).hashCode;

  @override
  String toString() => 'SessionStateRefreshing()';
}

/// Was signed in, and the user must sign in again.
final class SessionStateNeedsSignIn extends SessionState {
  /// Of these values.
  const SessionStateNeedsSignIn({
    required this.reason,
  }) : super._();

  /// Why.
  final SignInReason reason;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is SessionStateNeedsSignIn && reason == other.reason;

  @override
  int get hashCode => Object.hash(SessionStateNeedsSignIn, reason);

  @override
  String toString() => 'SessionStateNeedsSignIn(reason: $reason)';
}

final class _SessionStateCodec extends _Codec<SessionState> {
  const _SessionStateCodec();

  @override
  SessionState read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const SessionStateSignedOut(),
        2 => const SessionStateSigningIn(),
        3 => const SessionStateSignedIn(),
        4 => const SessionStateRefreshing(),
        5 => SessionStateNeedsSignIn(
            reason: _codecOfSignInReason.read(reader),
          ),
        final other => throw InternalException('SessionState has no case $other'),
      };

  @override
  void write(_Writer writer, SessionState value) {
    switch (value) {
      case SessionStateSignedOut():
        _writeInt32(writer, 1);
      case SessionStateSigningIn():
        _writeInt32(writer, 2);
      case SessionStateSignedIn():
        _writeInt32(writer, 3);
      case SessionStateRefreshing():
        _writeInt32(writer, 4);
      case SessionStateNeedsSignIn():
        _writeInt32(writer, 5);
        _codecOfSignInReason.write(writer, value.reason);
    }
  }
}

const _Codec<SessionState> _codecOfSessionState = _SessionStateCodec();

/// What became of a token's revocation.
sealed class Revocation {
  const Revocation._();

  /// There was no such token, or the provider offers no revocation.
  const factory Revocation.notNeeded() = RevocationNotNeeded;

  /// The provider accepted the request. It may say so to anything (RFC 7009 2.2), so this does not mean "revoked".
  const factory Revocation.accepted() = RevocationAccepted;

  /// The provider refused, with this HTTP status. The token may live until it expires.
  const factory Revocation.refused({
    required int status,
  }) = RevocationRefused;

  /// The provider could not be reached. The token may live until it expires.
  const factory Revocation.notReached({
    required AiPassException error,
  }) = RevocationNotReached;
}

/// There was no such token, or the provider offers no revocation.
final class RevocationNotNeeded extends Revocation {
  /// Of these values.
  const RevocationNotNeeded() : super._();

  @override
  bool operator ==(Object other) => other is RevocationNotNeeded;

  @override
  int get hashCode => (RevocationNotNeeded).hashCode;

  @override
  String toString() => 'RevocationNotNeeded()';
}

/// The provider accepted the request. It may say so to anything (RFC 7009 2.2), so this does not mean "revoked".
final class RevocationAccepted extends Revocation {
  /// Of these values.
  const RevocationAccepted() : super._();

  @override
  bool operator ==(Object other) => other is RevocationAccepted;

  @override
  int get hashCode => (RevocationAccepted).hashCode;

  @override
  String toString() => 'RevocationAccepted()';
}

/// The provider refused, with this HTTP status. The token may live until it expires.
final class RevocationRefused extends Revocation {
  /// Of these values.
  const RevocationRefused({
    required this.status,
  }) : super._();

  /// The HTTP status.
  final int status;

  @override
  bool operator ==(Object other) => identical(this, other) || other is RevocationRefused && status == other.status;

  @override
  int get hashCode => Object.hash(RevocationRefused, status);

  @override
  String toString() => 'RevocationRefused(status: $status)';
}

/// The provider could not be reached. The token may live until it expires.
final class RevocationNotReached extends Revocation {
  /// Of these values.
  const RevocationNotReached({
    required this.error,
  }) : super._();

  /// Why not.
  final AiPassException error;

  @override
  bool operator ==(Object other) => identical(this, other) || other is RevocationNotReached && error == other.error;

  @override
  int get hashCode => Object.hash(RevocationNotReached, error);

  @override
  String toString() => 'RevocationNotReached(error: $error)';
}

final class _RevocationCodec extends _Codec<Revocation> {
  const _RevocationCodec();

  @override
  Revocation read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const RevocationNotNeeded(),
        2 => const RevocationAccepted(),
        3 => RevocationRefused(
            status: _uint16.read(reader),
          ),
        4 => RevocationNotReached(
            error: _codecOfAiPassException.read(reader),
          ),
        final other => throw InternalException('Revocation has no case $other'),
      };

  @override
  void write(_Writer writer, Revocation value) {
    switch (value) {
      case RevocationNotNeeded():
        _writeInt32(writer, 1);
      case RevocationAccepted():
        _writeInt32(writer, 2);
      case RevocationRefused():
        _writeInt32(writer, 3);
        _uint16.write(writer, value.status);
      case RevocationNotReached():
        _writeInt32(writer, 4);
        _codecOfAiPassException.write(writer, value.error);
    }
  }
}

const _Codec<Revocation> _codecOfRevocation = _RevocationCodec();
