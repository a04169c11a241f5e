// Written by uniffi-dart-generator: do not edit.

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

  /// A parameter appears twice, and may appear once.
  duplicateParameter,

  /// A parameter's percent-encoded bytes are not UTF-8 text.
  notText,

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

/// Why the provider refused a request or failed.
enum ProviderErrorKind {
  /// The provider refused the sign-in for a reason other than the user's: a misconfigured client or scope, or a code
  /// that has expired. `providerCode` and `detail` are for developers; offer to try once more.
  signInRefused,

  /// The provider does not know the redirect URI: register exactly the one that the app names, with its scheme, port
  /// and path. Told only if the provider's words leave no doubt, else it is `signInRefused`.
  redirectUriRefused,

  /// The provider refused the code verifier or its challenge (RFC 7636): begin a new sign-in. If it happens again,
  /// another client with the same redirect URI took part, or the provider is broken. Told only if the provider's
  /// words leave no doubt, else it is `signInRefused`.
  codeVerifierRefused,

  /// The id_token is forged, for another app or user, or out of date (OpenID Connect Core 3.1.3.7). It signs in no
  /// user. At a refresh a session goes on, unless the id_token is another user's.
  idTokenRefused,

  /// The userinfo response is about another user than the one who signed in (OpenID Connect Core 5.3.2). Nothing of
  /// it is returned.
  userInfoRefused,

  /// What the provider says of itself cannot be used, such as metadata for another issuer (RFC 8414 3.3).
  metadataRefused,

  /// The request is wrong (400, 409, 422 and the like).
  badRequest,

  /// The account or the app may not do this (403).
  forbidden,

  /// There is no such model, video or endpoint (404).
  notFound,

  /// The request is too large (413).
  tooLarge,

  /// The provider is broken or overloaded (5xx, 408): try later.
  unavailable,

  /// The provider could not make what was asked for, such as a video: change the prompt.
  generationFailed,

  /// The response cannot be read: not JSON, cut off, or not what the endpoint should send.
  invalidResponse,

  /// The response is larger than the library accepts.
  responseTooLarge,

  /// The provider responded with a redirect. The library follows redirects only to fetch a result: at most five, and
  /// never away from TLS.
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
  /// No user has signed in yet, or the user signed out: show the sign-in button.
  notSignedIn,

  /// The user pressed Deny on the provider's page: leave them in peace, and show the button again. A session that
  /// they had before is kept.
  denied,

  /// The provider ended the session: the user revoked the authorization, or it expired for good. Say that the session
  /// has ended, and offer to sign in again.
  grantEnded,

  /// The provider refuses an access token that has not expired: one that it has just issued, or one that cannot be
  /// refreshed. The user may have revoked the authorization: offer to sign in again.
  accessRefused,

  /// The access token has expired and the provider gave no refresh token: offer to sign in again. The state
  /// [SessionStateEndsSoon] announces it, so that the app can ask before it comes to this.
  noRefreshToken,

  /// The user did not enter the code on the other device in time (RFC 8628): show a new one.
  deviceCodeExpired,

  /// The key that the session's tokens are bound to is gone (RFC 9449), and no one can use them without it: offer to
  /// sign in again, which makes a new key.
  dpopKeyLost
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

/// Which of the app's limits a call would pass.
enum SpendScope {
  /// Of one call.
  call,

  /// Of all calls since the user signed in.
  session,

  /// Of all calls of the day.
  day
}

final class _SpendScopeCodec extends _Codec<SpendScope> {
  const _SpendScopeCodec();

  @override
  SpendScope read(_Reader reader) => SpendScope.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, SpendScope value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<SpendScope> _codecOfSpendScope = _SpendScopeCodec();

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

  /// What is stored was written by a newer version of the library. It was left untouched: update the app.
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

/// A recording: MP3, MP4, M4A, WAV, WebM, Ogg or FLAC.
sealed class AudioFile {
  const AudioFile._();

  /// The file's bytes.
  const factory AudioFile.bytes(Uint8List bytes) = AudioFileBytes;

  /// The file's absolute path. Read while it is uploaded, never whole in memory.
  const factory AudioFile.file(String file) = AudioFileFile;
}

/// The file's bytes.
final class AudioFileBytes extends AudioFile {
  /// Of these values.
  const AudioFileBytes(this.bytes) : super._();

  /// The bytes.
  final Uint8List bytes;

  @override
  bool operator ==(Object other) => identical(this, other) || other is AudioFileBytes && _isSame(bytes, other.bytes);

  @override
  int get hashCode => Object.hash(AudioFileBytes, _hash(bytes));

  @override
  String toString() => 'AudioFileBytes(bytes: ${_shown(bytes)})';
}

/// The file's absolute path. Read while it is uploaded, never whole in memory.
final class AudioFileFile extends AudioFile {
  /// Of these values.
  const AudioFileFile(this.file) : super._();

  /// The file.
  final String file;

  @override
  bool operator ==(Object other) => identical(this, other) || other is AudioFileFile && file == other.file;

  @override
  int get hashCode => Object.hash(AudioFileFile, file);

  @override
  String toString() => 'AudioFileFile(file: $file)';
}

final class _AudioFileCodec extends _Codec<AudioFile> {
  const _AudioFileCodec();

  @override
  AudioFile read(_Reader reader) => switch (_readInt32(reader)) {
        1 => AudioFileBytes(
            _bytes.read(reader),
          ),
        2 => AudioFileFile(
            _string.read(reader),
          ),
        final other => throw InternalException('AudioFile has no case $other'),
      };

  @override
  void write(_Writer writer, AudioFile value) {
    switch (value) {
      case AudioFileBytes():
        _writeInt32(writer, 1);
        _bytes.write(writer, value.bytes);
      case AudioFileFile():
        _writeInt32(writer, 2);
        _string.write(writer, value.file);
    }
  }
}

const _Codec<AudioFile> _codecOfAudioFile = _AudioFileCodec();

/// A kind of audio file.
enum AudioFormat {
  /// MP3.
  mp3,

  /// Opus in an Ogg file.
  opus,

  /// AAC.
  aac,

  /// FLAC.
  flac,

  /// WAV.
  wav,

  /// Raw samples: 24 kHz, 16 bits, little-endian, one channel.
  pcm
}

final class _AudioFormatCodec extends _Codec<AudioFormat> {
  const _AudioFormatCodec();

  @override
  AudioFormat read(_Reader reader) => AudioFormat.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, AudioFormat value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<AudioFormat> _codecOfAudioFormat = _AudioFormatCodec();

/// The form of a transcript. Not every model offers every form.
enum TranscriptResponseFormat {
  /// The text.
  text,

  /// The text, its language, and its segments with their times.
  segments,

  /// The same, with the time of every word.
  words,

  /// Subtitles as SubRip (`.srt`), in `Transcript.message`.
  srt,

  /// Subtitles as WebVTT (`.vtt`), in `Transcript.message`.
  vtt
}

final class _TranscriptResponseFormatCodec extends _Codec<TranscriptResponseFormat> {
  const _TranscriptResponseFormatCodec();

  @override
  TranscriptResponseFormat read(_Reader reader) => TranscriptResponseFormat.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, TranscriptResponseFormat value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<TranscriptResponseFormat> _codecOfTranscriptResponseFormat = _TranscriptResponseFormatCodec();

/// A piece of a streamed answer. `choice` is the answer that it belongs to: from 0 if the request asked for several
/// by `n`, otherwise 0.
sealed class ChatEvent {
  const ChatEvent._();

  /// The model that answers. Comes once, before everything else.
  const factory ChatEvent.started({
    required String model,
  }) = ChatEventStarted;

  /// The next piece of text.
  const factory ChatEvent.text({
    required String text,
    required int choice,
  }) = ChatEventText;

  /// The next piece of the model's reasoning, if the model shows it. Not a part of the answer.
  const factory ChatEvent.reasoning({
    required String text,
    required int choice,
  }) = ChatEventReasoning;

  /// The next piece of the model's refusal: its text says why it does not answer.
  const factory ChatEvent.refusal({
    required String text,
    required int choice,
  }) = ChatEventRefusal;

  /// The next piece of a tool call. `ChatStream.answer` has the whole calls.
  const factory ChatEvent.toolCall({
    required ToolCallPart part,
    required int choice,
  }) = ChatEventToolCall;

  /// The log-probabilities of the text's next tokens, if the request asked for them.
  const factory ChatEvent.logprobs({
    required List<TokenLogprob> tokens,
    required int choice,
  }) = ChatEventLogprobs;

