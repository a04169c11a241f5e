// Written by bindings/generator: do not edit.

part of 'aipass.dart';

/// How calls behave that are made through `AiPass.withOptions`. What is `null` is as the [Config] says.
class CallOptions {
  /// Of these values.
  const CallOptions({
    this.timeout,
    this.cancellation,
    this.retryRateLimited,
  });

  /// The whole call, with its retries, may take this long.
  final Duration? timeout;

  /// Ends the call from outside.
  final Cancellation? cancellation;

  /// Whether a paid call that was rate limited is sent again, at most twice.
  final bool? retryRateLimited;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is CallOptions &&
          timeout == other.timeout &&
          cancellation == other.cancellation &&
          retryRateLimited == other.retryRateLimited;

  @override
  int get hashCode => Object.hash(CallOptions, timeout, cancellation, retryRateLimited);

  @override
  String toString() =>
      'CallOptions(timeout: $timeout, cancellation: $cancellation, retryRateLimited: $retryRateLimited)';
}

final class _CallOptionsCodec extends _Codec<CallOptions> {
  const _CallOptionsCodec();

  @override
  CallOptions read(_Reader reader) => CallOptions(
        timeout: const _Optional(_duration).read(reader),
        cancellation: const _Optional(_codecOfCancellation).read(reader),
        retryRateLimited: const _Optional(_bool).read(reader),
      );

  @override
  void write(_Writer writer, CallOptions value) {
    const _Optional(_duration).write(writer, value.timeout);
    const _Optional(_codecOfCancellation).write(writer, value.cancellation);
    const _Optional(_bool).write(writer, value.retryRateLimited);
  }
}

const _Codec<CallOptions> _codecOfCallOptions = _CallOptionsCodec();

/// The state of a client, for a support form.
class Diagnostics {
  /// Of these values.
  const Diagnostics({
    required this.libraryVersion,
    required this.platform,
    required this.issuer,
    required this.trustStore,
    required this.serverClockOffsetMs,
    required this.session,
    required this.log,
  });

  /// The library's version.
  final String libraryVersion;

  /// The operating system and processor it was built for.
  final String platform;

  /// The provider's issuer.
  final String issuer;

  /// Which authorities judge servers' certificates.
  final TrustStore trustStore;

  /// The server's clock minus the device's, in milliseconds, as last seen; 0 below two seconds.
  final int serverClockOffsetMs;

  /// Where the session stands, or the code of the error that the store gave.
  final String session;

  /// The last requests and session changes, oldest first.
  final List<LogEntry> log;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Diagnostics &&
          libraryVersion == other.libraryVersion &&
          platform == other.platform &&
          issuer == other.issuer &&
          trustStore == other.trustStore &&
          serverClockOffsetMs == other.serverClockOffsetMs &&
          session == other.session &&
          _isSame(log, other.log);

  @override
  int get hashCode =>
      Object.hash(Diagnostics, libraryVersion, platform, issuer, trustStore, serverClockOffsetMs, session, _hash(log));

  @override
  String toString() =>
      'Diagnostics(libraryVersion: $libraryVersion, platform: $platform, issuer: $issuer, trustStore: $trustStore, serverClockOffsetMs: $serverClockOffsetMs, session: $session, log: $log)';
}

final class _DiagnosticsCodec extends _Codec<Diagnostics> {
  const _DiagnosticsCodec();

  @override
  Diagnostics read(_Reader reader) => Diagnostics(
        libraryVersion: _string.read(reader),
        platform: _string.read(reader),
        issuer: _string.read(reader),
        trustStore: _codecOfTrustStore.read(reader),
        serverClockOffsetMs: _int64.read(reader),
        session: _string.read(reader),
        log: const _List(_codecOfLogEntry).read(reader),
      );

  @override
  void write(_Writer writer, Diagnostics value) {
    _string.write(writer, value.libraryVersion);
    _string.write(writer, value.platform);
    _string.write(writer, value.issuer);
    _codecOfTrustStore.write(writer, value.trustStore);
    _int64.write(writer, value.serverClockOffsetMs);
    _string.write(writer, value.session);
    const _List(_codecOfLogEntry).write(writer, value.log);
  }
}

const _Codec<Diagnostics> _codecOfDiagnostics = _DiagnosticsCodec();

/// Settings of a client. The default suits an app in production; change single fields and leave the rest.
class Config {
  /// Of these values.
  const Config({
    required this.connectTimeout,
    required this.idleTimeout,
    required this.totalTimeout,
    required this.credentialTimeout,
    required this.refreshAhead,
    required this.retryRateLimited,
    required this.signInTimeout,
    required this.balanceMaxAge,
    required this.modelsMaxAge,
    required this.insecureDevelopmentHosts,
    required this.appName,
  });

  /// The settings of an app in production, to be changed field by field.
  factory Config.standard() {
    final $answer = _funcDefaultConfig(_status);
    _check(null);
    return _codecOfConfig.lift($answer);
  }

  /// No connection within this time is [AiPassTimeoutException]. Default 10 s.
  final Duration connectTimeout;

  /// No byte of the answer for this long is a time-out. Models think before they speak: default 120 s.
  final Duration idleTimeout;

  /// A call, with its retries and its whole answer, may take this long. Default 10 min.
  final Duration totalTimeout;

  /// A token request, revocation or userinfo may take this long. Default 20 s.
  final Duration credentialTimeout;

  /// An access token is refreshed this long before it expires, at most a fifth of its life. Default 60 s.
  final Duration refreshAhead;

  /// Whether a paid call that was rate limited (429) is sent again, at most twice, as the server asks. Default true.
  final bool retryRateLimited;

  /// How long a sign-in may take, from its URL to its callback. Default 10 min.
  final Duration signInTimeout;

  /// For how long `AiPass.balance` answers from memory. Default 5 min.
  final Duration balanceMaxAge;

  /// For how long the model catalogue is answered from memory. Default 1 h.
  final Duration modelsMaxAge;

