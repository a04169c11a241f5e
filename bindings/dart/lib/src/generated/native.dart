// Written by uniffi-dart-generator: do not edit.

part of 'aipass.dart';

const int _contractVersion = 30;

const Map<String, int> _checksums = {
  'uniffi_aipass_checksum_constructor_aipass_new': 50005,
  'uniffi_aipass_checksum_constructor_aipass_open': 10346,
  'uniffi_aipass_checksum_constructor_cancellation_new': 54782,
  'uniffi_aipass_checksum_constructor_clientregistration_new': 57510,
  'uniffi_aipass_checksum_constructor_conversation_new': 56081,
  'uniffi_aipass_checksum_constructor_conversation_resume': 7447,
  'uniffi_aipass_checksum_constructor_loopbacklistener_bind': 56051,
  'uniffi_aipass_checksum_constructor_transferprogress_new': 4182,
  'uniffi_aipass_checksum_func_ai_pass_provider': 6661,
  'uniffi_aipass_checksum_func_ai_pass_provider_at': 51141,
  'uniffi_aipass_checksum_func_ai_stats_provider': 3241,
  'uniffi_aipass_checksum_func_custom_provider': 33451,
  'uniffi_aipass_checksum_func_default_config': 61222,
  'uniffi_aipass_checksum_func_discover_provider': 48510,
  'uniffi_aipass_checksum_func_judge_receipt': 21774,
  'uniffi_aipass_checksum_func_native_app_metadata': 27338,
  'uniffi_aipass_checksum_func_phaseo_provider': 61338,
  'uniffi_aipass_checksum_func_phaseo_provider_at': 64744,
  'uniffi_aipass_checksum_func_shut_down': 63786,
  'uniffi_aipass_checksum_method_aipass_access_token': 60397,
  'uniffi_aipass_checksum_method_aipass_balance': 6776,
  'uniffi_aipass_checksum_method_aipass_balances': 35842,
  'uniffi_aipass_checksum_method_aipass_begin_device_sign_in': 13156,
  'uniffi_aipass_checksum_method_aipass_begin_sign_in': 16180,
  'uniffi_aipass_checksum_method_aipass_call_endpoint': 4804,
  'uniffi_aipass_checksum_method_aipass_cancel_sign_in': 43479,
  'uniffi_aipass_checksum_method_aipass_chat': 28335,
  'uniffi_aipass_checksum_method_aipass_chat_stream': 54747,
  'uniffi_aipass_checksum_method_aipass_check_photo': 56172,
  'uniffi_aipass_checksum_method_aipass_checkout_url': 32747,
  'uniffi_aipass_checksum_method_aipass_choose_model': 9556,
  'uniffi_aipass_checksum_method_aipass_client': 2772,
  'uniffi_aipass_checksum_method_aipass_client_usage': 56733,
  'uniffi_aipass_checksum_method_aipass_clients': 29029,
  'uniffi_aipass_checksum_method_aipass_complete_device_sign_in': 62985,
  'uniffi_aipass_checksum_method_aipass_complete_sign_in': 56094,
  'uniffi_aipass_checksum_method_aipass_create_client': 7064,
  'uniffi_aipass_checksum_method_aipass_create_video': 13061,
  'uniffi_aipass_checksum_method_aipass_deactivate_client': 39455,
  'uniffi_aipass_checksum_method_aipass_delete_client': 21592,
  'uniffi_aipass_checksum_method_aipass_describe_image': 26239,
  'uniffi_aipass_checksum_method_aipass_diagnostics': 25199,
  'uniffi_aipass_checksum_method_aipass_discarded_tokens': 8901,
  'uniffi_aipass_checksum_method_aipass_download_video': 40122,
  'uniffi_aipass_checksum_method_aipass_edit_image': 55903,
  'uniffi_aipass_checksum_method_aipass_embed': 54265,
  'uniffi_aipass_checksum_method_aipass_end_session_url': 54090,
  'uniffi_aipass_checksum_method_aipass_estimate': 53368,
  'uniffi_aipass_checksum_method_aipass_extract_json': 975,
  'uniffi_aipass_checksum_method_aipass_forget_session': 44036,
  'uniffi_aipass_checksum_method_aipass_generate_image': 39223,
  'uniffi_aipass_checksum_method_aipass_image_bytes': 50294,
  'uniffi_aipass_checksum_method_aipass_is_callback': 31702,
  'uniffi_aipass_checksum_method_aipass_log': 52896,
  'uniffi_aipass_checksum_method_aipass_model': 56186,
  'uniffi_aipass_checksum_method_aipass_models': 28605,
  'uniffi_aipass_checksum_method_aipass_models_matching': 17758,
  'uniffi_aipass_checksum_method_aipass_pending_device_sign_in': 29693,
  'uniffi_aipass_checksum_method_aipass_prepared_chat': 16646,
  'uniffi_aipass_checksum_method_aipass_prepared_scan': 31331,
  'uniffi_aipass_checksum_method_aipass_refresh_balance': 56719,
  'uniffi_aipass_checksum_method_aipass_remix_video': 7773,
  'uniffi_aipass_checksum_method_aipass_replaced_sign_in': 19176,
  'uniffi_aipass_checksum_method_aipass_request': 5156,
  'uniffi_aipass_checksum_method_aipass_reset_spending': 2939,
  'uniffi_aipass_checksum_method_aipass_resumed': 35304,
  'uniffi_aipass_checksum_method_aipass_save_image': 4538,
  'uniffi_aipass_checksum_method_aipass_scan_receipt': 21706,
  'uniffi_aipass_checksum_method_aipass_scan_receipts': 34739,
  'uniffi_aipass_checksum_method_aipass_session_info': 16992,
  'uniffi_aipass_checksum_method_aipass_session_state': 42422,
  'uniffi_aipass_checksum_method_aipass_session_states': 60457,
  'uniffi_aipass_checksum_method_aipass_sign_out': 43154,
  'uniffi_aipass_checksum_method_aipass_speak': 34529,
  'uniffi_aipass_checksum_method_aipass_speak_streamed': 47177,
  'uniffi_aipass_checksum_method_aipass_speak_to_file': 7342,
  'uniffi_aipass_checksum_method_aipass_spending': 49250,
  'uniffi_aipass_checksum_method_aipass_transcribe': 35385,
  'uniffi_aipass_checksum_method_aipass_update_client': 50357,
  'uniffi_aipass_checksum_method_aipass_user_info': 3393,
  'uniffi_aipass_checksum_method_aipass_vary_image': 27886,
  'uniffi_aipass_checksum_method_aipass_video': 14926,
  'uniffi_aipass_checksum_method_aipass_video_updates': 1502,
  'uniffi_aipass_checksum_method_aipass_wait_for_video': 28870,
  'uniffi_aipass_checksum_method_aipass_with': 35159,
  'uniffi_aipass_checksum_method_aipass_with_cancellation': 4567,
  'uniffi_aipass_checksum_method_balances_cancel': 9849,
  'uniffi_aipass_checksum_method_balances_next': 14158,
  'uniffi_aipass_checksum_method_bytestream_cancel': 52165,
  'uniffi_aipass_checksum_method_bytestream_cost': 13731,
  'uniffi_aipass_checksum_method_bytestream_media_type': 37607,
  'uniffi_aipass_checksum_method_bytestream_model': 17367,
  'uniffi_aipass_checksum_method_bytestream_next': 14953,
  'uniffi_aipass_checksum_method_cancellation_cancel': 26165,
  'uniffi_aipass_checksum_method_cancellation_is_cancelled': 16564,
  'uniffi_aipass_checksum_method_chatstream_answer': 3318,
  'uniffi_aipass_checksum_method_chatstream_cancel': 51500,
  'uniffi_aipass_checksum_method_chatstream_next': 25405,
  'uniffi_aipass_checksum_method_chatstream_received_text': 55524,
  'uniffi_aipass_checksum_method_clientregistration_delete': 5507,
  'uniffi_aipass_checksum_method_clientregistration_read': 56181,
  'uniffi_aipass_checksum_method_clientregistration_register': 60868,
  'uniffi_aipass_checksum_method_clientregistration_update': 32305,
  'uniffi_aipass_checksum_method_conversation_ask': 27678,
  'uniffi_aipass_checksum_method_conversation_clear': 52287,
  'uniffi_aipass_checksum_method_conversation_messages': 21168,
  'uniffi_aipass_checksum_method_conversation_save': 15538,
  'uniffi_aipass_checksum_method_conversation_stream': 12215,
  'uniffi_aipass_checksum_method_loopbacklistener_cancel': 38324,
  'uniffi_aipass_checksum_method_loopbacklistener_receive': 33691,
  'uniffi_aipass_checksum_method_loopbacklistener_redirect_uri': 48513,
  'uniffi_aipass_checksum_method_preparedchat_can_send': 11776,
  'uniffi_aipass_checksum_method_preparedchat_send': 47968,
  'uniffi_aipass_checksum_method_preparedchat_stream': 2987,
  'uniffi_aipass_checksum_method_preparedscan_can_send': 57726,
  'uniffi_aipass_checksum_method_preparedscan_send': 16751,
  'uniffi_aipass_checksum_method_servertrust_verify': 28586,
  'uniffi_aipass_checksum_method_sessionstates_cancel': 37172,
  'uniffi_aipass_checksum_method_sessionstates_next': 57997,
  'uniffi_aipass_checksum_method_sessionstore_compare_and_swap': 35435,
  'uniffi_aipass_checksum_method_sessionstore_delete': 3328,
  'uniffi_aipass_checksum_method_sessionstore_load': 51546,
  'uniffi_aipass_checksum_method_transferprogress_count': 31518,
  'uniffi_aipass_checksum_method_videoupdates_cancel': 24278,
  'uniffi_aipass_checksum_method_videoupdates_next': 33282,
};

