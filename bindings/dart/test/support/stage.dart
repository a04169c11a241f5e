import 'dart:io';

import 'package:aipass/aipass.dart';

import 'descriptions.dart';
import 'endpoints.dart';
import 'expectation.dart';
import 'providers.dart';
import 'sandbox.dart';
import 'talk.dart';

/// Where a scenario is played: a sandbox, an empty folder for the session, and a client.
class Stage {
  Stage._(this._sandbox, this._folder, this._ai);

  static Future<Stage> set(List<String> arguments) async {
    final sandbox = await Sandbox.start(arguments);
    final folder = temporaryFolder();
    return Stage._(sandbox, folder, await sandbox.open(folder));
  }

  final Sandbox _sandbox;
  final Directory _folder;
  AiPass _ai;
  PreparedChat? _prepared;
  Uri _url = Uri();
  String _callback = '';
  final Memory _memory = Memory();
  final Registered _registered = Registered();

  /// What the sandbox tells of itself.
  Json get facts => _sandbox.facts;

  /// Takes one step. What is thrown is a scenario that cannot be played.
  Future<Outcome> take(Json step) async {
    try {
      return Result(await _play(step));
    } on AiPassException catch (error) {
      return Failure(describeError(error));
    }
  }

  Future<Object?> _play(Json step) async {
    switch (step['do']) {
      case 'open':
        final provider = await _providers(step).provider();
        _ai.close();
        _ai = await _sandbox.open(_folder,
            key: step['key'] == 'second' ? 2 : 1, provider: provider, clientId: step['client_id'] as String?);
      case 'begin_sign_in':
        _url = (await _ai.beginSignIn(signInOptions(step))).url;
        return {'parameters': parametersOf(_url)};
      case 'decide':
        _callback = await _sandbox.decide(_url, _text(step, 'decision'));
      case 'complete_sign_in':
        await _ai.completeSignInText(step.containsKey('callback') ? _text(step, 'callback') : _callback);
      case 'sign_in':
        _url = (await _ai.beginSignIn(signInOptions(step))).url;
        _callback = await _sandbox.decide(_url, 'allow');
        await _ai.completeSignIn(Uri.parse(_callback));
      case 'sign_out':
        return describeReport(await _ai.signOut());
      case 'forget_session':
        await _ai.forgetSession();
      case 'session_state':
        return describeState(await _ai.sessionState());
      case 'cancelled_chat':
        return _cancelledChat(ChatRequest(messages: [UserMessage(_text(step, 'prompt'))]));
      case 'balance':
        return describeBalance(await _ai.balance());
      case 'refresh_balance':
        return describeBalance(await _ai.refreshBalance());
      case 'balances':
        final lowBelow = step['low_below'] as String?;
        final balances = _ai.balances(lowBelow: lowBelow == null ? null : Decimal.parse(lowBelow));
        return {'updates': await balances.take(step['take']! as int).map(describeUpdate).toList()};
      case 'resumed':
        _ai.resumed();
      case 'spending':
        return describeSpending(await _ai.spending());
      case 'reset_spending':
        await _ai.resetSpending(_text(step, 'period') == 'day' ? SpendingPeriod.day : SpendingPeriod.session);
      case 'user_info':
        return describeUser(await _ai.userInfo());
      case 'sandbox':
        return _askSandbox(step);
      case 'prepare_chat':
        _prepared = await _ai.preparedChat(Talk(_ai, step).request());
      case 'send_prepared':
        return describeAnswer(await _prepared!.send());
      case 'stop_sandbox':
        await _sandbox.stop();
      default:
        final name = _text(step, 'do');
        final play = Talk(_ai, step).steps[name] ??
            Endpoints(_ai, step, _folder, _memory).steps[name] ??
            _providers(step).steps[name];
        return play == null ? throw Mismatch('there is no step "$name"') : await play();
    }
    return null;
  }

  Providers _providers(Json step) => Providers(_ai, step, _sandbox, _registered);

  Future<Json> _cancelledChat(ChatRequest request) async {
    final cancellation = Cancellation();
    final call = _ai.withOptions(CallOptions(cancellation: cancellation)).chatWith(request);
    await _sandbox.untilChatting();
    cancellation.cancel();
    try {
      await call;
      return {'cancelled': false};
    } on AiPassCancelledException {
      return {'cancelled': true};
    }
  }

  Future<Object?> _askSandbox(Json step) async {
    final waited = Stopwatch()..start();
    while (true) {
      final answer = await _sandbox.ask(_text(step, 'method'), _text(step, 'path'), step['body']);
      final isDone = isMet(step['expect'] as Json?, Result(answer));
      if (isDone || step['eventually'] != true || waited.elapsed > const Duration(minutes: 2)) return answer;
      await Future<void>.delayed(const Duration(milliseconds: 5));
    }
  }

  String _text(Json step, String name) => step[name] as String? ?? (throw Mismatch('the step has no $name'));
}