  /// The model stopped. If it reports several reasons, the last one counts. For the last choice this comes at the end
  /// of the response.
  const factory ChatEvent.finished({
    required FinishReason reason,
    required int choice,
  }) = ChatEventFinished;

  /// The tokens used, if the provider says so. Comes after the end of the text.
  const factory ChatEvent.usage({
    required TokenUsage usage,
  }) = ChatEventUsage;
}

/// The model that answers. Comes once, before everything else.
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
    required this.choice,
  }) : super._();

  /// Append it to the text before.
  final String text;

  /// The answer that it belongs to.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventText && text == other.text && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventText, text, choice);

  @override
  String toString() => 'ChatEventText(text: $text, choice: $choice)';
}

/// The next piece of the model's reasoning, if the model shows it. Not a part of the answer.
final class ChatEventReasoning extends ChatEvent {
  /// Of these values.
  const ChatEventReasoning({
    required this.text,
    required this.choice,
  }) : super._();

  /// Append it to the text before.
  final String text;

  /// The answer that it belongs to.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventReasoning && text == other.text && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventReasoning, text, choice);

  @override
  String toString() => 'ChatEventReasoning(text: $text, choice: $choice)';
}

/// The next piece of the model's refusal: its text says why it does not answer.
final class ChatEventRefusal extends ChatEvent {
  /// Of these values.
  const ChatEventRefusal({
    required this.text,
    required this.choice,
  }) : super._();

  /// Append it to the text before.
  final String text;

  /// The answer that it belongs to.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventRefusal && text == other.text && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventRefusal, text, choice);

  @override
  String toString() => 'ChatEventRefusal(text: $text, choice: $choice)';
}

/// The next piece of a tool call. `ChatStream.answer` has the whole calls.
final class ChatEventToolCall extends ChatEvent {
  /// Of these values.
  const ChatEventToolCall({
    required this.part,
    required this.choice,
  }) : super._();

  /// Append its arguments to those before with the same index.
  final ToolCallPart part;

  /// The answer that it belongs to.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventToolCall && part == other.part && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventToolCall, part, choice);

  @override
  String toString() => 'ChatEventToolCall(part: $part, choice: $choice)';
}

/// The log-probabilities of the text's next tokens, if the request asked for them.
final class ChatEventLogprobs extends ChatEvent {
  /// Of these values.
  const ChatEventLogprobs({
    required this.tokens,
    required this.choice,
  }) : super._();

  /// The next tokens.
  final List<TokenLogprob> tokens;

  /// The answer that they belong to.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventLogprobs && _isSame(tokens, other.tokens) && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventLogprobs, _hash(tokens), choice);

  @override
  String toString() => 'ChatEventLogprobs(tokens: $tokens, choice: $choice)';
}

/// The model stopped. If it reports several reasons, the last one counts. For the last choice this comes at the end
/// of the response.
final class ChatEventFinished extends ChatEvent {
  /// Of these values.
  const ChatEventFinished({
    required this.reason,
    required this.choice,
  }) : super._();

  /// Why.
  final FinishReason reason;

  /// The answer that is finished.
  final int choice;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChatEventFinished && reason == other.reason && choice == other.choice;

  @override
  int get hashCode => Object.hash(ChatEventFinished, reason, choice);

  @override
  String toString() => 'ChatEventFinished(reason: $reason, choice: $choice)';
}

/// The tokens used, if the provider says so. Comes after the end of the text.
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
            choice: _uint32.read(reader),
          ),
        3 => ChatEventReasoning(
            text: _string.read(reader),
            choice: _uint32.read(reader),
          ),
        4 => ChatEventRefusal(
            text: _string.read(reader),
            choice: _uint32.read(reader),
          ),
        5 => ChatEventToolCall(
            part: _codecOfToolCallPart.read(reader),
            choice: _uint32.read(reader),
          ),
        6 => ChatEventLogprobs(
            tokens: const _List(_codecOfTokenLogprob).read(reader),
            choice: _uint32.read(reader),
          ),
        7 => ChatEventFinished(
            reason: _codecOfFinishReason.read(reader),
            choice: _uint32.read(reader),
          ),
        8 => ChatEventUsage(
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
        _uint32.write(writer, value.choice);
      case ChatEventReasoning():
        _writeInt32(writer, 3);
        _string.write(writer, value.text);
        _uint32.write(writer, value.choice);
      case ChatEventRefusal():
        _writeInt32(writer, 4);
        _string.write(writer, value.text);
        _uint32.write(writer, value.choice);
      case ChatEventToolCall():
        _writeInt32(writer, 5);
        _codecOfToolCallPart.write(writer, value.part);
        _uint32.write(writer, value.choice);
      case ChatEventLogprobs():
        _writeInt32(writer, 6);
        const _List(_codecOfTokenLogprob).write(writer, value.tokens);
        _uint32.write(writer, value.choice);
      case ChatEventFinished():
        _writeInt32(writer, 7);
        _codecOfFinishReason.write(writer, value.reason);
        _uint32.write(writer, value.choice);
      case ChatEventUsage():
        _writeInt32(writer, 8);
        _codecOfTokenUsage.write(writer, value.usage);
    }
  }
}

const _Codec<ChatEvent> _codecOfChatEvent = _ChatEventCodec();

/// A part of a message.
sealed class ContentPart {
  const ContentPart._();

  /// Text.
  const factory ContentPart.text({
    required String text,
  }) = ContentPartText;

  /// A photo, prepared and uploaded with the message.
  const factory ContentPart.photo({
    required Photo photo,
  }) = ContentPartPhoto;
}

/// Text.
final class ContentPartText extends ContentPart {
  /// Of these values.
  const ContentPartText({
    required this.text,
  }) : super._();

  /// The text.
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
    }
  }
}

const _Codec<ContentPart> _codecOfContentPart = _ContentPartCodec();

/// Who wrote a message.
enum Role {
  /// The app, giving the model its rules.
  system,

  /// As `system`, for newer models.
  developer,

  /// The user.
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

/// How long a reasoning model may think before it answers.
sealed class ReasoningEffort {
  const ReasoningEffort._();

  /// Not at all (`none`).
  const factory ReasoningEffort.off() = ReasoningEffortOff;

  /// As little as possible.
  const factory ReasoningEffort.minimal() = ReasoningEffortMinimal;

  /// A little.
  const factory ReasoningEffort.low() = ReasoningEffortLow;

  /// As usual.
  const factory ReasoningEffort.medium() = ReasoningEffortMedium;

  /// Long.
  const factory ReasoningEffort.high() = ReasoningEffortHigh;

  /// A value that this library does not know.
  const factory ReasoningEffort.other({
    required String name,
  }) = ReasoningEffortOther;
}

/// Not at all (`none`).
final class ReasoningEffortOff extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortOff() : super._();

  @override
  bool operator ==(Object other) => other is ReasoningEffortOff;

  @override
  int get hashCode => (ReasoningEffortOff).hashCode;

  @override
  String toString() => 'ReasoningEffortOff()';
}

/// As little as possible.
final class ReasoningEffortMinimal extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortMinimal() : super._();

  @override
  bool operator ==(Object other) => other is ReasoningEffortMinimal;

  @override
  int get hashCode => (ReasoningEffortMinimal).hashCode;

  @override
  String toString() => 'ReasoningEffortMinimal()';
}

/// A little.
final class ReasoningEffortLow extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortLow() : super._();

  @override
  bool operator ==(Object other) => other is ReasoningEffortLow;

  @override
  int get hashCode => (ReasoningEffortLow).hashCode;

  @override
  String toString() => 'ReasoningEffortLow()';
}

/// As usual.
final class ReasoningEffortMedium extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortMedium() : super._();

  @override
  bool operator ==(Object other) => other is ReasoningEffortMedium;

  @override
  int get hashCode => (ReasoningEffortMedium).hashCode;

  @override
  String toString() => 'ReasoningEffortMedium()';
}

/// Long.
final class ReasoningEffortHigh extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortHigh() : super._();

  @override
  bool operator ==(Object other) => other is ReasoningEffortHigh;

  @override
  int get hashCode => (ReasoningEffortHigh).hashCode;

  @override
  String toString() => 'ReasoningEffortHigh()';
}

/// A value that this library does not know.
final class ReasoningEffortOther extends ReasoningEffort {
  /// Of these values.
  const ReasoningEffortOther({
    required this.name,
  }) : super._();

  /// The provider's word for it.
  final String name;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ReasoningEffortOther && name == other.name;

  @override
  int get hashCode => Object.hash(ReasoningEffortOther, name);

  @override
  String toString() => 'ReasoningEffortOther(name: $name)';
}