final int Function(int, Pointer<_CallStatus>) _cloneAipass =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_aipass',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneBalances =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_balances',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneBytestream =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_bytestream',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneCancellation =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_cancellation',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneChatstream =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_chatstream',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneClientregistration =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_clientregistration',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneConversation =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_conversation',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneLoopbacklistener =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_loopbacklistener',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _clonePreparedchat =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_preparedchat',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _clonePreparedscan =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_preparedscan',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneSessionstates =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_sessionstates',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneTransferprogress =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_transferprogress',
        isLeaf: true);

final int Function(int, Pointer<_CallStatus>) _cloneVideoupdates =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_clone_videoupdates',
        isLeaf: true);

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, int,
        Pointer<_CallStatus>) _constructorAipassNew =
    _library.lookupFunction<
        Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, Int8,
            Pointer<_CallStatus>),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, int,
            Pointer<_CallStatus>)>('uniffi_aipass_fn_constructor_aipass_new');

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, int)
    _constructorAipassOpen = _library.lookupFunction<
        Uint64 Function(
            _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, Int8),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer, _RustBuffer,
            int)>('uniffi_aipass_fn_constructor_aipass_open');

final int Function(Pointer<_CallStatus>) _constructorCancellationNew =
    _library.lookupFunction<Uint64 Function(Pointer<_CallStatus>), int Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_constructor_cancellation_new');

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, int, Pointer<_CallStatus>) _constructorClientregistrationNew =
    _library.lookupFunction<
        Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, Int8, Pointer<_CallStatus>),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer, int,
            Pointer<_CallStatus>)>('uniffi_aipass_fn_constructor_clientregistration_new');