  /// Hosts that may be spoken to without TLS, for development only: the Android emulator's `10.0.2.2`, a LAN address.
  /// Loopback needs no entry. Default none. Never ship an app with an entry here.
  final List<String> insecureDevelopmentHosts;

  /// Name and version of the host app, such as `Receipts/2.1`, for the `User-Agent` header. Default none.
  final String? appName;

  /// The same with other values. What is left out, or null, stays as it is.
  Config copyWith({
    Duration? connectTimeout,
    Duration? idleTimeout,
    Duration? totalTimeout,
    Duration? credentialTimeout,
    Duration? refreshAhead,
    bool? retryRateLimited,
    Duration? signInTimeout,
    Duration? balanceMaxAge,
    Duration? modelsMaxAge,
    List<String>? insecureDevelopmentHosts,
    String? appName,
  }) =>
      Config(
        connectTimeout: connectTimeout ?? this.connectTimeout,
        idleTimeout: idleTimeout ?? this.idleTimeout,
        totalTimeout: totalTimeout ?? this.totalTimeout,
        credentialTimeout: credentialTimeout ?? this.credentialTimeout,
        refreshAhead: refreshAhead ?? this.refreshAhead,
        retryRateLimited: retryRateLimited ?? this.retryRateLimited,
        signInTimeout: signInTimeout ?? this.signInTimeout,
        balanceMaxAge: balanceMaxAge ?? this.balanceMaxAge,
        modelsMaxAge: modelsMaxAge ?? this.modelsMaxAge,
        insecureDevelopmentHosts: insecureDevelopmentHosts ?? this.insecureDevelopmentHosts,
        appName: appName ?? this.appName,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Config &&
          connectTimeout == other.connectTimeout &&
          idleTimeout == other.idleTimeout &&
          totalTimeout == other.totalTimeout &&
          credentialTimeout == other.credentialTimeout &&
          refreshAhead == other.refreshAhead &&
          retryRateLimited == other.retryRateLimited &&
          signInTimeout == other.signInTimeout &&
          balanceMaxAge == other.balanceMaxAge &&
          modelsMaxAge == other.modelsMaxAge &&
          _isSame(insecureDevelopmentHosts, other.insecureDevelopmentHosts) &&
          appName == other.appName;

  @override
  int get hashCode => Object.hash(Config, connectTimeout, idleTimeout, totalTimeout, credentialTimeout, refreshAhead,
      retryRateLimited, signInTimeout, balanceMaxAge, modelsMaxAge, _hash(insecureDevelopmentHosts), appName);

  @override
  String toString() =>
      'Config(connectTimeout: $connectTimeout, idleTimeout: $idleTimeout, totalTimeout: $totalTimeout, credentialTimeout: $credentialTimeout, refreshAhead: $refreshAhead, retryRateLimited: $retryRateLimited, signInTimeout: $signInTimeout, balanceMaxAge: $balanceMaxAge, modelsMaxAge: $modelsMaxAge, insecureDevelopmentHosts: $insecureDevelopmentHosts, appName: $appName)';
}

final class _ConfigCodec extends _Codec<Config> {
  const _ConfigCodec();

  @override
  Config read(_Reader reader) => Config(
        connectTimeout: _duration.read(reader),
        idleTimeout: _duration.read(reader),
        totalTimeout: _duration.read(reader),
        credentialTimeout: _duration.read(reader),
        refreshAhead: _duration.read(reader),
        retryRateLimited: _bool.read(reader),
        signInTimeout: _duration.read(reader),
        balanceMaxAge: _duration.read(reader),
        modelsMaxAge: _duration.read(reader),
        insecureDevelopmentHosts: const _List(_string).read(reader),
        appName: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Config value) {
    _duration.write(writer, value.connectTimeout);
    _duration.write(writer, value.idleTimeout);
    _duration.write(writer, value.totalTimeout);
    _duration.write(writer, value.credentialTimeout);
    _duration.write(writer, value.refreshAhead);
    _bool.write(writer, value.retryRateLimited);
    _duration.write(writer, value.signInTimeout);
    _duration.write(writer, value.balanceMaxAge);
    _duration.write(writer, value.modelsMaxAge);
    const _List(_string).write(writer, value.insecureDevelopmentHosts);
    const _Optional(_string).write(writer, value.appName);
  }
}

const _Codec<Config> _codecOfConfig = _ConfigCodec();

/// What was spent and what is left, in the wallet's currency. Exact decimals.
class Balance {
  /// Of these values.
  const Balance({
    required this.totalCost,
    required this.maxBudget,
    required this.remainingBudget,
  });

  /// What has been spent.
  final Decimal totalCost;

  /// The budget; `null` if there is no limit.
  final Decimal? maxBudget;

  /// What is left; `null` if there is no limit.
  final Decimal? remainingBudget;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Balance &&
          totalCost == other.totalCost &&
          maxBudget == other.maxBudget &&
          remainingBudget == other.remainingBudget;

  @override
  int get hashCode => Object.hash(Balance, totalCost, maxBudget, remainingBudget);

  @override
  String toString() => 'Balance(totalCost: $totalCost, maxBudget: $maxBudget, remainingBudget: $remainingBudget)';
}

final class _BalanceCodec extends _Codec<Balance> {
  const _BalanceCodec();

  @override
  Balance read(_Reader reader) => Balance(
        totalCost: _codecOfDecimal.read(reader),
        maxBudget: const _Optional(_codecOfDecimal).read(reader),
        remainingBudget: const _Optional(_codecOfDecimal).read(reader),
      );

  @override
  void write(_Writer writer, Balance value) {
    _codecOfDecimal.write(writer, value.totalCost);
    const _Optional(_codecOfDecimal).write(writer, value.maxBudget);
    const _Optional(_codecOfDecimal).write(writer, value.remainingBudget);
  }
}

const _Codec<Balance> _codecOfBalance = _BalanceCodec();

/// A model's whole answer.
class ChatAnswer {
  /// Of these values.
  const ChatAnswer({
    required this.text,
    required this.toolCalls,
    required this.finishReason,
    required this.model,
    required this.usage,
    required this.requestId,
  });

