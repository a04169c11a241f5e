import 'generated/aipass.dart';

/// What the person says.
class UserMessage extends Message {
  /// Says [text].
  UserMessage(String text) : this.of([ContentPart.text(text: text)]);

  /// Says and shows several things.
  UserMessage.of(List<ContentPart> content) : super(role: Role.user, content: content);
}

/// What the app tells the model beforehand: its part, its tone, its limits.
class SystemMessage extends Message {
  /// Tells [text].
  SystemMessage(String text) : super(role: Role.system, content: [ContentPart.text(text: text)]);
}

/// What the model answered earlier.
class AssistantMessage extends Message {
  /// Answered [text].
  AssistantMessage(String text) : super(role: Role.assistant, content: [ContentPart.text(text: text)]);
}

/// What a tool answered to the model's call.
class ToolMessage extends Message {
  /// Answers the [ToolCall] whose `id` is [toolCallId].
  ToolMessage(String answer, {required String toolCallId})
      : super(role: Role.tool, content: [ContentPart.text(text: answer)], toolCallId: toolCallId);
}