final class _ReasoningEffortCodec extends _Codec<ReasoningEffort> {
  const _ReasoningEffortCodec();

  @override
  ReasoningEffort read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const ReasoningEffortOff(),
        2 => const ReasoningEffortMinimal(),
        3 => const ReasoningEffortLow(),
        4 => const ReasoningEffortMedium(),
        5 => const ReasoningEffortHigh(),
        6 => ReasoningEffortOther(
            name: _string.read(reader),
          ),
        final other => throw InternalException('ReasoningEffort has no case $other'),
      };

  @override
  void write(_Writer writer, ReasoningEffort value) {
    switch (value) {
      case ReasoningEffortOff():
        _writeInt32(writer, 1);
      case ReasoningEffortMinimal():
        _writeInt32(writer, 2);
      case ReasoningEffortLow():
        _writeInt32(writer, 3);
      case ReasoningEffortMedium():
        _writeInt32(writer, 4);
      case ReasoningEffortHigh():
        _writeInt32(writer, 5);
      case ReasoningEffortOther():
        _writeInt32(writer, 6);
        _string.write(writer, value.name);
    }
  }
}

const _Codec<ReasoningEffort> _codecOfReasoningEffort = _ReasoningEffortCodec();

/// The form that an answer must have.
sealed class ResponseFormat {
  const ResponseFormat._();

  /// Any JSON object. Providers also require the word JSON in one of the messages.
  const factory ResponseFormat.jsonObject() = ResponseFormatJsonObject;

  /// JSON that fits a schema.
  const factory ResponseFormat.jsonSchema({
    required String name,
    required String schemaJson,
    required bool strict,
  }) = ResponseFormatJsonSchema;
}

/// Any JSON object. Providers also require the word JSON in one of the messages.
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
    required this.strict,
  }) : super._();

  /// A name for the schema.
  final String name;

  /// The schema, an object as text.
  final String schemaJson;

  /// Whether the answer must fit the schema exactly. Providers then accept fewer kinds of schemas: OpenAI's must
  /// require every property and allow no others.
  final bool strict;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ResponseFormatJsonSchema &&
          name == other.name &&
          schemaJson == other.schemaJson &&
          strict == other.strict;

  @override
  int get hashCode => Object.hash(ResponseFormatJsonSchema, name, schemaJson, strict);

  @override
  String toString() => 'ResponseFormatJsonSchema(name: $name, schemaJson: $schemaJson, strict: $strict)';
}

final class _ResponseFormatCodec extends _Codec<ResponseFormat> {
  const _ResponseFormatCodec();

  @override
  ResponseFormat read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const ResponseFormatJsonObject(),
        2 => ResponseFormatJsonSchema(
            name: _string.read(reader),
            schemaJson: _string.read(reader),
            strict: _bool.read(reader),
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
        _bool.write(writer, value.strict);
    }
  }
}

const _Codec<ResponseFormat> _codecOfResponseFormat = _ResponseFormatCodec();

/// Whether a model calls tools.
sealed class ToolChoice {
  const ToolChoice._();

  /// The model decides (`auto`).
  const factory ToolChoice.auto() = ToolChoiceAuto;

  /// The model calls no tool (`none` in the request).
  const factory ToolChoice.never() = ToolChoiceNever;

  /// It calls at least one (`required`).
  const factory ToolChoice.required() = ToolChoiceRequired;

  /// It calls this one.
  const factory ToolChoice.tool({
    required String name,
  }) = ToolChoiceTool;
}

/// The model decides (`auto`).
final class ToolChoiceAuto extends ToolChoice {
  /// Of these values.
  const ToolChoiceAuto() : super._();

  @override
  bool operator ==(Object other) => other is ToolChoiceAuto;

  @override
  int get hashCode => (ToolChoiceAuto).hashCode;

  @override
  String toString() => 'ToolChoiceAuto()';
}

/// The model calls no tool (`none` in the request).
final class ToolChoiceNever extends ToolChoice {
  /// Of these values.
  const ToolChoiceNever() : super._();

  @override
  bool operator ==(Object other) => other is ToolChoiceNever;

  @override
  int get hashCode => (ToolChoiceNever).hashCode;

  @override
  String toString() => 'ToolChoiceNever()';
}

/// It calls at least one (`required`).
final class ToolChoiceRequired extends ToolChoice {
  /// Of these values.
  const ToolChoiceRequired() : super._();

  @override
  bool operator ==(Object other) => other is ToolChoiceRequired;

  @override
  int get hashCode => (ToolChoiceRequired).hashCode;

  @override
  String toString() => 'ToolChoiceRequired()';
}

/// It calls this one.
final class ToolChoiceTool extends ToolChoice {
  /// Of these values.
  const ToolChoiceTool({
    required this.name,
  }) : super._();

  /// The tool's name.
  final String name;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ToolChoiceTool && name == other.name;

  @override
  int get hashCode => Object.hash(ToolChoiceTool, name);

  @override
  String toString() => 'ToolChoiceTool(name: $name)';
}

final class _ToolChoiceCodec extends _Codec<ToolChoice> {
  const _ToolChoiceCodec();

  @override
  ToolChoice read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const ToolChoiceAuto(),
        2 => const ToolChoiceNever(),
        3 => const ToolChoiceRequired(),
        4 => ToolChoiceTool(
            name: _string.read(reader),
          ),
        final other => throw InternalException('ToolChoice has no case $other'),
      };

  @override
  void write(_Writer writer, ToolChoice value) {
    switch (value) {
      case ToolChoiceAuto():
        _writeInt32(writer, 1);
      case ToolChoiceNever():
        _writeInt32(writer, 2);
      case ToolChoiceRequired():
        _writeInt32(writer, 3);
      case ToolChoiceTool():
        _writeInt32(writer, 4);
        _string.write(writer, value.name);
    }
  }
}

const _Codec<ToolChoice> _codecOfToolChoice = _ToolChoiceCodec();

/// Why a model stopped.
sealed class FinishReason {
  const FinishReason._();

  /// The answer is complete.
  const factory FinishReason.stop() = FinishReasonStop;

  /// It reached `maxTokens`: the text is cut off.
  const factory FinishReason.length() = FinishReasonLength;

  /// It calls tools.
  const factory FinishReason.toolCalls() = FinishReasonToolCalls;

  /// The provider's filter stopped it.
  const factory FinishReason.contentFilter() = FinishReasonContentFilter;

  /// The provider gives no reason, or one that this library does not know.
  const factory FinishReason.other({
    required String name,
  }) = FinishReasonOther;
}

/// The answer is complete.
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

/// It calls tools.
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

/// The provider gives no reason, or one that this library does not know.
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

/// Whether an OAuth client can keep a secret (RFC 6749, 2.1).
enum ClientType {
  /// It cannot: every app on a phone or a desktop, and every page. It signs in with PKCE alone.
  public,

  /// It can: a program on a server. It gets a secret, which is shown once: when it is created.
  confidential
}

final class _ClientTypeCodec extends _Codec<ClientType> {
  const _ClientTypeCodec();

  @override
  ClientType read(_Reader reader) => ClientType.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ClientType value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ClientType> _codecOfClientType = _ClientTypeCodec();

/// How the numbers of a vector are sent.
enum EmbeddingEncodingFormat {
  /// As decimal numbers (`float`).
  float,

  /// As base64 of their bytes: a quarter of the size. Not every provider supports it.
  base64
}

final class _EmbeddingEncodingFormatCodec extends _Codec<EmbeddingEncodingFormat> {
  const _EmbeddingEncodingFormatCodec();

  @override
  EmbeddingEncodingFormat read(_Reader reader) => EmbeddingEncodingFormat.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, EmbeddingEncodingFormat value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<EmbeddingEncodingFormat> _codecOfEmbeddingEncodingFormat = _EmbeddingEncodingFormatCodec();

/// A request whose cost can be estimated.
sealed class PaidRequest {
  const PaidRequest._();

  /// For `AiPass.chatWith` and `AiPass.openChatStream`.
  const factory PaidRequest.chat({
    required ChatRequest request,
  }) = PaidRequestChat;

  /// For `AiPass.describeImageWith`.
  const factory PaidRequest.imageQuestion({
    required ImageQuestion request,
  }) = PaidRequestImageQuestion;

  /// For `AiPass.scanReceiptWith`.
  const factory PaidRequest.receipt({
    required ReceiptScan request,
  }) = PaidRequestReceipt;

  /// For `AiPass.extractJson`.
  const factory PaidRequest.extraction({
    required JsonExtraction request,
  }) = PaidRequestExtraction;