  /// What the model said; empty if it only called tools.
  final String text;

  /// The tools that the model wants called.
  final List<ToolCall> toolCalls;

  /// Why the model stopped. [FinishReasonLength] means that the text is cut off at `maxTokens`.
  final FinishReason finishReason;

  /// The model that answered, as the provider names it.
  final String model;

  /// What was used, if the provider says so.
  final TokenUsage? usage;

  /// The provider's id of the request, to quote to its support.
  final String? requestId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ChatAnswer &&
          text == other.text &&
          _isSame(toolCalls, other.toolCalls) &&
          finishReason == other.finishReason &&
          model == other.model &&
          usage == other.usage &&
          requestId == other.requestId;

  @override
  int get hashCode => Object.hash(ChatAnswer, text, _hash(toolCalls), finishReason, model, usage, requestId);

  @override
  String toString() =>
      'ChatAnswer(text: $text, toolCalls: $toolCalls, finishReason: $finishReason, model: $model, usage: $usage, requestId: $requestId)';
}

final class _ChatAnswerCodec extends _Codec<ChatAnswer> {
  const _ChatAnswerCodec();

  @override
  ChatAnswer read(_Reader reader) => ChatAnswer(
        text: _string.read(reader),
        toolCalls: const _List(_codecOfToolCall).read(reader),
        finishReason: _codecOfFinishReason.read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        requestId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, ChatAnswer value) {
    _string.write(writer, value.text);
    const _List(_codecOfToolCall).write(writer, value.toolCalls);
    _codecOfFinishReason.write(writer, value.finishReason);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    const _Optional(_string).write(writer, value.requestId);
  }
}

const _Codec<ChatAnswer> _codecOfChatAnswer = _ChatAnswerCodec();

/// A question to a model, with what was said before.
class ChatRequest {
  /// Of these values.
  const ChatRequest({
    required this.messages,
    this.model,
    this.maxTokens,
    this.temperature,
    this.tools = const [],
    this.responseFormat,
  });

  /// The conversation, oldest first. The last message is what is asked.
  final List<Message> messages;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The longest answer, in tokens.
  final int? maxTokens;

  /// How varied the answer is, from 0 (the likeliest) to 2.
  final double? temperature;

  /// Tools that the model may call.
  final List<Tool> tools;

  /// The form of the answer; `null` means text.
  final ResponseFormat? responseFormat;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ChatRequest &&
          _isSame(messages, other.messages) &&
          model == other.model &&
          maxTokens == other.maxTokens &&
          temperature == other.temperature &&
          _isSame(tools, other.tools) &&
          responseFormat == other.responseFormat;

  @override
  int get hashCode =>
      Object.hash(ChatRequest, _hash(messages), model, maxTokens, temperature, _hash(tools), responseFormat);

  @override
  String toString() =>
      'ChatRequest(messages: $messages, model: $model, maxTokens: $maxTokens, temperature: $temperature, tools: $tools, responseFormat: $responseFormat)';
}

final class _ChatRequestCodec extends _Codec<ChatRequest> {
  const _ChatRequestCodec();

  @override
  ChatRequest read(_Reader reader) => ChatRequest(
        messages: const _List(_codecOfMessage).read(reader),
        model: const _Optional(_string).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
        temperature: const _Optional(_float64).read(reader),
        tools: const _List(_codecOfTool).read(reader),
        responseFormat: const _Optional(_codecOfResponseFormat).read(reader),
      );

  @override
  void write(_Writer writer, ChatRequest value) {
    const _List(_codecOfMessage).write(writer, value.messages);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.maxTokens);
    const _Optional(_float64).write(writer, value.temperature);
    const _List(_codecOfTool).write(writer, value.tools);
    const _Optional(_codecOfResponseFormat).write(writer, value.responseFormat);
  }
}

const _Codec<ChatRequest> _codecOfChatRequest = _ChatRequestCodec();

/// One message of a conversation.
class Message {
  /// Of these values.
  const Message({
    required this.role,
    required this.content,
    this.toolCalls = const [],
    this.toolCallId,
  });

  /// Who says it.
  final Role role;

  /// What is said and shown.
  final List<ContentPart> content;

  /// In an assistant's message: the tools that it called.
  final List<ToolCall> toolCalls;

  /// In a tool's message: the call that it answers.
  final String? toolCallId;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Message &&
          role == other.role &&
          _isSame(content, other.content) &&
          _isSame(toolCalls, other.toolCalls) &&
          toolCallId == other.toolCallId;

  @override
  int get hashCode => Object.hash(Message, role, _hash(content), _hash(toolCalls), toolCallId);

  @override
  String toString() => 'Message(role: $role, content: $content, toolCalls: $toolCalls, toolCallId: $toolCallId)';
}

final class _MessageCodec extends _Codec<Message> {
  const _MessageCodec();

  @override
  Message read(_Reader reader) => Message(
        role: _codecOfRole.read(reader),
        content: const _List(_codecOfContentPart).read(reader),
        toolCalls: const _List(_codecOfToolCall).read(reader),
        toolCallId: const _Optional(_string).read(reader),
      );

  @override
  void write(_Writer writer, Message value) {
    _codecOfRole.write(writer, value.role);
    const _List(_codecOfContentPart).write(writer, value.content);
    const _List(_codecOfToolCall).write(writer, value.toolCalls);
    const _Optional(_string).write(writer, value.toolCallId);
  }
}

const _Codec<Message> _codecOfMessage = _MessageCodec();

/// A function that the model may ask the app to call.
class Tool {
  /// Of these values.
  const Tool({
    required this.name,
    required this.description,
    required this.parametersJson,
  });

  /// Its name.
  final String name;

  /// What it does, for the model.
  final String description;