final int Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>) _constructorConversationNew =
    _library.lookupFunction<Uint64 Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>),
        int Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_constructor_conversation_new');

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>) _constructorConversationResume =
    _library.lookupFunction<
        Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>),
        int Function(_RustBuffer, _RustBuffer, _RustBuffer,
            Pointer<_CallStatus>)>('uniffi_aipass_fn_constructor_conversation_resume');

final int Function(_RustBuffer, _RustBuffer) _constructorLoopbacklistenerBind =
    _library.lookupFunction<Uint64 Function(_RustBuffer, _RustBuffer), int Function(_RustBuffer, _RustBuffer)>(
        'uniffi_aipass_fn_constructor_loopbacklistener_bind');

final int Function(Pointer<_CallStatus>) _constructorTransferprogressNew =
    _library.lookupFunction<Uint64 Function(Pointer<_CallStatus>), int Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_constructor_transferprogress_new');

final Pointer<NativeFunction<_FreeObject>> _freeAipassAddress = _library.lookup('uniffi_aipass_fn_free_aipass');

final Pointer<NativeFunction<_FreeObject>> _freeCancellationAddress =
    _library.lookup('uniffi_aipass_fn_free_cancellation');

final Pointer<NativeFunction<_FreeObject>> _freeClientregistrationAddress =
    _library.lookup('uniffi_aipass_fn_free_clientregistration');