  /// For `AiPass.embed`.
  const factory PaidRequest.embeddings({
    required EmbeddingRequest request,
  }) = PaidRequestEmbeddings;

  /// For `AiPass.generateImage`.
  const factory PaidRequest.image({
    required ImageRequest request,
  }) = PaidRequestImage;

  /// For `AiPass.speak` and its like.
  const factory PaidRequest.speech({
    required SpeechRequest request,
  }) = PaidRequestSpeech;
}

/// For `AiPass.chatWith` and `AiPass.openChatStream`.
final class PaidRequestChat extends PaidRequest {
  /// Of these values.
  const PaidRequestChat({
    required this.request,
  }) : super._();

  /// The request.
  final ChatRequest request;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PaidRequestChat && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestChat, request);

  @override
  String toString() => 'PaidRequestChat(request: $request)';
}

/// For `AiPass.describeImageWith`.
final class PaidRequestImageQuestion extends PaidRequest {
  /// Of these values.
  const PaidRequestImageQuestion({
    required this.request,
  }) : super._();

  /// The request.
  final ImageQuestion request;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is PaidRequestImageQuestion && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestImageQuestion, request);

  @override
  String toString() => 'PaidRequestImageQuestion(request: $request)';
}

/// For `AiPass.scanReceiptWith`.
final class PaidRequestReceipt extends PaidRequest {
  /// Of these values.
  const PaidRequestReceipt({
    required this.request,
  }) : super._();

  /// The request.
  final ReceiptScan request;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PaidRequestReceipt && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestReceipt, request);

  @override
  String toString() => 'PaidRequestReceipt(request: $request)';
}

/// For `AiPass.extractJson`.
final class PaidRequestExtraction extends PaidRequest {
  /// Of these values.
  const PaidRequestExtraction({
    required this.request,
  }) : super._();

  /// The request.
  final JsonExtraction request;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is PaidRequestExtraction && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestExtraction, request);

  @override
  String toString() => 'PaidRequestExtraction(request: $request)';
}

/// For `AiPass.embed`.
final class PaidRequestEmbeddings extends PaidRequest {
  /// Of these values.
  const PaidRequestEmbeddings({
    required this.request,
  }) : super._();

  /// The request.
  final EmbeddingRequest request;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is PaidRequestEmbeddings && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestEmbeddings, request);

  @override
  String toString() => 'PaidRequestEmbeddings(request: $request)';
}

/// For `AiPass.generateImage`.
final class PaidRequestImage extends PaidRequest {
  /// Of these values.
  const PaidRequestImage({
    required this.request,
  }) : super._();

  /// The request.
  final ImageRequest request;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PaidRequestImage && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestImage, request);

  @override
  String toString() => 'PaidRequestImage(request: $request)';
}

/// For `AiPass.speak` and its like.
final class PaidRequestSpeech extends PaidRequest {
  /// Of these values.
  const PaidRequestSpeech({
    required this.request,
  }) : super._();

  /// The request.
  final SpeechRequest request;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PaidRequestSpeech && request == other.request;

  @override
  int get hashCode => Object.hash(PaidRequestSpeech, request);

  @override
  String toString() => 'PaidRequestSpeech(request: $request)';
}

final class _PaidRequestCodec extends _Codec<PaidRequest> {
  const _PaidRequestCodec();

  @override
  PaidRequest read(_Reader reader) => switch (_readInt32(reader)) {
        1 => PaidRequestChat(
            request: _codecOfChatRequest.read(reader),
          ),
        2 => PaidRequestImageQuestion(
            request: _codecOfImageQuestion.read(reader),
          ),
        3 => PaidRequestReceipt(
            request: _codecOfReceiptScan.read(reader),
          ),
        4 => PaidRequestExtraction(
            request: _codecOfJsonExtraction.read(reader),
          ),
        5 => PaidRequestEmbeddings(
            request: _codecOfEmbeddingRequest.read(reader),
          ),
        6 => PaidRequestImage(
            request: _codecOfImageRequest.read(reader),
          ),
        7 => PaidRequestSpeech(
            request: _codecOfSpeechRequest.read(reader),
          ),
        final other => throw InternalException('PaidRequest has no case $other'),
      };

  @override
  void write(_Writer writer, PaidRequest value) {
    switch (value) {
      case PaidRequestChat():
        _writeInt32(writer, 1);
        _codecOfChatRequest.write(writer, value.request);
      case PaidRequestImageQuestion():
        _writeInt32(writer, 2);
        _codecOfImageQuestion.write(writer, value.request);
      case PaidRequestReceipt():
        _writeInt32(writer, 3);
        _codecOfReceiptScan.write(writer, value.request);
      case PaidRequestExtraction():
        _writeInt32(writer, 4);
        _codecOfJsonExtraction.write(writer, value.request);
      case PaidRequestEmbeddings():
        _writeInt32(writer, 5);
        _codecOfEmbeddingRequest.write(writer, value.request);
      case PaidRequestImage():
        _writeInt32(writer, 6);
        _codecOfImageRequest.write(writer, value.request);
      case PaidRequestSpeech():
        _writeInt32(writer, 7);
        _codecOfSpeechRequest.write(writer, value.request);
    }
  }
}

const _Codec<PaidRequest> _codecOfPaidRequest = _PaidRequestCodec();

/// Which models a call asks after the first one has refused it at no cost: it does not know the model, may not use
/// it, does not take a parameter, or is rate limited. Never after a failure that may have cost money, such as a
/// time limit or a connection that broke.
sealed class Fallback {
  const Fallback._();

  /// These, in this order; at most four.
  const factory Fallback.models({
    required List<String> models,
  }) = FallbackModels;

  /// Whichever the catalogue lists for this, as if none had been named; at most four.
  const factory Fallback.anySuitable() = FallbackAnySuitable;
}

/// These, in this order; at most four.
final class FallbackModels extends Fallback {
  /// Of these values.
  const FallbackModels({
    required this.models,
  }) : super._();

  /// Their ids, in either spelling.
  final List<String> models;

  @override
  bool operator ==(Object other) => identical(this, other) || other is FallbackModels && _isSame(models, other.models);

  @override
  int get hashCode => Object.hash(FallbackModels, _hash(models));

  @override
  String toString() => 'FallbackModels(models: $models)';
}

/// Whichever the catalogue lists for this, as if none had been named; at most four.
final class FallbackAnySuitable extends Fallback {
  /// Of these values.
  const FallbackAnySuitable() : super._();

  @override
  bool operator ==(Object other) => other is FallbackAnySuitable;

  @override
  int get hashCode => (FallbackAnySuitable).hashCode;

  @override
  String toString() => 'FallbackAnySuitable()';
}

final class _FallbackCodec extends _Codec<Fallback> {
  const _FallbackCodec();

  @override
  Fallback read(_Reader reader) => switch (_readInt32(reader)) {
        1 => FallbackModels(
            models: const _List(_string).read(reader),
          ),
        2 => const FallbackAnySuitable(),
        final other => throw InternalException('Fallback has no case $other'),
      };

  @override
  void write(_Writer writer, Fallback value) {
    switch (value) {
      case FallbackModels():
        _writeInt32(writer, 1);
        const _List(_string).write(writer, value.models);
      case FallbackAnySuitable():
        _writeInt32(writer, 2);
    }
  }
}

const _Codec<Fallback> _codecOfFallback = _FallbackCodec();

/// How generated images are returned.
enum ImageResponseFormat {
  /// In the response itself.
  bytes,

  /// As a URL, from which they can be fetched for a limited time.
  url
}

final class _ImageResponseFormatCodec extends _Codec<ImageResponseFormat> {
  const _ImageResponseFormatCodec();

  @override
  ImageResponseFormat read(_Reader reader) => ImageResponseFormat.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ImageResponseFormat value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ImageResponseFormat> _codecOfImageResponseFormat = _ImageResponseFormatCodec();

/// Why a model was chosen.
sealed class ChoiceReason {
  const ChoiceReason._();

  /// It is a preferred model, and the catalogue lists it.
  const factory ChoiceReason.preferred({
    required List<String> missing,
  }) = ChoiceReasonPreferred;

  /// The catalogue lists no preferred model with this capability. This is the first model that it lists with it.
  const factory ChoiceReason.firstSuitable() = ChoiceReasonFirstSuitable;

  /// The provider has no catalogue. This is the first preferred model.
  const factory ChoiceReason.noCatalogue() = ChoiceReasonNoCatalogue;
}

/// It is a preferred model, and the catalogue lists it.
final class ChoiceReasonPreferred extends ChoiceReason {
  /// Of these values.
  const ChoiceReasonPreferred({
    required this.missing,
  }) : super._();