  /// Its parameters as a JSON schema, an object as text.
  final String parametersJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Tool && name == other.name && description == other.description && parametersJson == other.parametersJson;

  @override
  int get hashCode => Object.hash(Tool, name, description, parametersJson);

  @override
  String toString() => 'Tool(name: $name, description: $description, parametersJson: $parametersJson)';
}

final class _ToolCodec extends _Codec<Tool> {
  const _ToolCodec();

  @override
  Tool read(_Reader reader) => Tool(
        name: _string.read(reader),
        description: _string.read(reader),
        parametersJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, Tool value) {
    _string.write(writer, value.name);
    _string.write(writer, value.description);
    _string.write(writer, value.parametersJson);
  }
}

const _Codec<Tool> _codecOfTool = _ToolCodec();

/// A call that the model asks for.
class ToolCall {
  /// Of these values.
  const ToolCall({
    required this.id,
    required this.name,
    required this.argumentsJson,
  });

  /// Names the call; the tool's message quotes it.
  final String id;

  /// The tool's name.
  final String name;

  /// The arguments as the model wrote them: JSON, if the model kept to its schema.
  final String argumentsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ToolCall && id == other.id && name == other.name && argumentsJson == other.argumentsJson;

  @override
  int get hashCode => Object.hash(ToolCall, id, name, argumentsJson);

  @override
  String toString() => 'ToolCall(id: $id, name: $name, argumentsJson: $argumentsJson)';
}

final class _ToolCallCodec extends _Codec<ToolCall> {
  const _ToolCallCodec();

  @override
  ToolCall read(_Reader reader) => ToolCall(
        id: _string.read(reader),
        name: _string.read(reader),
        argumentsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, ToolCall value) {
    _string.write(writer, value.id);
    _string.write(writer, value.name);
    _string.write(writer, value.argumentsJson);
  }
}

const _Codec<ToolCall> _codecOfToolCall = _ToolCallCodec();

/// A piece of a tool call: the first one has its id and name, all add to its arguments.
class ToolCallPart {
  /// Of these values.
  const ToolCallPart({
    required this.indexValue,
    required this.id,
    required this.name,
    required this.argumentsJson,
  });

  /// Which of the answer's calls it belongs to.
  final int indexValue;

  /// The call's id, in its first piece.
  final String? id;

  /// The tool's name, in its first piece.
  final String? name;

  /// The next piece of the arguments' JSON.
  final String argumentsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ToolCallPart &&
          indexValue == other.indexValue &&
          id == other.id &&
          name == other.name &&
          argumentsJson == other.argumentsJson;

  @override
  int get hashCode => Object.hash(ToolCallPart, indexValue, id, name, argumentsJson);

  @override
  String toString() => 'ToolCallPart(indexValue: $indexValue, id: $id, name: $name, argumentsJson: $argumentsJson)';
}

final class _ToolCallPartCodec extends _Codec<ToolCallPart> {
  const _ToolCallPartCodec();

  @override
  ToolCallPart read(_Reader reader) => ToolCallPart(
        indexValue: _uint32.read(reader),
        id: const _Optional(_string).read(reader),
        name: const _Optional(_string).read(reader),
        argumentsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, ToolCallPart value) {
    _uint32.write(writer, value.indexValue);
    const _Optional(_string).write(writer, value.id);
    const _Optional(_string).write(writer, value.name);
    _string.write(writer, value.argumentsJson);
  }
}

const _Codec<ToolCallPart> _codecOfToolCallPart = _ToolCallPartCodec();

/// How many tokens a call used.
class TokenUsage {
  /// Of these values.
  const TokenUsage({
    required this.promptTokens,
    required this.completionTokens,
    required this.totalTokens,
  });

  /// Tokens of the question, photos included.
  final int promptTokens;

  /// Tokens of the answer.
  final int completionTokens;

  /// Both together.
  final int totalTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is TokenUsage &&
          promptTokens == other.promptTokens &&
          completionTokens == other.completionTokens &&
          totalTokens == other.totalTokens;

  @override
  int get hashCode => Object.hash(TokenUsage, promptTokens, completionTokens, totalTokens);

  @override
  String toString() =>
      'TokenUsage(promptTokens: $promptTokens, completionTokens: $completionTokens, totalTokens: $totalTokens)';
}

final class _TokenUsageCodec extends _Codec<TokenUsage> {
  const _TokenUsageCodec();

  @override
  TokenUsage read(_Reader reader) => TokenUsage(
        promptTokens: _uint64.read(reader),
        completionTokens: _uint64.read(reader),
        totalTokens: _uint64.read(reader),
      );

  @override
  void write(_Writer writer, TokenUsage value) {
    _uint64.write(writer, value.promptTokens);
    _uint64.write(writer, value.completionTokens);
    _uint64.write(writer, value.totalTokens);
  }
}

const _Codec<TokenUsage> _codecOfTokenUsage = _TokenUsageCodec();

/// A question about a photo.
class ImageQuestion {
  /// Of these values.
  const ImageQuestion({
    required this.photo,
    required this.prompt,
    this.model,
    this.maxTokens = 2000,
  });

  /// What to look at.
  final Photo photo;

  /// What to find out.
  final String prompt;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// The longest answer, in tokens. Default 2000.
  final int? maxTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ImageQuestion &&
          photo == other.photo &&
          prompt == other.prompt &&
          model == other.model &&
          maxTokens == other.maxTokens;

  @override
  int get hashCode => Object.hash(ImageQuestion, photo, prompt, model, maxTokens);

  @override
  String toString() => 'ImageQuestion(photo: $photo, prompt: $prompt, model: $model, maxTokens: $maxTokens)';
}

final class _ImageQuestionCodec extends _Codec<ImageQuestion> {
  const _ImageQuestionCodec();

  @override
  ImageQuestion read(_Reader reader) => ImageQuestion(
        photo: _codecOfPhoto.read(reader),
        prompt: _string.read(reader),
        model: const _Optional(_string).read(reader),
        maxTokens: const _Optional(_uint32).read(reader),
      );