final Pointer<NativeFunction<_FreeObject>> _freeConversationAddress =
    _library.lookup('uniffi_aipass_fn_free_conversation');

final Pointer<NativeFunction<_FreeObject>> _freeLoopbacklistenerAddress =
    _library.lookup('uniffi_aipass_fn_free_loopbacklistener');

final Pointer<NativeFunction<_FreeObject>> _freePreparedchatAddress =
    _library.lookup('uniffi_aipass_fn_free_preparedchat');

final Pointer<NativeFunction<_FreeObject>> _freePreparedscanAddress =
    _library.lookup('uniffi_aipass_fn_free_preparedscan');

final Pointer<NativeFunction<_FreeObject>> _freeTransferprogressAddress =
    _library.lookup('uniffi_aipass_fn_free_transferprogress');

final _RustBuffer Function(Pointer<_CallStatus>) _funcAiPassProvider =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_ai_pass_provider');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _funcAiPassProviderAt = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_ai_pass_provider_at');

final _RustBuffer Function(Pointer<_CallStatus>) _funcAiStatsProvider =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_ai_stats_provider');

final _RustBuffer Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>) _funcCustomProvider =
    _library.lookupFunction<
        _RustBuffer Function(_RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>),
        _RustBuffer Function(
            _RustBuffer, _RustBuffer, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_custom_provider');

final _RustBuffer Function(Pointer<_CallStatus>) _funcDefaultConfig =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_default_config');

final int Function(_RustBuffer, _RustBuffer, _RustBuffer, int) _funcDiscoverProvider = _library.lookupFunction<
    Uint64 Function(_RustBuffer, _RustBuffer, _RustBuffer, Int8),
    int Function(_RustBuffer, _RustBuffer, _RustBuffer, int)>('uniffi_aipass_fn_func_discover_provider');

final _RustBuffer Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>) _funcJudgeReceipt = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_judge_receipt');

final _RustBuffer Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>) _funcNativeAppMetadata =
    _library.lookupFunction<
        _RustBuffer Function(_RustBuffer, _RustBuffer, Pointer<_CallStatus>),
        _RustBuffer Function(
            _RustBuffer, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_native_app_metadata');

final _RustBuffer Function(Pointer<_CallStatus>) _funcPhaseoProvider =
    _library.lookupFunction<_RustBuffer Function(Pointer<_CallStatus>), _RustBuffer Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_phaseo_provider');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _funcPhaseoProviderAt = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_func_phaseo_provider_at');