  /// The preferred models before it that the catalogue does not list.
  final List<String> missing;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ChoiceReasonPreferred && _isSame(missing, other.missing);

  @override
  int get hashCode => Object.hash(ChoiceReasonPreferred, _hash(missing));

  @override
  String toString() => 'ChoiceReasonPreferred(missing: $missing)';
}

/// The catalogue lists no preferred model with this capability. This is the first model that it lists with it.
final class ChoiceReasonFirstSuitable extends ChoiceReason {
  /// Of these values.
  const ChoiceReasonFirstSuitable() : super._();

  @override
  bool operator ==(Object other) => other is ChoiceReasonFirstSuitable;

  @override
  int get hashCode => (ChoiceReasonFirstSuitable).hashCode;

  @override
  String toString() => 'ChoiceReasonFirstSuitable()';
}

/// The provider has no catalogue. This is the first preferred model.
final class ChoiceReasonNoCatalogue extends ChoiceReason {
  /// Of these values.
  const ChoiceReasonNoCatalogue() : super._();

  @override
  bool operator ==(Object other) => other is ChoiceReasonNoCatalogue;

  @override
  int get hashCode => (ChoiceReasonNoCatalogue).hashCode;

  @override
  String toString() => 'ChoiceReasonNoCatalogue()';
}

final class _ChoiceReasonCodec extends _Codec<ChoiceReason> {
  const _ChoiceReasonCodec();

  @override
  ChoiceReason read(_Reader reader) => switch (_readInt32(reader)) {
        1 => ChoiceReasonPreferred(
            missing: const _List(_string).read(reader),
          ),
        2 => const ChoiceReasonFirstSuitable(),
        3 => const ChoiceReasonNoCatalogue(),
        final other => throw InternalException('ChoiceReason has no case $other'),
      };

  @override
  void write(_Writer writer, ChoiceReason value) {
    switch (value) {
      case ChoiceReasonPreferred():
        _writeInt32(writer, 1);
        const _List(_string).write(writer, value.missing);
      case ChoiceReasonFirstSuitable():
        _writeInt32(writer, 2);
      case ChoiceReasonNoCatalogue():
        _writeInt32(writer, 3);
    }
  }
}

const _Codec<ChoiceReason> _codecOfChoiceReason = _ChoiceReasonCodec();

/// A photo as the camera or the gallery gives it: JPEG, PNG, GIF or WebP. Before it leaves the device it is turned
/// upright and shrunk to at most 2048 pixels and 800 KB, and its metadata is removed, such as the place where it
/// was taken. For a question to a model, a long photo, such as a paper tape or a screenshot of a whole page, is
/// sent in up to eight overlapping parts, so that its print can be read.
sealed class Photo {
  const Photo._();

  /// The file's bytes.
  const factory Photo.bytes(Uint8List bytes) = PhotoBytes;

  /// The file's absolute path. Read on a background thread.
  const factory Photo.file(String file) = PhotoFile;

  /// The https URL of an image: the provider fetches it unchanged. Or a `data:` URL in base64, which is treated like
  /// its bytes. A call that changes the image itself, such as an edit, needs the bytes.
  const factory Photo.url(String url) = PhotoUrl;
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
  String toString() => 'PhotoBytes(bytes: ${_shown(bytes)})';
}

/// The file's absolute path. Read on a background thread.
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

/// The https URL of an image: the provider fetches it unchanged. Or a `data:` URL in base64, which is treated like
/// its bytes. A call that changes the image itself, such as an edit, needs the bytes.
final class PhotoUrl extends Photo {
  /// Of these values.
  const PhotoUrl(this.url) : super._();

  /// The url.
  final String url;

  @override
  bool operator ==(Object other) => identical(this, other) || other is PhotoUrl && url == other.url;

  @override
  int get hashCode => Object.hash(PhotoUrl, url);

  @override
  String toString() => 'PhotoUrl(url: hidden)';
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
        3 => PhotoUrl(
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
      case PhotoUrl():
        _writeInt32(writer, 3);
        _string.write(writer, value.url);
    }
  }
}

const _Codec<Photo> _codecOfPhoto = _PhotoCodec();

/// What a scan does where a photo looks unreadable.
enum PhotoCheck {
  /// The photo is sent all the same, and the receipt says what was found.
  hint,

  /// Nothing is sent: the scan fails with [AiPassInvalidInputException] naming `photo`.
  refuse
}

final class _PhotoCheckCodec extends _Codec<PhotoCheck> {
  const _PhotoCheckCodec();

  @override
  PhotoCheck read(_Reader reader) => PhotoCheck.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, PhotoCheck value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<PhotoCheck> _codecOfPhotoCheck = _PhotoCheckCodec();

/// Why a photo may not be readable.
enum PhotoHintKind {
  /// The shorter edge, in pixels, is below the threshold.
  tooSmall,

  /// The lightest parts are below the threshold, a level from 0 to 255.
  tooDark,

  /// Print on white paper stands out by less than the threshold, in levels from 0 to 255: it is overexposed, or the
  /// paper is blank.
  tooBright,

  /// Edges are less steep than the threshold, from 0 to 1: out of focus, or moved.
  tooBlurred,

  /// A smaller share of the picture than the threshold, from 0 to 1, looks like print.
  noPrint
}

final class _PhotoHintKindCodec extends _Codec<PhotoHintKind> {
  const _PhotoHintKindCodec();

  @override
  PhotoHintKind read(_Reader reader) => PhotoHintKind.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, PhotoHintKind value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<PhotoHintKind> _codecOfPhotoHintKind = _PhotoHintKindCodec();

/// Where prices are from.
enum PriceBasis {
  /// The provider's catalogue.
  catalogue,

  /// The app's own table, `Config.prices`: the catalogue shows none of this model.
  appPrices,

  /// Neither has a price of this model.
  unknown
}

final class _PriceBasisCodec extends _Codec<PriceBasis> {
  const _PriceBasisCodec();

  @override
  PriceBasis read(_Reader reader) => PriceBasis.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, PriceBasis value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<PriceBasis> _codecOfPriceBasis = _PriceBasisCodec();

/// One of the provider's APIs.
enum Api {
  /// The OpenAI-compatible one, `Provider.modelApi`.
  model,

  /// AI Pass's own, `Provider.accountApi`.
  account
}

final class _ApiCodec extends _Codec<Api> {
  const _ApiCodec();

  @override
  Api read(_Reader reader) => Api.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, Api value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<Api> _codecOfApi = _ApiCodec();

/// The HTTP method of a call. All but `get` are sent again only if the request certainly was not processed.
enum RawMethod {
  /// Reads.
  get,

  /// Creates something, or pays for it.
  post,

  /// Replaces something.
  put,

  /// Changes something.
  patch,

  /// Removes something.
  delete
}

final class _RawMethodCodec extends _Codec<RawMethod> {
  const _RawMethodCodec();

  @override
  RawMethod read(_Reader reader) => RawMethod.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, RawMethod value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<RawMethod> _codecOfRawMethod = _RawMethodCodec();

/// How much of a receipt to read.
enum ReceiptDetail {
  /// All that [Receipt] has: items, taxes, payments, and with them a verdict on whether they add up.
  full,

  /// Merchant, date, amount, currency, category and confidence: fewer tokens, and no verdict.
  summary
}

final class _ReceiptDetailCodec extends _Codec<ReceiptDetail> {
  const _ReceiptDetailCodec();

  @override
  ReceiptDetail read(_Reader reader) => ReceiptDetail.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ReceiptDetail value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ReceiptDetail> _codecOfReceiptDetail = _ReceiptDetailCodec();

/// What a receipt is.
enum ReceiptKind {
  /// Of a purchase.
  sale,

  /// Of money given back.
  refund,

  /// An invoice, which may not be paid yet.
  invoice,

  /// An order.
  order,

  /// Something else.
  other
}

final class _ReceiptKindCodec extends _Codec<ReceiptKind> {
  const _ReceiptKindCodec();

  @override
  ReceiptKind read(_Reader reader) => ReceiptKind.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ReceiptKind value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ReceiptKind> _codecOfReceiptKind = _ReceiptKindCodec();

/// A part of a receipt's calculation.
sealed class ReceiptPart {
  const ReceiptPart._();

  /// One item. Missing, it is a weight whose price may be another: the rounding of their product hides the
  /// difference.
  const factory ReceiptPart.item({
    required int indexValue,
  }) = ReceiptPartItem;

  /// The items together.
  const factory ReceiptPart.items() = ReceiptPartItems;

  /// The subtotal.
  const factory ReceiptPart.subtotal() = ReceiptPartSubtotal;