  @override
  void write(_Writer writer, ImageQuestion value) {
    _codecOfPhoto.write(writer, value.photo);
    _string.write(writer, value.prompt);
    const _Optional(_string).write(writer, value.model);
    const _Optional(_uint32).write(writer, value.maxTokens);
  }
}

const _Codec<ImageQuestion> _codecOfImageQuestion = _ImageQuestionCodec();

/// A model of the catalogue.
class Model {
  /// Of these values.
  const Model({
    required this.id,
    required this.capability,
  });

  /// The id to call it by, such as `gemini/gemini-2.5-flash-lite`.
  final String id;

  /// What it is for, as the provider says, or else as its id suggests; `null` if neither tells.
  final Capability? capability;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is Model && id == other.id && capability == other.capability;

  @override
  int get hashCode => Object.hash(Model, id, capability);

  @override
  String toString() => 'Model(id: $id, capability: $capability)';
}

final class _ModelCodec extends _Codec<Model> {
  const _ModelCodec();

  @override
  Model read(_Reader reader) => Model(
        id: _string.read(reader),
        capability: const _Optional(_codecOfCapability).read(reader),
      );

  @override
  void write(_Writer writer, Model value) {
    _string.write(writer, value.id);
    const _Optional(_codecOfCapability).write(writer, value.capability);
  }
}

const _Codec<Model> _codecOfModel = _ModelCodec();

/// What a receipt says. What could not be read is `null`; the model's own words are kept beside.
class Receipt {
  /// Of these values.
  const Receipt({
    required this.merchant,
    required this.date,
    required this.dateText,
    required this.amount,
    required this.amountText,
    required this.currency,
    required this.currencyText,
    required this.category,
    required this.confidence,
    required this.model,
    required this.usage,
    required this.answer,
  });

  /// Who sold.
  final String? merchant;

  /// The day of the purchase.
  final Date? date;

  /// The date as the model gave it.
  final String? dateText;

  /// The total paid. An exact decimal.
  final Decimal? amount;

  /// The amount as the model gave it.
  final String? amountText;

  /// The currency, as an ISO 4217 code in capitals.
  final String? currency;

  /// The currency as the model gave it.
  final String? currencyText;

  /// What kind of purchase it was, in the model's words.
  final String? category;

  /// How sure the model says it is, from 0 to 1.
  final double? confidence;

  /// The model that read it, as the provider names it.
  final String model;

  /// What was used, if the provider says so.
  final TokenUsage? usage;

  /// The model's whole answer.
  final String answer;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Receipt &&
          merchant == other.merchant &&
          date == other.date &&
          dateText == other.dateText &&
          amount == other.amount &&
          amountText == other.amountText &&
          currency == other.currency &&
          currencyText == other.currencyText &&
          category == other.category &&
          confidence == other.confidence &&
          model == other.model &&
          usage == other.usage &&
          answer == other.answer;

  @override
  int get hashCode => Object.hash(Receipt, merchant, date, dateText, amount, amountText, currency, currencyText,
      category, confidence, model, usage, answer);

  @override
  String toString() =>
      'Receipt(merchant: $merchant, date: $date, dateText: $dateText, amount: $amount, amountText: $amountText, currency: $currency, currencyText: $currencyText, category: $category, confidence: $confidence, model: $model, usage: $usage, answer: $answer)';
}

final class _ReceiptCodec extends _Codec<Receipt> {
  const _ReceiptCodec();

  @override
  Receipt read(_Reader reader) => Receipt(
        merchant: const _Optional(_string).read(reader),
        date: const _Optional(_codecOfNaiveDate).read(reader),
        dateText: const _Optional(_string).read(reader),
        amount: const _Optional(_codecOfDecimal).read(reader),
        amountText: const _Optional(_string).read(reader),
        currency: const _Optional(_string).read(reader),
        currencyText: const _Optional(_string).read(reader),
        category: const _Optional(_string).read(reader),
        confidence: const _Optional(_float64).read(reader),
        model: _string.read(reader),
        usage: const _Optional(_codecOfTokenUsage).read(reader),
        answer: _string.read(reader),
      );

  @override
  void write(_Writer writer, Receipt value) {
    const _Optional(_string).write(writer, value.merchant);
    const _Optional(_codecOfNaiveDate).write(writer, value.date);
    const _Optional(_string).write(writer, value.dateText);
    const _Optional(_codecOfDecimal).write(writer, value.amount);
    const _Optional(_string).write(writer, value.amountText);
    const _Optional(_string).write(writer, value.currency);
    const _Optional(_string).write(writer, value.currencyText);
    const _Optional(_string).write(writer, value.category);
    const _Optional(_float64).write(writer, value.confidence);
    _string.write(writer, value.model);
    const _Optional(_codecOfTokenUsage).write(writer, value.usage);
    _string.write(writer, value.answer);
  }
}

const _Codec<Receipt> _codecOfReceipt = _ReceiptCodec();

/// A receipt to be read.
class ReceiptScan {
  /// Of these values.
  const ReceiptScan({
    required this.photo,
    this.locale,
    this.expectedCurrency,
    this.model,
    this.temperature = 0.0,
    this.maxTokens = 2000,
  });

  /// The photo.
  final Photo photo;

  /// Where the receipt is from, as a BCP 47 tag such as `en-US` or `de-DE`: decides what 03/04/2026 and `$` mean.
  final String? locale;

  /// The currency to expect, as an ISO 4217 code: decides which dollar `$` is.
  final String? expectedCurrency;

  /// The model; `null` picks one from the live catalogue.
  final String? model;

  /// How varied the answer is. Default 0: a receipt has one truth.
  final double temperature;

  /// The longest answer, in tokens. Default 2000.
  final int maxTokens;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is ReceiptScan &&
          photo == other.photo &&
          locale == other.locale &&
          expectedCurrency == other.expectedCurrency &&
          model == other.model &&
          temperature == other.temperature &&
          maxTokens == other.maxTokens;

