// Written by bindings/generator: do not edit.

part of 'aipass.dart';

const int _contractVersion = 30;

const Map<String, int> _checksums = {
  'uniffi_aipass_checksum_constructor_aipass_new': 56048,
  'uniffi_aipass_checksum_constructor_aipass_open': 64711,
  'uniffi_aipass_checksum_constructor_cancellation_new': 48958,
  'uniffi_aipass_checksum_func_ai_pass_provider': 175,
  'uniffi_aipass_checksum_func_ai_pass_provider_at': 3897,
  'uniffi_aipass_checksum_func_custom_provider': 49270,
  'uniffi_aipass_checksum_func_default_config': 39639,
  'uniffi_aipass_checksum_method_aipass_access_token': 22788,
  'uniffi_aipass_checksum_method_aipass_balance': 64787,
  'uniffi_aipass_checksum_method_aipass_begin_sign_in': 5195,
  'uniffi_aipass_checksum_method_aipass_cancel_sign_in': 51331,
  'uniffi_aipass_checksum_method_aipass_chat': 61906,
  'uniffi_aipass_checksum_method_aipass_chat_stream': 56920,
  'uniffi_aipass_checksum_method_aipass_complete_sign_in': 37831,
  'uniffi_aipass_checksum_method_aipass_describe_image': 4285,
  'uniffi_aipass_checksum_method_aipass_diagnostics': 59318,
  'uniffi_aipass_checksum_method_aipass_ended_by': 40970,
  'uniffi_aipass_checksum_method_aipass_forget_session': 49638,
  'uniffi_aipass_checksum_method_aipass_is_callback': 28489,
  'uniffi_aipass_checksum_method_aipass_log': 20751,
  'uniffi_aipass_checksum_method_aipass_model': 12029,
  'uniffi_aipass_checksum_method_aipass_models': 49886,
  'uniffi_aipass_checksum_method_aipass_refresh_balance': 57429,
  'uniffi_aipass_checksum_method_aipass_resumed': 36619,
  'uniffi_aipass_checksum_method_aipass_scan_receipt': 24624,
  'uniffi_aipass_checksum_method_aipass_session_state': 63456,
  'uniffi_aipass_checksum_method_aipass_session_states': 60457,
  'uniffi_aipass_checksum_method_aipass_sign_out': 51284,
  'uniffi_aipass_checksum_method_aipass_user_info': 57650,
  'uniffi_aipass_checksum_method_aipass_with': 27710,
  'uniffi_aipass_checksum_method_cancellation_cancel': 35824,
  'uniffi_aipass_checksum_method_cancellation_is_cancelled': 166,
  'uniffi_aipass_checksum_method_chatstream_cancel': 18114,
  'uniffi_aipass_checksum_method_chatstream_next': 3590,
  'uniffi_aipass_checksum_method_servertrust_verify': 35175,
  'uniffi_aipass_checksum_method_sessionstates_cancel': 38430,
  'uniffi_aipass_checksum_method_sessionstates_next': 51457,
  'uniffi_aipass_checksum_method_sessionstore_compare_and_swap': 35435,
  'uniffi_aipass_checksum_method_sessionstore_delete': 3328,
  'uniffi_aipass_checksum_method_sessionstore_load': 51546,
};

final int Function(int, Pointer<_CallStatus>) _cloneAipass =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_aipass',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneCancellation =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_cancellation',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneChatstream =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_chatstream',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneSessionstates =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_sessionstates',
        isLeaf: true);

final int Function(
        _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>)
    _constructorAipassNew = _library.lookupFunction<
        Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer,
            Pointer<_CallStatus>),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer,
            Pointer<_CallStatus>)>('uniffi_aipass_fn_constructor_aipass_new');

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer)
    _constructorAipassOpen = _library.lookupFunction<
        Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer,
            _RustBuffer)>('uniffi_aipass_fn_constructor_aipass_open');

final int Function(Pointer<_CallStatus>) _constructorCancellationNew =
    _library.lookupFunction<Uint64 Function(Pointer<_CallStatus>), int Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_constructor_cancellation_new');

final Pointer<NativeFunction<_FreeObject>> _freeAipassAddress = _library.lookup('uniffi_aipass_fn_free_aipass');

final Pointer<NativeFunction<_FreeObject>> _freeCancellationAddress =
    _library.lookup('uniffi_aipass_fn_free_cancellation');

final Pointer<NativeFunction<_FreeObject>> _freeChatstreamAddress = _library.lookup('uniffi_aipass_fn_free_chatstream');

final Pointer<NativeFunction<_FreeObject>> _freeSessionstatesAddress =
    _library.lookup('uniffi_aipass_fn_free_sessionstates');

final _RustBuffer Function(Pointer<_CallStatus>) _funcAiPassProvider =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_ai_pass_provider');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _funcAiPassProviderAt = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_ai_pass_provider_at');