  /// The discounts on the whole receipt.
  const factory ReceiptPart.discounts() = ReceiptPartDiscounts;

  /// The taxes.
  const factory ReceiptPart.taxes() = ReceiptPartTaxes;

  /// The tip.
  const factory ReceiptPart.tip() = ReceiptPartTip;

  /// The rounding of the total.
  const factory ReceiptPart.rounding() = ReceiptPartRounding;

  /// The total.
  const factory ReceiptPart.total() = ReceiptPartTotal;

  /// The payments, what was handed over, and the change.
  const factory ReceiptPart.payments() = ReceiptPartPayments;
}

/// One item. Missing, it is a weight whose price may be another: the rounding of their product hides the
/// difference.
final class ReceiptPartItem extends ReceiptPart {
  /// Of these values.
  const ReceiptPartItem({
    required this.indexValue,
  }) : super._();

  /// Its position among the items, from 0.
  final int indexValue;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ReceiptPartItem && indexValue == other.indexValue;

  @override
  int get hashCode => Object.hash(ReceiptPartItem, indexValue);

  @override
  String toString() => 'ReceiptPartItem(indexValue: $indexValue)';
}

/// The items together.
final class ReceiptPartItems extends ReceiptPart {
  /// Of these values.
  const ReceiptPartItems() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartItems;

  @override
  int get hashCode => (ReceiptPartItems).hashCode;

  @override
  String toString() => 'ReceiptPartItems()';
}

/// The subtotal.
final class ReceiptPartSubtotal extends ReceiptPart {
  /// Of these values.
  const ReceiptPartSubtotal() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartSubtotal;

  @override
  int get hashCode => (ReceiptPartSubtotal).hashCode;

  @override
  String toString() => 'ReceiptPartSubtotal()';
}

/// The discounts on the whole receipt.
final class ReceiptPartDiscounts extends ReceiptPart {
  /// Of these values.
  const ReceiptPartDiscounts() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartDiscounts;

  @override
  int get hashCode => (ReceiptPartDiscounts).hashCode;

  @override
  String toString() => 'ReceiptPartDiscounts()';
}

/// The taxes.
final class ReceiptPartTaxes extends ReceiptPart {
  /// Of these values.
  const ReceiptPartTaxes() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartTaxes;

  @override
  int get hashCode => (ReceiptPartTaxes).hashCode;

  @override
  String toString() => 'ReceiptPartTaxes()';
}

/// The tip.
final class ReceiptPartTip extends ReceiptPart {
  /// Of these values.
  const ReceiptPartTip() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartTip;

  @override
  int get hashCode => (ReceiptPartTip).hashCode;

  @override
  String toString() => 'ReceiptPartTip()';
}

/// The rounding of the total.
final class ReceiptPartRounding extends ReceiptPart {
  /// Of these values.
  const ReceiptPartRounding() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartRounding;

  @override
  int get hashCode => (ReceiptPartRounding).hashCode;

  @override
  String toString() => 'ReceiptPartRounding()';
}

/// The total.
final class ReceiptPartTotal extends ReceiptPart {
  /// Of these values.
  const ReceiptPartTotal() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartTotal;

  @override
  int get hashCode => (ReceiptPartTotal).hashCode;

  @override
  String toString() => 'ReceiptPartTotal()';
}

/// The payments, what was handed over, and the change.
final class ReceiptPartPayments extends ReceiptPart {
  /// Of these values.
  const ReceiptPartPayments() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptPartPayments;

  @override
  int get hashCode => (ReceiptPartPayments).hashCode;

  @override
  String toString() => 'ReceiptPartPayments()';
}

final class _ReceiptPartCodec extends _Codec<ReceiptPart> {
  const _ReceiptPartCodec();

  @override
  ReceiptPart read(_Reader reader) => switch (_readInt32(reader)) {
        1 => ReceiptPartItem(
            indexValue: _uint32.read(reader),
          ),
        2 => const ReceiptPartItems(),
        3 => const ReceiptPartSubtotal(),
        4 => const ReceiptPartDiscounts(),
        5 => const ReceiptPartTaxes(),
        6 => const ReceiptPartTip(),
        7 => const ReceiptPartRounding(),
        8 => const ReceiptPartTotal(),
        9 => const ReceiptPartPayments(),
        final other => throw InternalException('ReceiptPart has no case $other'),
      };

  @override
  void write(_Writer writer, ReceiptPart value) {
    switch (value) {
      case ReceiptPartItem():
        _writeInt32(writer, 1);
        _uint32.write(writer, value.indexValue);
      case ReceiptPartItems():
        _writeInt32(writer, 2);
      case ReceiptPartSubtotal():
        _writeInt32(writer, 3);
      case ReceiptPartDiscounts():
        _writeInt32(writer, 4);
      case ReceiptPartTaxes():
        _writeInt32(writer, 5);
      case ReceiptPartTip():
        _writeInt32(writer, 6);
      case ReceiptPartRounding():
        _writeInt32(writer, 7);
      case ReceiptPartTotal():
        _writeInt32(writer, 8);
      case ReceiptPartPayments():
        _writeInt32(writer, 9);
    }
  }
}

const _Codec<ReceiptPart> _codecOfReceiptPart = _ReceiptPartCodec();

/// Whether amounts add up. It never changes them.
sealed class ReceiptVerdict {
  const ReceiptVerdict._();

  /// Each amount stands in a calculation, and all of them come out to the currency's smallest unit. It vouches for
  /// every amount that was read: no other value would come out as well that is one slip away, which is a digit
  /// misread, lost or added, two neighbouring digits swapped, or the decimal mark moved. For most amounts no other
  /// value at all would come out.
  ///
  /// Some amounts have more than one meaning, and it does not tell which of them is printed. An item's total is after
  /// its discount, also where the receipt prints the one before it. A subtotal may be before or after the discounts,
  /// with or without the taxes in the prices. What a tax is worked out from may be with the tax or without it. A
  /// payment may be what was paid or what was handed over.
  ///
  /// It does not vouch for signs, quantities, a tax's rate, and anything that is no amount.
  const factory ReceiptVerdict.agrees() = ReceiptVerdictAgrees;

  /// A calculation does not come out.
  const factory ReceiptVerdict.off({
    required Decimal by,
    required ReceiptPart at,
  }) = ReceiptVerdictOff;

  /// Nothing contradicts, but not all can be checked.
  const factory ReceiptVerdict.cannotTell({
    required List<ReceiptPart> missing,
  }) = ReceiptVerdictCannotTell;
}

/// Each amount stands in a calculation, and all of them come out to the currency's smallest unit. It vouches for
/// every amount that was read: no other value would come out as well that is one slip away, which is a digit
/// misread, lost or added, two neighbouring digits swapped, or the decimal mark moved. For most amounts no other
/// value at all would come out.
///
/// Some amounts have more than one meaning, and it does not tell which of them is printed. An item's total is after
/// its discount, also where the receipt prints the one before it. A subtotal may be before or after the discounts,
/// with or without the taxes in the prices. What a tax is worked out from may be with the tax or without it. A
/// payment may be what was paid or what was handed over.
///
/// It does not vouch for signs, quantities, a tax's rate, and anything that is no amount.
final class ReceiptVerdictAgrees extends ReceiptVerdict {
  /// Of these values.
  const ReceiptVerdictAgrees() : super._();

  @override
  bool operator ==(Object other) => other is ReceiptVerdictAgrees;

  @override
  int get hashCode => (ReceiptVerdictAgrees).hashCode;

  @override
  String toString() => 'ReceiptVerdictAgrees()';
}

/// A calculation does not come out.
final class ReceiptVerdictOff extends ReceiptVerdict {
  /// Of these values.
  const ReceiptVerdictOff({
    required this.by,
    required this.at,
  }) : super._();

  /// What is printed less what was worked out, in units of the currency.
  final Decimal by;

  /// The part whose amount does not fit the others.
  final ReceiptPart at;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ReceiptVerdictOff && by == other.by && at == other.at;

  @override
  int get hashCode => Object.hash(ReceiptVerdictOff, by, at);

  @override
  String toString() => 'ReceiptVerdictOff(by: $by, at: $at)';
}

/// Nothing contradicts, but not all can be checked.
final class ReceiptVerdictCannotTell extends ReceiptVerdict {
  /// Of these values.
  const ReceiptVerdictCannotTell({
    required this.missing,
  }) : super._();

  /// The parts that are missing, were not read, stand in no calculation, or may have another amount that would come
  /// out as well.
  final List<ReceiptPart> missing;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is ReceiptVerdictCannotTell && _isSame(missing, other.missing);