  @override
  int get hashCode => Object.hash(ReceiptScan, photo, locale, expectedCurrency, model, temperature, maxTokens);

  @override
  String toString() =>
      'ReceiptScan(photo: $photo, locale: $locale, expectedCurrency: $expectedCurrency, model: $model, temperature: $temperature, maxTokens: $maxTokens)';
}

final class _ReceiptScanCodec extends _Codec<ReceiptScan> {
  const _ReceiptScanCodec();

  @override
  ReceiptScan read(_Reader reader) => ReceiptScan(
        photo: _codecOfPhoto.read(reader),
        locale: const _Optional(_string).read(reader),
        expectedCurrency: const _Optional(_string).read(reader),
        model: const _Optional(_string).read(reader),
        temperature: _float64.read(reader),
        maxTokens: _uint32.read(reader),
      );

  @override
  void write(_Writer writer, ReceiptScan value) {
    _codecOfPhoto.write(writer, value.photo);
    const _Optional(_string).write(writer, value.locale);
    const _Optional(_string).write(writer, value.expectedCurrency);
    const _Optional(_string).write(writer, value.model);
    _float64.write(writer, value.temperature);
    _uint32.write(writer, value.maxTokens);
  }
}

const _Codec<ReceiptScan> _codecOfReceiptScan = _ReceiptScanCodec();

/// One line of the log.
class LogEntry {
  /// Of these values.
  const LogEntry({
    required this.at,
    required this.text,
  });

  /// When it was written, by the device's clock.
  final DateTime at;

  /// What happened, in English, for developers.
  final String text;

  @override
  bool operator ==(Object other) => identical(this, other) || other is LogEntry && at == other.at && text == other.text;

  @override
  int get hashCode => Object.hash(LogEntry, at, text);

  @override
  String toString() => 'LogEntry(at: $at, text: $text)';
}

final class _LogEntryCodec extends _Codec<LogEntry> {
  const _LogEntryCodec();

  @override
  LogEntry read(_Reader reader) => LogEntry(
        at: _timestamp.read(reader),
        text: _string.read(reader),
      );

  @override
  void write(_Writer writer, LogEntry value) {
    _timestamp.write(writer, value.at);
    _string.write(writer, value.text);
  }
}

const _Codec<LogEntry> _codecOfLogEntry = _LogEntryCodec();

/// Who is signed in, as the provider says. Only `subject` is sure to be there, and only it is unique and stable.
class UserInfo {
  /// Of these values.
  const UserInfo({
    required this.subject,
    required this.email,
    required this.name,
    required this.picture,
    required this.claimsJson,
  });

  /// The provider's own id of the user (`sub`).
  final String subject;

  /// The user's e-mail address, if the provider tells it.
  final String? email;

  /// The user's name to show, if the provider tells it.
  final String? name;

  /// The address of the user's picture, if the provider tells it.
  final String? picture;

  /// All claims, as the JSON object that the provider sent.
  final String claimsJson;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is UserInfo &&
          subject == other.subject &&
          email == other.email &&
          name == other.name &&
          picture == other.picture &&
          claimsJson == other.claimsJson;

  @override
  int get hashCode => Object.hash(UserInfo, subject, email, name, picture, claimsJson);

  @override
  String toString() =>
      'UserInfo(subject: $subject, email: $email, name: $name, picture: $picture, claimsJson: $claimsJson)';
}

final class _UserInfoCodec extends _Codec<UserInfo> {
  const _UserInfoCodec();

  @override
  UserInfo read(_Reader reader) => UserInfo(
        subject: _string.read(reader),
        email: const _Optional(_string).read(reader),
        name: const _Optional(_string).read(reader),
        picture: const _Optional(_string).read(reader),
        claimsJson: _string.read(reader),
      );

  @override
  void write(_Writer writer, UserInfo value) {
    _string.write(writer, value.subject);
    const _Optional(_string).write(writer, value.email);
    const _Optional(_string).write(writer, value.name);
    const _Optional(_string).write(writer, value.picture);
    _string.write(writer, value.claimsJson);
  }
}

const _Codec<UserInfo> _codecOfUserInfo = _UserInfoCodec();

/// An identity provider and the model API behind it.
///
/// `Provider.aiPass` is the default. `Provider.custom` describes any OAuth 2.0 server with the standard form
/// encoding; set the optional endpoints that it has.
class Provider {
  /// Of these values.
  const Provider({
    required this.issuer,
    required this.authorizationEndpoint,
    required this.tokenEndpoint,
    required this.tokenEncoding,
    required this.revocationEndpoint,
    required this.revocationEncoding,
    required this.userinfoEndpoint,
    required this.modelApi,
    required this.accountApi,
    required this.resourceOrigins,
    required this.clientIdHeader,
    required this.defaultScopes,
    required this.authorizationResponseIss,
    required this.loopbackPort,
  });

  /// AI Pass at `https://aipass.one`.
  factory Provider.aiPass() {
    final $answer = _funcAiPassProvider(_status);
    _check(null);
    return _codecOfProvider.lift($answer);
  }

  /// AI Pass at another base URL: a sandbox on loopback, or a private installation.
  ///
  /// Throws: [AiPassInvalidInputException] if it is not an http or https URL.
  factory Provider.aiPassAt(String baseUrl) {
    final $baseUrl = _string.lower(baseUrl);
    final $answer = _funcAiPassProviderAt($baseUrl, _status);
    _check(_codecOfAiPassException);
    return _codecOfProvider.lift($answer);
  }

  /// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
  ///
  /// Throws: [AiPassInvalidInputException] if an endpoint is not an http or https URL.
  factory Provider.custom({
    required String issuer,
    required String authorizationEndpoint,
    required String tokenEndpoint,
  }) {
    final $issuer = _string.lower(issuer);
    final $authorizationEndpoint = _lowerAfter([$issuer], _string, authorizationEndpoint);
    final $tokenEndpoint = _lowerAfter([$issuer, $authorizationEndpoint], _string, tokenEndpoint);
    final $answer = _funcCustomProvider($issuer, $authorizationEndpoint, $tokenEndpoint, _status);
    _check(_codecOfAiPassException);
    return _codecOfProvider.lift($answer);
  }

