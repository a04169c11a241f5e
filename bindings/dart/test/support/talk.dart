import 'dart:convert';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'descriptions.dart';
import 'sandbox.dart';

/// The steps that talk to a chat model.
class Talk {
  Talk(this._ai, this._step);

  final AiPass _ai;
  final Json _step;

  late final Map<String, Future<Object?> Function()> steps = {
    'chat': () async => describeAnswer(await _limited.chatWith(request())),
    'estimate': () async => describeEstimate(await _ai.estimate(PaidRequest.chat(request: request()))),
    'chat_stream': _chatStream,
    'conversation': _conversation,
    'describe_image': () async =>
        describeAnswer(await _ai.describeImageWith(ImageQuestion(photos: _photos(), prompt: _text('prompt')!))),
    'extract_json': () async {
      final extraction = JsonExtraction(photos: _photos(), schemaJson: jsonEncode(_step['schema']));
      return {'json': jsonDecode((await _ai.extractJson(extraction)).json)};
    },
    'scan_receipt': () async => describeReceipt(await _scanReceipt()),
    'scan_receipts': () async => {
          'receipts': [for (final receipt in await _ai.scanReceipts(_receiptScan())) describeReceipt(receipt)],
        },
  };

  Future<Receipt> _scanReceipt() async {
    final receipt = await _ai.scanReceiptWith(_receiptScan());
    final amount = _text('corrected_amount');
    if (amount == null) return receipt;
    return judgeReceipt(receipt.copyWith(amount: Decimal.parse(amount)), locale: _text('locale'));
  }

  ReceiptScan _receiptScan() => ReceiptScan(
        photos: _photos(),
        locale: _text('locale'),
        expectedCurrency: _text('expected_currency'),
        detail: switch (_text('detail')) {
          'summary' => ReceiptDetail.summary,
          'full' => ReceiptDetail.full,
          _ => null,
        },
      );

  /// The client, with the limit of the step's `max_cost`.
  AiPass get _limited {
    final cost = _text('max_cost');
    return cost == null ? _ai : _ai.withOptions(CallOptions(maxCost: Decimal.parse(cost)));
  }

  Future<Object?> _chatStream() async {
    final cancelAfter = _step['cancel_after'] as int?;
    final said = StringBuffer();
    if (cancelAfter != null) {
      await _limited.chatStream(request()).texts.take(cancelAfter).forEach(said.write);
      return {'text': '$said'};
    }
    final stream = await _limited.openChatStream(request());
    try {
      await stream.events.texts.forEach(said.write);
      final answer = await stream.answer();
      expect(answer.text, '$said');
      return describeAnswer(answer);
    } finally {
      stream.close();
    }
  }

  Future<Object?> _conversation() async {
    final budget = ConversationBudget(maxMessages: _step['max_messages'] as int?);
    final start = ChatRequest(messages: [SystemMessage('You answer briefly.')]);
    final conversation = Conversation(start, budget: budget);
    final texts = <String>[];
    for (final prompt in (_step['prompts']! as List<Object?>).cast<String>()) {
      texts.add((await conversation.ask(ai: _ai, messages: [UserMessage(prompt)])).text);
    }
    // As after the app was started again.
    final resumed = Conversation.resume(start: start, budget: budget, saved: conversation.save());
    return {'texts': texts, 'messages': resumed.messages().length};
  }

  ChatRequest request() => ChatRequest(
        messages: [
          UserMessage.of([
            ContentPart.text(text: _text('prompt')!),
            for (final photo in _photos()) ContentPart.photo(photo: photo),
          ]),
        ],
        tools: [
          for (final tool in (_step['tools'] as List<Object?>? ?? const []).cast<Json>())
            Tool(
              name: tool['name']! as String,
              description: tool['description']! as String,
              parametersJson: jsonEncode(tool['parameters']),
            ),
        ],
        toolChoice: switch (_text('tool_choice')) {
          null => null,
          'auto' => const ToolChoice.auto(),
          'never' => const ToolChoice.never(),
          'required' => const ToolChoice.required(),
          final name => ToolChoice.tool(name: name),
        },
        model: _text('model'),
        fallback: switch (_step['fallback']) {
          null => null,
          final List<Object?> ids => Fallback.models(models: ids.cast<String>()),
          _ => const Fallback.anySuitable(),
        },
        maxTokens: _step['max_tokens'] as int?,
        n: _step['n'] as int?,
        topLogprobs: _step['top_logprobs'] as int?,
        seed: _step['seed'] as int?,
        responseFormat: _step.containsKey('schema')
            ? ResponseFormat.jsonSchema(name: 'answer', schemaJson: jsonEncode(_step['schema']), strict: false)
            : null,
      );

  /// Of a step with `photo` or `photos`.
  List<Photo> _photos() => [
        if (_text('photo') case final path?) photoOf(path),
        for (final path in (_step['photos'] as List<Object?>? ?? const []).cast<String>()) photoOf(path),
      ];

  String? _text(String name) => _step[name] as String?;
}

/// A photo by its path from the repository's root.
Photo photoOf(String path) => Photo.file('${repository.path}/$path');