  @override
  int get hashCode => Object.hash(ReceiptVerdictCannotTell, _hash(missing));

  @override
  String toString() => 'ReceiptVerdictCannotTell(missing: $missing)';
}

final class _ReceiptVerdictCodec extends _Codec<ReceiptVerdict> {
  const _ReceiptVerdictCodec();

  @override
  ReceiptVerdict read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const ReceiptVerdictAgrees(),
        2 => ReceiptVerdictOff(
            by: _codecOfDecimal.read(reader),
            at: _codecOfReceiptPart.read(reader),
          ),
        3 => ReceiptVerdictCannotTell(
            missing: const _List(_codecOfReceiptPart).read(reader),
          ),
        final other => throw InternalException('ReceiptVerdict has no case $other'),
      };

  @override
  void write(_Writer writer, ReceiptVerdict value) {
    switch (value) {
      case ReceiptVerdictAgrees():
        _writeInt32(writer, 1);
      case ReceiptVerdictOff():
        _writeInt32(writer, 2);
        _codecOfDecimal.write(writer, value.by);
        _codecOfReceiptPart.write(writer, value.at);
      case ReceiptVerdictCannotTell():
        _writeInt32(writer, 3);
        const _List(_codecOfReceiptPart).write(writer, value.missing);
    }
  }
}

const _Codec<ReceiptVerdict> _codecOfReceiptVerdict = _ReceiptVerdictCodec();

/// Which sum is meant.
enum SpendingPeriod {
  /// Since the user signed in.
  session,

  /// The day.
  day
}

final class _SpendingPeriodCodec extends _Codec<SpendingPeriod> {
  const _SpendingPeriodCodec();

  @override
  SpendingPeriod read(_Reader reader) => SpendingPeriod.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, SpendingPeriod value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<SpendingPeriod> _codecOfSpendingPeriod = _SpendingPeriodCodec();

/// The status of a video.
sealed class VideoStatus {
  const VideoStatus._();

  /// It waits for its turn.
  const factory VideoStatus.queued() = VideoStatusQueued;

  /// It is being made.
  const factory VideoStatus.inProgress() = VideoStatusInProgress;

  /// It can be downloaded.
  const factory VideoStatus.completed() = VideoStatusCompleted;

  /// It could not be made.
  const factory VideoStatus.failed() = VideoStatusFailed;

  /// A status that the library does not know. It may be a final one, so the library waits for a change no longer than
  /// one call may take.
  const factory VideoStatus.other({
    required String name,
  }) = VideoStatusOther;
}

/// It waits for its turn.
final class VideoStatusQueued extends VideoStatus {
  /// Of these values.
  const VideoStatusQueued() : super._();

  @override
  bool operator ==(Object other) => other is VideoStatusQueued;

  @override
  int get hashCode => (VideoStatusQueued).hashCode;

  @override
  String toString() => 'VideoStatusQueued()';
}

/// It is being made.
final class VideoStatusInProgress extends VideoStatus {
  /// Of these values.
  const VideoStatusInProgress() : super._();

  @override
  bool operator ==(Object other) => other is VideoStatusInProgress;

  @override
  int get hashCode => (VideoStatusInProgress).hashCode;

  @override
  String toString() => 'VideoStatusInProgress()';
}

/// It can be downloaded.
final class VideoStatusCompleted extends VideoStatus {
  /// Of these values.
  const VideoStatusCompleted() : super._();

  @override
  bool operator ==(Object other) => other is VideoStatusCompleted;

  @override
  int get hashCode => (VideoStatusCompleted).hashCode;

  @override
  String toString() => 'VideoStatusCompleted()';
}

/// It could not be made.
final class VideoStatusFailed extends VideoStatus {
  /// Of these values.
  const VideoStatusFailed() : super._();

  @override
  bool operator ==(Object other) => other is VideoStatusFailed;

  @override
  int get hashCode => (VideoStatusFailed).hashCode;

  @override
  String toString() => 'VideoStatusFailed()';
}

/// A status that the library does not know. It may be a final one, so the library waits for a change no longer than
/// one call may take.
final class VideoStatusOther extends VideoStatus {
  /// Of these values.
  const VideoStatusOther({
    required this.name,
  }) : super._();

  /// The provider's word; empty if there is none.
  final String name;

  @override
  bool operator ==(Object other) => identical(this, other) || other is VideoStatusOther && name == other.name;

  @override
  int get hashCode => Object.hash(VideoStatusOther, name);

  @override
  String toString() => 'VideoStatusOther(name: $name)';
}

final class _VideoStatusCodec extends _Codec<VideoStatus> {
  const _VideoStatusCodec();

  @override
  VideoStatus read(_Reader reader) => switch (_readInt32(reader)) {
        1 => const VideoStatusQueued(),
        2 => const VideoStatusInProgress(),
        3 => const VideoStatusCompleted(),
        4 => const VideoStatusFailed(),
        5 => VideoStatusOther(
            name: _string.read(reader),
          ),
        final other => throw InternalException('VideoStatus has no case $other'),
      };

  @override
  void write(_Writer writer, VideoStatus value) {
    switch (value) {
      case VideoStatusQueued():
        _writeInt32(writer, 1);
      case VideoStatusInProgress():
        _writeInt32(writer, 2);
      case VideoStatusCompleted():
        _writeInt32(writer, 3);
      case VideoStatusFailed():
        _writeInt32(writer, 4);
      case VideoStatusOther():
        _writeInt32(writer, 5);
        _string.write(writer, value.name);
    }
  }
}

const _Codec<VideoStatus> _codecOfVideoStatus = _VideoStatusCodec();

/// What a price is for.
enum PriceUnit {
  /// A token of the request, photos included.
  inputToken,

  /// A token of the request that the provider has in its cache.
  cachedInputToken,

  /// A token of the answer. Reasoning costs the same, unless it has a price of its own.
  outputToken,

  /// A request, besides its tokens.
  request,

  /// A photo in the request, besides its tokens.
  inputImage,

  /// An image that is made.
  outputImage,

  /// A character of a text that is spoken.
  inputCharacter,

  /// A token of the request that the provider puts into its cache.
  cacheWriteToken,

  /// A token of a photo in the request, where it has a price of its own.
  inputImageToken,

  /// A token of the answer that is reasoning, where it has a price of its own.
  reasoningToken,

  /// A token of an image in the answer, where it has a price of its own.
  outputImageToken,

  /// Anything else that a call may be billed for, such as a second, or a price that depends on the time. No estimate
  /// counts it: with such a price, the most that a call may cost is unknown.
  other
}

final class _PriceUnitCodec extends _Codec<PriceUnit> {
  const _PriceUnitCodec();

  @override
  PriceUnit read(_Reader reader) => PriceUnit.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, PriceUnit value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<PriceUnit> _codecOfPriceUnit = _PriceUnitCodec();

/// Which root certificates are trusted.
enum TrustStore {
  /// Not known yet: they are loaded before the first request.
  notLoadedYet,

  /// The platform's.
  platform,

  /// The host app's `ServerTrust` decides.
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

/// How a client with a secret names itself (RFC 6749 2.3.1, OpenID Connect Core 9).
enum ClientAuthentication {
  /// HTTP Basic (`client_secret_basic`). Every OAuth 2.0 server has to take it.
  basic,

  /// In the form (`client_secret_post`).
  post
}

final class _ClientAuthenticationCodec extends _Codec<ClientAuthentication> {
  const _ClientAuthenticationCodec();

  @override
  ClientAuthentication read(_Reader reader) => ClientAuthentication.values[_readInt32(reader) - 1];

  @override
  void write(_Writer writer, ClientAuthentication value) {
    _writeInt32(writer, value.index + 1);
  }
}

const _Codec<ClientAuthentication> _codecOfClientAuthentication = _ClientAuthenticationCodec();

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

/// The encoding of requests to a revocation endpoint.
enum RevocationEncoding {
  /// A form (RFC 7009).
  form,

  /// A form first, because a query leaks the token into logs. A query if the server cannot read the form.
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

/// The encoding of requests to a token endpoint.
enum TokenEncoding {
  /// `application/x-www-form-urlencoded` with snake_case names (RFC 6749).
  form,

  /// A JSON object with camelCase names, as AI Pass requires.
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

/// What a model is for.
enum Capability {
  /// Chat with text.
  chat,

  /// Chat about images, such as receipts. A model that accepts images has `Chat` as its main capability, never this.
  vision,

  /// Images from text.
  imageGeneration,

  /// Images changed as a prompt says.
  imageEdit,

  /// Variations of an image.
  imageVariation,

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

/// The state of a session, for the app's screen.
sealed class SessionState {
  const SessionState._();