  /// The issuer identifier, compared byte for byte with a callback's `iss` (RFC 9207). Sessions are kept per issuer.
  final String issuer;

  /// Where the browser is sent.
  final Uri authorizationEndpoint;

  /// Where codes and refresh tokens are exchanged.
  final Uri tokenEndpoint;

  /// How the token endpoint wants its requests.
  final TokenEncoding tokenEncoding;

  /// Where tokens are revoked (RFC 7009), if it is offered.
  final Uri? revocationEndpoint;

  /// How the revocation endpoint wants its requests.
  final RevocationEncoding revocationEncoding;

  /// Where the signed-in user's claims are (OpenID Connect Core 5.3), if it is offered.
  final Uri? userinfoEndpoint;

  /// Base of the OpenAI-compatible model API, such as `https://aipass.one/oauth2/v1`, if there is one.
  final Uri? modelApi;

  /// Base of AI Pass's account API, such as `https://aipass.one/api/v1`, if there is one.
  final Uri? accountApi;

  /// The only origins that an access token is ever sent to (A11). Paths in these URLs do not matter.
  final List<Uri> resourceOrigins;

  /// The header that tells the model API which app calls, if it wants one.
  final String? clientIdHeader;

  /// The scopes asked for where the app names none.
  final List<String> defaultScopes;

  /// Whether the provider promises an `iss` in every callback; one that is missing is then refused (A4).
  final bool authorizationResponseIss;

  /// Whether a loopback redirect may come back on another port than the registered one.
  final LoopbackPort loopbackPort;

  /// The same with other values. What is left out, or null, stays as it is.
  Provider copyWith({
    String? issuer,
    Uri? authorizationEndpoint,
    Uri? tokenEndpoint,
    TokenEncoding? tokenEncoding,
    Uri? revocationEndpoint,
    RevocationEncoding? revocationEncoding,
    Uri? userinfoEndpoint,
    Uri? modelApi,
    Uri? accountApi,
    List<Uri>? resourceOrigins,
    String? clientIdHeader,
    List<String>? defaultScopes,
    bool? authorizationResponseIss,
    LoopbackPort? loopbackPort,
  }) =>
      Provider(
        issuer: issuer ?? this.issuer,
        authorizationEndpoint: authorizationEndpoint ?? this.authorizationEndpoint,
        tokenEndpoint: tokenEndpoint ?? this.tokenEndpoint,
        tokenEncoding: tokenEncoding ?? this.tokenEncoding,
        revocationEndpoint: revocationEndpoint ?? this.revocationEndpoint,
        revocationEncoding: revocationEncoding ?? this.revocationEncoding,
        userinfoEndpoint: userinfoEndpoint ?? this.userinfoEndpoint,
        modelApi: modelApi ?? this.modelApi,
        accountApi: accountApi ?? this.accountApi,
        resourceOrigins: resourceOrigins ?? this.resourceOrigins,
        clientIdHeader: clientIdHeader ?? this.clientIdHeader,
        defaultScopes: defaultScopes ?? this.defaultScopes,
        authorizationResponseIss: authorizationResponseIss ?? this.authorizationResponseIss,
        loopbackPort: loopbackPort ?? this.loopbackPort,
      );

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is Provider &&
          issuer == other.issuer &&
          authorizationEndpoint == other.authorizationEndpoint &&
          tokenEndpoint == other.tokenEndpoint &&
          tokenEncoding == other.tokenEncoding &&
          revocationEndpoint == other.revocationEndpoint &&
          revocationEncoding == other.revocationEncoding &&
          userinfoEndpoint == other.userinfoEndpoint &&
          modelApi == other.modelApi &&
          accountApi == other.accountApi &&
          _isSame(resourceOrigins, other.resourceOrigins) &&
          clientIdHeader == other.clientIdHeader &&
          _isSame(defaultScopes, other.defaultScopes) &&
          authorizationResponseIss == other.authorizationResponseIss &&
          loopbackPort == other.loopbackPort;

  @override
  int get hashCode => Object.hash(
      Provider,
      issuer,
      authorizationEndpoint,
      tokenEndpoint,
      tokenEncoding,
      revocationEndpoint,
      revocationEncoding,
      userinfoEndpoint,
      modelApi,
      accountApi,
      _hash(resourceOrigins),
      clientIdHeader,
      _hash(defaultScopes),
      authorizationResponseIss,
      loopbackPort);

  @override
  String toString() =>
      'Provider(issuer: $issuer, authorizationEndpoint: $authorizationEndpoint, tokenEndpoint: $tokenEndpoint, tokenEncoding: $tokenEncoding, revocationEndpoint: $revocationEndpoint, revocationEncoding: $revocationEncoding, userinfoEndpoint: $userinfoEndpoint, modelApi: $modelApi, accountApi: $accountApi, resourceOrigins: $resourceOrigins, clientIdHeader: $clientIdHeader, defaultScopes: $defaultScopes, authorizationResponseIss: $authorizationResponseIss, loopbackPort: $loopbackPort)';
}

final class _ProviderCodec extends _Codec<Provider> {
  const _ProviderCodec();

  @override
  Provider read(_Reader reader) => Provider(
        issuer: _string.read(reader),
        authorizationEndpoint: _codecOfUrl.read(reader),
        tokenEndpoint: _codecOfUrl.read(reader),
        tokenEncoding: _codecOfTokenEncoding.read(reader),
        revocationEndpoint: const _Optional(_codecOfUrl).read(reader),
        revocationEncoding: _codecOfRevocationEncoding.read(reader),
        userinfoEndpoint: const _Optional(_codecOfUrl).read(reader),
        modelApi: const _Optional(_codecOfUrl).read(reader),
        accountApi: const _Optional(_codecOfUrl).read(reader),
        resourceOrigins: const _List(_codecOfUrl).read(reader),
        clientIdHeader: const _Optional(_string).read(reader),
        defaultScopes: const _List(_string).read(reader),
        authorizationResponseIss: _bool.read(reader),
        loopbackPort: _codecOfLoopbackPort.read(reader),
      );

