import 'dart:convert';

import 'package:aipass/aipass.dart';

import 'sandbox.dart';

// The library's answers as the scenarios write them.

Json describeReport(SignOutReport report) => {
      'refresh_token': _revocation(report.refreshToken),
      'access_token': _revocation(report.accessToken),
    };

Json describeState(SessionState state) => switch (state) {
      SessionStateSignedOut() => {'state': 'signed_out'},
      SessionStateSigningIn() => {'state': 'signing_in'},
      SessionStateSignedIn() => {'state': 'signed_in'},
      SessionStateEndsSoon() => {'state': 'ends_soon'},
      SessionStateRefreshing() => {'state': 'refreshing'},
      SessionStateNeedsSignIn(:final reason) => {
          'state': 'needs_sign_in',
          'reason': AiPassSignInRequiredException(reason: reason, detail: null).code,
        },
    };

Json describeAnswer(ChatAnswer answer) => {
      'text': answer.text,
      'finish_reason': _finish(answer.finishReason),
      'tool_calls': [
        for (final call in answer.toolCalls) {'name': call.name, 'arguments': jsonDecode(call.argumentsJson)},
      ],
      'choices': answer.otherChoices.length + 1,
      'logprobs': answer.logprobs.length,
      'total_tokens': answer.usage?.totalTokens,
      'model': answer.model,
      'refused_models': [
        for (final refused in answer.refusedModels)
          {'model': refused.model, 'error_code': refused.errorCode, 'parameter': refused.parameter},
      ],
      'cost': figure(answer.cost),
    };

Json describeReceipt(Receipt receipt) => {
      'merchant': receipt.merchant,
      'date': receipt.date?.toString(),
      'amount': figure(receipt.amount),
      'currency': receipt.currency,
      'time': receipt.time,
      'subtotal': figure(receipt.subtotal),
      'items': [for (final item in receipt.items) _describeItem(item)],
      'taxes': [for (final tax in receipt.taxes) figure(tax.amount)],
      'paid': [for (final payment in receipt.payments) payment.lastFour],
      'verdict': _verdict(receipt.verdict),
      'off_by': switch (receipt.verdict) {
        ReceiptVerdictOff(:final by) => figure(by),
        _ => null,
      },
      'fingerprint': receipt.fingerprint,
    };

Json _describeItem(ReceiptItem item) => {
      'description': item.description,
      'quantity': figure(item.quantity),
      'unit_price': figure(item.unitPrice),
      'total': figure(item.total),
      'verdict': _verdict(item.verdict),
    };

String _verdict(ReceiptVerdict verdict) => switch (verdict) {
      ReceiptVerdictAgrees() => 'agrees',
      ReceiptVerdictOff() => 'off',
      ReceiptVerdictCannotTell() => 'cannot_tell',
    };

Json describeBalance(Balance balance) => {
      'total_cost': figure(balance.totalCost),
      'max_budget': figure(balance.maxBudget),
      'remaining_budget': figure(balance.remainingBudget),
    };

Json describeUpdate(BalanceUpdate update) => {
      'balance': update.balance == null ? null : describeBalance(update.balance!),
      'is_estimate': update.isEstimate,
      'is_low': update.isLow,
      'error_code': update.errorCode,
    };

Json describeEstimate(CostEstimate estimate) => {
      'model': estimate.model,
      'low': figure(estimate.low),
      'high': figure(estimate.high),
    };

Json describeSpending(Spending spending) => {
      'session': _spent(spending.session),
      'day': _spent(spending.day),
    };

Json _spent(Spent spent) => {
      'known': figure(spent.known),
      'reserved': figure(spent.reserved),
      'calls': spent.calls,
      'calls_with_unknown_cost': spent.callsWithUnknownCost,
    };

Json describeUser(UserInfo user) => {'subject': user.subject, 'email': user.email, 'name': user.name};

Json describeError(AiPassException error) => {
      'code': error.code,
      ...switch (error) {
        AiPassSignInRequiredException() => {'reason': error.code},
        AiPassBudgetExceededException(:final spent, :final limit, :final requestId, :final text) => {
            'spent': figure(spent),
            'limit': figure(limit),
            'request_id': requestId,
            'text': text,
          },
        AiPassSpendLimitException(:final limit, :final spent, :final reserved, :final estimate, :final text) => {
            'limit': figure(limit),
            'spent': figure(spent),
            'reserved': figure(reserved),
            'estimate': figure(estimate),
            'text': text,
          },
        AiPassRateLimitedException(:final retryAfter, :final requestId, :final text) ||
        AiPassProviderException(:final retryAfter, :final requestId, :final text) =>
          {'retry_after': _seconds(retryAfter), 'request_id': requestId, 'text': text},
        AiPassOfflineException(:final maybeSent) => {'maybe_sent': maybeSent},
        AiPassTruncatedException(:final text, :final requestId) ||
        AiPassInvalidOutputException(:final text, :final requestId) =>
          {'text': text, 'request_id': requestId},
        AiPassInvalidInputException(:final input) => {'input': input},
        _ => const <String, Object?>{},
      },
    };

String _finish(FinishReason reason) => switch (reason) {
      FinishReasonStop() => 'stop',
      FinishReasonLength() => 'length',
      FinishReasonToolCalls() => 'tool_calls',
      FinishReasonContentFilter() => 'content_filter',
      FinishReasonOther(:final name) => name,
    };

String _revocation(Revocation revocation) => switch (revocation) {
      RevocationNotNeeded() => 'not_needed',
      RevocationNotOffered() => 'not_offered',
      RevocationUnknown() => 'unknown',
      RevocationAccepted() => 'accepted',
      RevocationRefused() => 'refused',
      RevocationNotReached() => 'not_reached',
    };

/// As the scenarios write decimals: without trailing zeros.
String? figure(Decimal? decimal) {
  final text = decimal?.toString();
  if (text == null || !text.contains('.')) return text;
  return text.replaceFirst(RegExp(r'\.?0+$'), '');
}

double? _seconds(Duration? duration) => duration == null ? null : duration.inMilliseconds / 1000;