final void Function(Pointer<_CallStatus>) _funcShutDown =
    _library.lookupFunction<Void Function(Pointer<_CallStatus>), void Function(Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_func_shut_down');

final _FutureKind<void> _futureOfVoid =
    _FutureKind(_rustFuturePollVoidAddress, _rustFutureCompleteVoid, _rustFutureFreeVoidAddress);

final int Function(int, _RustBuffer) _methodAipassAccessToken =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_access_token');

final int Function(int) _methodAipassBalance =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_balance');

final int Function(int, _RustBuffer, Pointer<_CallStatus>) _methodAipassBalances = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, Pointer<_CallStatus>),
    int Function(int, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_balances');

final int Function(int, _RustBuffer) _methodAipassBeginDeviceSignIn =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_begin_device_sign_in');

final int Function(int, _RustBuffer) _methodAipassBeginSignIn =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_begin_sign_in');

final int Function(int, _RustBuffer) _methodAipassCallEndpoint =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_call_endpoint');

final int Function(int) _methodAipassCancelSignIn = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_cancel_sign_in');

final int Function(int, _RustBuffer) _methodAipassChat =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_chat');

final int Function(int, _RustBuffer) _methodAipassChatStream =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_chat_stream');

final int Function(int, _RustBuffer) _methodAipassCheckPhoto =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_check_photo');

final int Function(int, _RustBuffer) _methodAipassCheckoutUrl =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_checkout_url');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassChooseModel = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_choose_model');

final int Function(int, _RustBuffer) _methodAipassClient =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_client');

final int Function(int, _RustBuffer) _methodAipassClientUsage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_client_usage');

final int Function(int) _methodAipassClients =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_clients');

final int Function(int) _methodAipassCompleteDeviceSignIn =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>(
        'uniffi_aipass_fn_method_aipass_complete_device_sign_in');

final int Function(int, _RustBuffer) _methodAipassCompleteSignIn =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_complete_sign_in');

final int Function(int, _RustBuffer) _methodAipassCreateClient =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_create_client');

final int Function(int, _RustBuffer) _methodAipassCreateVideo =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_create_video');

final int Function(int, _RustBuffer) _methodAipassDeactivateClient =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_deactivate_client');

final int Function(int, _RustBuffer) _methodAipassDeleteClient =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_delete_client');

final int Function(int, _RustBuffer) _methodAipassDescribeImage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_describe_image');

final int Function(int) _methodAipassDiagnostics =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_diagnostics');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodAipassDiscardedTokens = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_discarded_tokens');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassDownloadVideo = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_download_video');

final int Function(int, _RustBuffer) _methodAipassEditImage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_edit_image');

final int Function(int, _RustBuffer) _methodAipassEmbed =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_embed');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassEndSessionUrl = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_end_session_url');

final int Function(int, _RustBuffer) _methodAipassEstimate =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_estimate');

final int Function(int, _RustBuffer) _methodAipassExtractJson =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_extract_json');

final int Function(int) _methodAipassForgetSession = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_forget_session');

final int Function(int, _RustBuffer) _methodAipassGenerateImage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_generate_image');

final int Function(int, _RustBuffer) _methodAipassImageBytes =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_image_bytes');

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

final int Function(int, _RustBuffer) _methodAipassModelsMatching =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_models_matching');

final int Function(int) _methodAipassPendingDeviceSignIn =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>(
        'uniffi_aipass_fn_method_aipass_pending_device_sign_in');

final int Function(int, _RustBuffer) _methodAipassPreparedChat =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_prepared_chat');

final int Function(int, _RustBuffer) _methodAipassPreparedScan =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_prepared_scan');

final int Function(int) _methodAipassRefreshBalance = _library
    .lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_refresh_balance');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassRemixVideo = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_remix_video');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodAipassReplacedSignIn = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_replaced_sign_in');

final int Function(int, _RustBuffer) _methodAipassRequest =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_request');

final int Function(int, _RustBuffer) _methodAipassResetSpending =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_reset_spending');

final void Function(int, Pointer<_CallStatus>) _methodAipassResumed =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_aipass_resumed');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassSaveImage = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_save_image');

final int Function(int, _RustBuffer) _methodAipassScanReceipt =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_scan_receipt');