  @override
  void write(_Writer writer, Provider value) {
    _string.write(writer, value.issuer);
    _codecOfUrl.write(writer, value.authorizationEndpoint);
    _codecOfUrl.write(writer, value.tokenEndpoint);
    _codecOfTokenEncoding.write(writer, value.tokenEncoding);
    const _Optional(_codecOfUrl).write(writer, value.revocationEndpoint);
    _codecOfRevocationEncoding.write(writer, value.revocationEncoding);
    const _Optional(_codecOfUrl).write(writer, value.userinfoEndpoint);
    const _Optional(_codecOfUrl).write(writer, value.modelApi);
    const _Optional(_codecOfUrl).write(writer, value.accountApi);
    const _List(_codecOfUrl).write(writer, value.resourceOrigins);
    const _Optional(_string).write(writer, value.clientIdHeader);
    const _List(_string).write(writer, value.defaultScopes);
    _bool.write(writer, value.authorizationResponseIss);
    _codecOfLoopbackPort.write(writer, value.loopbackPort);
  }
}

const _Codec<Provider> _codecOfProvider = _ProviderCodec();

/// What a sign-in may ask of the provider. The default suits most apps.
class SignInOptions {
  /// Of these values.
  const SignInOptions({
    this.scopes = const [],
    this.loginHint,
    this.prompt,
    this.extraParameters = const {},
  });

  /// Scopes to ask for, each its own item. Empty means the provider's defaults; for AI Pass `api:access` and
  /// `profile:read`.
  final List<String> scopes;

  /// The account that the page should offer, such as an e-mail address.
  final String? loginHint;

  /// What the page should do, such as `login` or `consent` (OpenID Connect Core 3.1.2.1).
  final String? prompt;

  /// Further parameters of the authorization URL. The protocol's own cannot be replaced.
  final Map<String, String> extraParameters;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SignInOptions &&
          _isSame(scopes, other.scopes) &&
          loginHint == other.loginHint &&
          prompt == other.prompt &&
          _isSame(extraParameters, other.extraParameters);

  @override
  int get hashCode => Object.hash(SignInOptions, _hash(scopes), loginHint, prompt, _hash(extraParameters));

  @override
  String toString() =>
      'SignInOptions(scopes: $scopes, loginHint: $loginHint, prompt: $prompt, extraParameters: $extraParameters)';
}

final class _SignInOptionsCodec extends _Codec<SignInOptions> {
  const _SignInOptionsCodec();

  @override
  SignInOptions read(_Reader reader) => SignInOptions(
        scopes: const _List(_string).read(reader),
        loginHint: const _Optional(_string).read(reader),
        prompt: const _Optional(_string).read(reader),
        extraParameters: const _Map(_string, _string).read(reader),
      );

  @override
  void write(_Writer writer, SignInOptions value) {
    const _List(_string).write(writer, value.scopes);
    const _Optional(_string).write(writer, value.loginHint);
    const _Optional(_string).write(writer, value.prompt);
    const _Map(_string, _string).write(writer, value.extraParameters);
  }
}

const _Codec<SignInOptions> _codecOfSignInOptions = _SignInOptionsCodec();

/// A sign-in that was begun.
class SignInRequest {
  /// Of these values.
  const SignInRequest({
    required this.url,
    required this.expiresAt,
  });

  /// Open this in the system's browser, not in a web view.
  final Uri url;

  /// After this a callback comes too late.
  final DateTime expiresAt;

  @override
  bool operator ==(Object other) =>
      identical(this, other) || other is SignInRequest && url == other.url && expiresAt == other.expiresAt;

  @override
  int get hashCode => Object.hash(SignInRequest, url, expiresAt);

  @override
  String toString() => 'SignInRequest(url: hidden, expiresAt: $expiresAt)';
}

final class _SignInRequestCodec extends _Codec<SignInRequest> {
  const _SignInRequestCodec();

  @override
  SignInRequest read(_Reader reader) => SignInRequest(
        url: _codecOfUrl.read(reader),
        expiresAt: _timestamp.read(reader),
      );

  @override
  void write(_Writer writer, SignInRequest value) {
    _codecOfUrl.write(writer, value.url);
    _timestamp.write(writer, value.expiresAt);
  }
}

const _Codec<SignInRequest> _codecOfSignInRequest = _SignInRequestCodec();

/// What the provider said to the revocation of each token. Locally the user is signed out, whatever it says.
class SignOutReport {
  /// Of these values.
  const SignOutReport({
    required this.refreshToken,
    required this.accessToken,
  });

  /// The refresh token.
  final Revocation refreshToken;

  /// The access token.
  final Revocation accessToken;

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is SignOutReport && refreshToken == other.refreshToken && accessToken == other.accessToken;

  @override
  int get hashCode => Object.hash(SignOutReport, refreshToken, accessToken);

  @override
  String toString() => 'SignOutReport(refreshToken: $refreshToken, accessToken: $accessToken)';
}

final class _SignOutReportCodec extends _Codec<SignOutReport> {
  const _SignOutReportCodec();

  @override
  SignOutReport read(_Reader reader) => SignOutReport(
        refreshToken: _codecOfRevocation.read(reader),
        accessToken: _codecOfRevocation.read(reader),
      );

  @override
  void write(_Writer writer, SignOutReport value) {
    _codecOfRevocation.write(writer, value.refreshToken);
    _codecOfRevocation.write(writer, value.accessToken);
  }
}

const _Codec<SignOutReport> _codecOfSignOutReport = _SignOutReportCodec();
