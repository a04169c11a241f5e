import 'dart:convert';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'descriptions.dart';
import 'sandbox.dart';

/// A client that a step registered, for the next.
class Registered {
  ClientRegistration? registration;
  RegisteredClient? client;
}

/// The steps about other providers, and about sign-ins that only some of them offer.
class Providers {
  Providers(this._ai, this._step, this._sandbox, this._registered);

  final AiPass _ai;
  final Json _step;
  final Sandbox _sandbox;
  final Registered _registered;

  late final Map<String, Future<Object?> Function()> steps = {
    'discover': () async => _describeProvider(await discoverProvider(_text('issuer')!)),
    'register': _register,
    'read_registration': () async => _remember(await _registered.registration!.read(_registered.client!)),
    'update_registration': () async => _remember(await _registered.registration!.update(_renamed(_registered.client!))),
    'delete_registration': () => _registered.registration!.delete(_registered.client!),
    'begin_device_sign_in': () async => _describeDevice(await _ai.beginDeviceSignIn(signInOptions(_step))),
    'pending_device_sign_in': () async {
      final pending = await _ai.pendingDeviceSignIn();
      return pending == null ? null : _describeDevice(pending);
    },
    'complete_device_sign_in': _ai.completeDeviceSignIn,
    'cancel_sign_in': _ai.cancelSignIn,
    'session_info': () async {
      final info = await _ai.sessionInfo();
      return info == null ? null : _describeSession(info);
    },
    'await_session_state': () =>
        _ai.sessionStates().map(describeState).firstWhere((state) => state['state'] == _text('state')),
    'end_session_url': () async {
      final url =
          await _ai.endSessionUrl(postLogoutRedirectUri: _text('post_logout_redirect_uri'), state: _text('state'));
      return {'url': '$url', 'parameters': parametersOf(url)};
    },
    'request': _request,
  };

  /// The provider that the step names: AI Pass if it names none.
  Future<Provider> provider() async {
    switch (_text('provider')) {
      case 'phaseo':
        return Provider.phaseoAt(_sandbox.baseUrl);
      case 'discovered':
        final found = await discoverProvider(_text('issuer')!);
        final modelApi = _text('model_api') == null ? null : Uri.parse(_text('model_api')!);
        return found.copyWith(
          defaultScopes: _texts('scopes'),
          modelApi: modelApi,
          resourceOrigins: modelApi == null ? null : [modelApi],
        );
      default:
        return Provider.aiPassAt(_sandbox.baseUrl);
    }
  }

  Future<Object?> _register() async {
    final registration = ClientRegistration(await provider());
    addTearDown(registration.close);
    final metadata = ClientMetadata.nativeApp(clientName: _text('client_name')!, redirectUris: _texts('redirect_uris'));
    final client = await registration.register(metadata: metadata);
    _registered.registration = registration;
    return _remember(client);
  }

  RegisteredClient _renamed(RegisteredClient client) => RegisteredClient(
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        clientIdIssuedAt: client.clientIdIssuedAt,
        clientSecretExpiresAt: client.clientSecretExpiresAt,
        registrationAccessToken: client.registrationAccessToken,
        registrationClientUri: client.registrationClientUri,
        metadata: ClientMetadata.nativeApp(
          clientName: _text('client_name')!,
          redirectUris: client.metadata.redirectUris,
        ),
      );

  Json _remember(RegisteredClient client) {
    _registered.client = client;
    return _describeRegistered(client);
  }

  Future<Object?> _request() async {
    final body = _step.containsKey('body') ? utf8.encode(jsonEncode(_step['body'])) : null;
    final answer = await _ai.request(ResourceRequest(
      url: Uri.parse(_text('url')!),
      method: body == null ? RawMethod.get : RawMethod.post,
      body: body,
    ));
    return {'status': answer.status, 'body': jsonDecode(utf8.decode(answer.body)) as Object?};
  }

  String? _text(String name) => _step[name] as String?;

  List<String> _texts(String name) => _textsOf(_step, name);
}

/// The options of a step that begins a sign-in.
SignInOptions signInOptions(Json step) => SignInOptions(
      scopes: _textsOf(step, 'scopes'),
      keepGrantedScopes: step['keep_granted_scopes'] == true,
      pushParameters: step['push_parameters'] == true,
    );

/// The names of the URL's parameters, sorted.
List<String> parametersOf(Uri url) => url.queryParameters.keys.toList()..sort();

List<String> _textsOf(Json step, String name) => (step[name] as List<Object?>? ?? const []).cast<String>();

Json _describeProvider(Provider provider) => {
      'issuer': provider.issuer,
      'offers': [
        if (provider.deviceAuthorizationEndpoint != null) 'device_authorization',
        if (provider.pushedAuthorizationRequestEndpoint != null) 'pushed_authorization_requests',
        if (provider.registrationEndpoint != null) 'registration',
        if (provider.revocationEndpoint != null) 'revocation',
        if (provider.userinfoEndpoint != null) 'userinfo',
        if (provider.endSessionEndpoint != null) 'end_session',
        if (provider.modelApi != null) 'model_api',
      ],
      'scopes': provider.defaultScopes,
      'requires_pushed_parameters': provider.requirePushedAuthorizationRequests,
    };

Json _describeDevice(DeviceSignIn begun) => {
      'user_code': begun.userCode,
      'verification_uri': '${begun.verificationUri}',
      'verification_uri_complete': begun.verificationUriComplete?.toString(),
      'interval': begun.interval.inMilliseconds / 1000,
    };

Json _describeSession(SessionInfo info) => {
      'subject': info.subject,
      'granted_scopes': info.grantedScopes,
      'missing_scopes': info.missingScopes,
      'has_refresh_token': info.hasRefreshToken,
      'has_end': info.endsAt != null,
    };

Json _describeRegistered(RegisteredClient client) => {
      'client_id': client.clientId,
      'client_name': client.metadata.clientName,
      'redirect_uris': client.metadata.redirectUris,
      'grant_types': client.metadata.grantTypes,
      'has_secret': client.clientSecret != null,
      'is_manageable': client.registrationAccessToken != null && client.registrationClientUri != null,
    };