final _RustBuffer Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>) _funcCustomProvider =
    _library.lookupFunction<
        _RustBuffer Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>),
        _RustBuffer Function(
            _RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_custom_provider');

final _RustBuffer Function(Pointer<_CallStatus>) _funcDefaultConfig =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_default_config');

final _FutureKind<_RustBuffer> _futureOfBuffer = _FutureKind(
    _library.lookupFunction<Void Function(Uint64, Pointer<NativeFunction<_Wake>>, Uint64), _Poll>(
        'ffi_aipass_rust_future_poll_rust_buffer'),
    _rustFutureCompleteRustBuffer,
    _rustFutureFreeRustBufferAddress);

final _FutureKind<int> _futureOfu64 = _FutureKind(
    _library.lookupFunction<Void Function(Uint64, Pointer<NativeFunction<_Wake>>, Uint64), _Poll>(
        'ffi_aipass_rust_future_poll_u64'),
    _rustFutureCompleteU64,
    _rustFutureFreeU64Address);

final _FutureKind<void> _futureOfvoid = _FutureKind(
    _library.lookupFunction<Void Function(Uint64, Pointer<NativeFunction<_Wake>>, Uint64), _Poll>(
        'ffi_aipass_rust_future_poll_void'),
    _rustFutureCompleteVoid,
    _rustFutureFreeVoidAddress);

final int Function(int, _RustBuffer) _methodAipassAccessToken =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_access_token');

final int Function(int) _methodAipassBalance =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_balance');

final int Function(int, _RustBuffer) _methodAipassBeginSignIn =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_begin_sign_in');

final int Function(int) _methodAipassCancelSignIn = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_cancel_sign_in');

final int Function(int, _RustBuffer) _methodAipassChat =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_chat');

final int Function(int, _RustBuffer) _methodAipassChatStream =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_chat_stream');

final int Function(int, _RustBuffer) _methodAipassCompleteSignIn =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_complete_sign_in');

final int Function(int, _RustBuffer) _methodAipassDescribeImage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_describe_image');

final int Function(int) _methodAipassDiagnostics =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_diagnostics');

final int Function(int, int, Pointer<_CallStatus>) _methodAipassEndedBy = _library.lookupFunction<
    Uint64 Function(Uint64, Uint64, Pointer<_CallStatus>),
    int Function(int, int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_ended_by');

final int Function(int) _methodAipassForgetSession = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_forget_session');

final int Function(int, _RustBuffer, Pointer<_CallStatus>) _methodAipassIsCallback = _library.lookupFunction<
    Int8 Function(Uint64, _RustBuffer, Pointer<_CallStatus>),
    int Function(int, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_is_callback');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodAipassLog = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_log');

final int Function(int, _RustBuffer) _methodAipassModel =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_model');

final int Function(int) _methodAipassModels =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_models');

final int Function(int) _methodAipassRefreshBalance = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_refresh_balance');

final void Function(int, Pointer<_CallStatus>) _methodAipassResumed =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_aipass_resumed');

final int Function(int, _RustBuffer) _methodAipassScanReceipt =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_scan_receipt');

final int Function(int) _methodAipassSessionState =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_session_state');

final int Function(int, Pointer<_CallStatus>) _methodAipassSessionStates =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_aipass_session_states');

final int Function(int) _methodAipassSignOut =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_sign_out');

final int Function(int) _methodAipassUserInfo =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_user_info');

final int Function(int, _RustBuffer, Pointer<_CallStatus>) _methodAipassWith = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, Pointer<_CallStatus>),
    int Function(int, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_with');

final void Function(int, Pointer<_CallStatus>) _methodCancellationCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_cancellation_cancel');

final int Function(int, Pointer<_CallStatus>) _methodCancellationIsCancelled =
    _library.lookupFunction<Int8 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_cancellation_is_cancelled');

final void Function(int, Pointer<_CallStatus>) _methodChatstreamCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_chatstream_cancel');

final int Function(int) _methodChatstreamNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_chatstream_next');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _methodErrorCode = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_error_code');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _methodErrorText = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_error_text');

final void Function(int, Pointer<_CallStatus>) _methodSessionstatesCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_sessionstates_cancel');

final int Function(int) _methodSessionstatesNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_sessionstates_next');

final _RustBuffer Function(int, Pointer<_CallStatus>) _rustFutureCompleteRustBuffer = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('ffi_aipass_rust_future_complete_rust_buffer');

final int Function(int, Pointer<_CallStatus>) _rustFutureCompleteU64 =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'ffi_aipass_rust_future_complete_u64');

final void Function(int, Pointer<_CallStatus>) _rustFutureCompleteVoid =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'ffi_aipass_rust_future_complete_void');

final Pointer<NativeFunction<_FreeFuture>> _rustFutureFreeRustBufferAddress =
    _library.lookup('ffi_aipass_rust_future_free_rust_buffer');

final Pointer<NativeFunction<_FreeFuture>> _rustFutureFreeU64Address =
    _library.lookup('ffi_aipass_rust_future_free_u64');

final Pointer<NativeFunction<_FreeFuture>> _rustFutureFreeVoidAddress =
    _library.lookup('ffi_aipass_rust_future_free_void');