final int Function(int, _RustBuffer) _methodAipassScanReceipts =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_scan_receipts');

final int Function(int) _methodAipassSessionInfo =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_session_info');

final int Function(int) _methodAipassSessionState =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_session_state');

final int Function(int, Pointer<_CallStatus>) _methodAipassSessionStates =
    _library.lookupFunction<Uint64 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_aipass_session_states');

final int Function(int) _methodAipassSignOut =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_sign_out');

final int Function(int, _RustBuffer) _methodAipassSpeak =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_speak');

final int Function(int, _RustBuffer) _methodAipassSpeakStreamed =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_speak_streamed');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassSpeakToFile = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_speak_to_file');

final int Function(int) _methodAipassSpending =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_spending');

final int Function(int, _RustBuffer) _methodAipassTranscribe =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_transcribe');

final int Function(int, _RustBuffer, _RustBuffer) _methodAipassUpdateClient = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_aipass_update_client');

final int Function(int) _methodAipassUserInfo =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_aipass_user_info');

final int Function(int, _RustBuffer) _methodAipassVaryImage =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_vary_image');

final int Function(int, _RustBuffer) _methodAipassVideo =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_video');

final int Function(int, _RustBuffer, Pointer<_CallStatus>) _methodAipassVideoUpdates = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, Pointer<_CallStatus>),
    int Function(int, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_video_updates');

final int Function(int, _RustBuffer) _methodAipassWaitForVideo =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_aipass_wait_for_video');

final int Function(int, _RustBuffer, Pointer<_CallStatus>) _methodAipassWith = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, Pointer<_CallStatus>),
    int Function(int, _RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_with');

final int Function(int, int, Pointer<_CallStatus>) _methodAipassWithCancellation = _library.lookupFunction<
    Uint64 Function(Uint64, Uint64, Pointer<_CallStatus>),
    int Function(int, int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_aipass_with_cancellation');

final void Function(int, Pointer<_CallStatus>) _methodBalancesCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_balances_cancel');

final Pointer<NativeFunction<_FreeObject>> _methodBalancesCancelAddress =
    _library.lookup('uniffi_aipass_fn_method_balances_cancel');

final int Function(int) _methodBalancesNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_balances_next');

final void Function(int, Pointer<_CallStatus>) _methodBytestreamCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_bytestream_cancel');

final Pointer<NativeFunction<_FreeObject>> _methodBytestreamCancelAddress =
    _library.lookup('uniffi_aipass_fn_method_bytestream_cancel');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodBytestreamCost = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_bytestream_cost');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodBytestreamMediaType = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_bytestream_media_type');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodBytestreamModel = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_bytestream_model');

final int Function(int) _methodBytestreamNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_bytestream_next');

final void Function(int, Pointer<_CallStatus>) _methodCancellationCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_cancellation_cancel');

final int Function(int, Pointer<_CallStatus>) _methodCancellationIsCancelled =
    _library.lookupFunction<Int8 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_cancellation_is_cancelled');

final int Function(int) _methodChatstreamAnswer =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_chatstream_answer');

final void Function(int, Pointer<_CallStatus>) _methodChatstreamCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_chatstream_cancel');

final Pointer<NativeFunction<_FreeObject>> _methodChatstreamCancelAddress =
    _library.lookup('uniffi_aipass_fn_method_chatstream_cancel');

final int Function(int) _methodChatstreamNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_chatstream_next');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodChatstreamReceivedText = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_chatstream_received_text');

final int Function(int, _RustBuffer) _methodClientregistrationDelete =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_clientregistration_delete');

final int Function(int, _RustBuffer) _methodClientregistrationRead =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_clientregistration_read');

final int Function(int, _RustBuffer, _RustBuffer) _methodClientregistrationRegister = _library.lookupFunction<
    Uint64 Function(Uint64, _RustBuffer, _RustBuffer),
    int Function(int, _RustBuffer, _RustBuffer)>('uniffi_aipass_fn_method_clientregistration_register');