  /// No user is signed in.
  const factory SessionState.signedOut() = SessionStateSignedOut;

  /// A sign-in was begun and its callback has not come yet.
  const factory SessionState.signingIn() = SessionStateSigningIn;

  /// Signed in.
  const factory SessionState.signedIn() = SessionStateSignedIn;

  /// Signed in, and every call works, but the session ends soon and cannot be refreshed: the provider gave no refresh
  /// token. Offer a new sign-in, which replaces this one. `SessionInfo.endsAt` says when it ends, and
  /// `Config.signInAgainBefore` how long before that this state begins.
  const factory SessionState.endsSoon() = SessionStateEndsSoon;

  /// Signed in, and this process is fetching a new access token. Calls wait for it only if the old one has expired.
  const factory SessionState.refreshing() = SessionStateRefreshing;

  /// The session has ended, and the user must sign in again.
  const factory SessionState.needsSignIn({
    required SignInReason reason,
  }) = SessionStateNeedsSignIn;
}

/// No user is signed in.
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

/// Signed in, and every call works, but the session ends soon and cannot be refreshed: the provider gave no refresh
/// token. Offer a new sign-in, which replaces this one. `SessionInfo.endsAt` says when it ends, and
/// `Config.signInAgainBefore` how long before that this state begins.
final class SessionStateEndsSoon extends SessionState {
  /// Of these values.
  const SessionStateEndsSoon() : super._();

  @override
  bool operator ==(Object other) => other is SessionStateEndsSoon;

  @override
  int get hashCode => (SessionStateEndsSoon).hashCode;

  @override
  String toString() => 'SessionStateEndsSoon()';
}

/// Signed in, and this process is fetching a new access token. Calls wait for it only if the old one has expired.
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

/// The session has ended, and the user must sign in again.
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
        4 => const SessionStateEndsSoon(),
        5 => const SessionStateRefreshing(),
        6 => SessionStateNeedsSignIn(
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
      case SessionStateEndsSoon():
        _writeInt32(writer, 4);
      case SessionStateRefreshing():
        _writeInt32(writer, 5);
      case SessionStateNeedsSignIn():
        _writeInt32(writer, 6);
        _codecOfSignInReason.write(writer, value.reason);
    }
  }
}

const _Codec<SessionState> _codecOfSessionState = _SessionStateCodec();

/// What became of the tokens of a sign-in that a later one replaced, or of tokens that the session did not keep.
sealed class ReplacedSignIn {
  const ReplacedSignIn._();

  /// The provider was asked to revoke its tokens: it belonged to another account or to no session, or the provider
  /// revokes one token set at a time.
  const factory ReplacedSignIn.revoked({
    required SignOutReport report,
  }) = ReplacedSignInRevoked;

  /// It belonged to the same account. Its tokens were not revoked, because that could end the new sign-in too. They
  /// expire.
  const factory ReplacedSignIn.leftSameAccount() = ReplacedSignInLeftSameAccount;

  /// It is not known which account it belonged to. Its tokens were not revoked, because that could end the new
  /// sign-in too.
  const factory ReplacedSignIn.leftUnknownAccount() = ReplacedSignInLeftUnknownAccount;
}

/// The provider was asked to revoke its tokens: it belonged to another account or to no session, or the provider
/// revokes one token set at a time.
final class ReplacedSignInRevoked extends ReplacedSignIn {
  /// Of these values.
  const ReplacedSignInRevoked({
    required this.report,
  }) : super._();

  /// What the provider said.
  final SignOutReport report;

  @override
  bool operator ==(Object other) => identical(this, other) || other is ReplacedSignInRevoked && report == other.report;

  @override
  int get hashCode => Object.hash(ReplacedSignInRevoked, report);

  @override
  String toString() => 'ReplacedSignInRevoked(report: $report)';
}

/// It belonged to the same account. Its tokens were not revoked, because that could end the new sign-in too. They
/// expire.
final class ReplacedSignInLeftSameAccount extends ReplacedSignIn {
  /// Of these values.
  const ReplacedSignInLeftSameAccount() : super._();

  @override
  bool operator ==(Object other) => other is ReplacedSignInLeftSameAccount;

  @override
  int get hashCode => (ReplacedSignInLeftSameAccount).hashCode;

  @override
  String toString() => 'ReplacedSignInLeftSameAccount()';
}

/// It is not known which account it belonged to. Its tokens were not revoked, because that could end the new
/// sign-in too.
final class ReplacedSignInLeftUnknownAccount extends ReplacedSignIn {
  /// Of these values.
  const ReplacedSignInLeftUnknownAccount() : super._();

  @override
  bool operator ==(Object other) => other is ReplacedSignInLeftUnknownAccount;

  @override
  int get hashCode => (ReplacedSignInLeftUnknownAccount).hashCode;

  @override
  String toString() => 'ReplacedSignInLeftUnknownAccount()';
}

final class _ReplacedSignInCodec extends _Codec<ReplacedSignIn> {
  const _ReplacedSignInCodec();

  @override
  ReplacedSignIn read(_Reader reader) => switch (_readInt32(reader)) {
        1 => ReplacedSignInRevoked(
            report: _codecOfSignOutReport.read(reader),
          ),
        2 => const ReplacedSignInLeftSameAccount(),
        3 => const ReplacedSignInLeftUnknownAccount(),
        final other => throw InternalException('ReplacedSignIn has no case $other'),
      };

  @override
  void write(_Writer writer, ReplacedSignIn value) {
    switch (value) {
      case ReplacedSignInRevoked():
        _writeInt32(writer, 1);
        _codecOfSignOutReport.write(writer, value.report);
      case ReplacedSignInLeftSameAccount():
        _writeInt32(writer, 2);
      case ReplacedSignInLeftUnknownAccount():
        _writeInt32(writer, 3);
    }
  }
}

const _Codec<ReplacedSignIn> _codecOfReplacedSignIn = _ReplacedSignInCodec();

/// The outcome of a token's revocation.
sealed class Revocation {
  const Revocation._();

  /// There was no such token.
  const factory Revocation.notNeeded() = RevocationNotNeeded;

  /// The provider accepted the request. It accepts unknown tokens too (RFC 7009 2.2), so this does not prove that the
  /// token is revoked.
  const factory Revocation.accepted() = RevocationAccepted;

  /// The provider offers no revocation: it names no endpoint for it. The token lives until it expires.
  const factory Revocation.notOffered() = RevocationNotOffered;

  /// The stored session could not be read, so it is unknown whether there was a token. It may live until it expires.
  const factory Revocation.unknown() = RevocationUnknown;

  /// The provider refused, with this HTTP status. The token may live until it expires.
  const factory Revocation.refused({
    required int status,
  }) = RevocationRefused;

  /// The provider could not be reached, or was not asked because the request before this one timed out. The token may
  /// live until it expires.
  const factory Revocation.notReached({
    required AiPassException error,
  }) = RevocationNotReached;
}

/// There was no such token.
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

/// The provider accepted the request. It accepts unknown tokens too (RFC 7009 2.2), so this does not prove that the
/// token is revoked.
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

/// The provider offers no revocation: it names no endpoint for it. The token lives until it expires.
final class RevocationNotOffered extends Revocation {
  /// Of these values.
  const RevocationNotOffered() : super._();

  @override
  bool operator ==(Object other) => other is RevocationNotOffered;

  @override
  int get hashCode => (RevocationNotOffered).hashCode;

  @override
  String toString() => 'RevocationNotOffered()';
}

/// The stored session could not be read, so it is unknown whether there was a token. It may live until it expires.
final class RevocationUnknown extends Revocation {
  /// Of these values.
  const RevocationUnknown() : super._();

  @override
  bool operator ==(Object other) => other is RevocationUnknown;

  @override
  int get hashCode => (RevocationUnknown).hashCode;

  @override
  String toString() => 'RevocationUnknown()';
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

/// The provider could not be reached, or was not asked because the request before this one timed out. The token may
/// live until it expires.
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
        3 => const RevocationNotOffered(),
        4 => const RevocationUnknown(),
        5 => RevocationRefused(
            status: _uint16.read(reader),
          ),
        6 => RevocationNotReached(
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
      case RevocationNotOffered():
        _writeInt32(writer, 3);
      case RevocationUnknown():
        _writeInt32(writer, 4);
      case RevocationRefused():
        _writeInt32(writer, 5);
        _uint16.write(writer, value.status);
      case RevocationNotReached():
        _writeInt32(writer, 6);
        _codecOfAiPassException.write(writer, value.error);
    }
  }
}

const _Codec<Revocation> _codecOfRevocation = _RevocationCodec();