final int Function(int, _RustBuffer) _methodClientregistrationUpdate =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_clientregistration_update');

final int Function(int, int, _RustBuffer) _methodConversationAsk =
    _library.lookupFunction<Uint64 Function(Uint64, Uint64, _RustBuffer), int Function(int, int, _RustBuffer)>(
        'uniffi_aipass_fn_method_conversation_ask');

final void Function(int, Pointer<_CallStatus>) _methodConversationClear =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_conversation_clear');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodConversationMessages = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_conversation_messages');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodConversationSave = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_conversation_save');

final int Function(int, int, _RustBuffer) _methodConversationStream =
    _library.lookupFunction<Uint64 Function(Uint64, Uint64, _RustBuffer), int Function(int, int, _RustBuffer)>(
        'uniffi_aipass_fn_method_conversation_stream');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _methodErrorCode = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_error_code');

final _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>) _methodErrorText = _library.lookupFunction<
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>),
    _RustBuffer Function(_RustBuffer, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_error_text');

final void Function(int, Pointer<_CallStatus>) _methodLoopbacklistenerCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_loopbacklistener_cancel');

final int Function(int, _RustBuffer) _methodLoopbacklistenerReceive =
    _library.lookupFunction<Uint64 Function(Uint64, _RustBuffer), int Function(int, _RustBuffer)>(
        'uniffi_aipass_fn_method_loopbacklistener_receive');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodLoopbacklistenerRedirectUri = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_loopbacklistener_redirect_uri');

final int Function(int, Pointer<_CallStatus>) _methodPreparedchatCanSend =
    _library.lookupFunction<Int8 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_preparedchat_can_send');

final int Function(int) _methodPreparedchatSend =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_preparedchat_send');

final int Function(int) _methodPreparedchatStream =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_preparedchat_stream');

final int Function(int, Pointer<_CallStatus>) _methodPreparedscanCanSend =
    _library.lookupFunction<Int8 Function(Uint64, Pointer<_CallStatus>), int Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_preparedscan_can_send');

final int Function(int) _methodPreparedscanSend =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_preparedscan_send');

final void Function(int, Pointer<_CallStatus>) _methodSessionstatesCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_sessionstates_cancel');

final Pointer<NativeFunction<_FreeObject>> _methodSessionstatesCancelAddress =
    _library.lookup('uniffi_aipass_fn_method_sessionstates_cancel');

final int Function(int) _methodSessionstatesNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_sessionstates_next');

final _RustBuffer Function(int, Pointer<_CallStatus>) _methodTransferprogressCount = _library.lookupFunction<
    _RustBuffer Function(Uint64, Pointer<_CallStatus>),
    _RustBuffer Function(int, Pointer<_CallStatus>)>('uniffi_aipass_fn_method_transferprogress_count');

final void Function(int, Pointer<_CallStatus>) _methodVideoupdatesCancel =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'uniffi_aipass_fn_method_videoupdates_cancel');

final Pointer<NativeFunction<_FreeObject>> _methodVideoupdatesCancelAddress =
    _library.lookup('uniffi_aipass_fn_method_videoupdates_cancel');

final int Function(int) _methodVideoupdatesNext =
    _library.lookupFunction<Uint64 Function(Uint64), int Function(int)>('uniffi_aipass_fn_method_videoupdates_next');

final void Function(int, Pointer<_CallStatus>) _rustFutureCompleteVoid =
    _library.lookupFunction<Void Function(Uint64, Pointer<_CallStatus>), void Function(int, Pointer<_CallStatus>)>(
        'ffi_aipass_rust_future_complete_void');

final Pointer<NativeFunction<_FreeFuture>> _rustFutureFreeVoidAddress =
    _library.lookup('ffi_aipass_rust_future_free_void');

final Pointer<NativeFunction<_Poll>> _rustFuturePollVoidAddress = _library.lookup('ffi_aipass_rust_future_poll_void');
