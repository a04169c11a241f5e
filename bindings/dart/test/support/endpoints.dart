import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:aipass/aipass.dart';
import 'package:test/test.dart';

import 'descriptions.dart';
import 'sandbox.dart';
import 'talk.dart';

/// What one step leaves for the next.
class Memory {
  GeneratedImage? image;
  AudioFile? recording;
  String video = '';
  OAuthClient? client;
}

/// The steps that call other models than those that chat, and the account.
class Endpoints {
  Endpoints(this._ai, this._step, this._folder, this._memory);

  final AiPass _ai;
  final Json _step;
  final Directory _folder;
  final Memory _memory;

  late final Map<String, Future<Object?> Function()> steps = {
    'models': _models,
    'model': () async => _describeModel(await _ai.model(_text('id')!)),
    'choose_model': _chooseModel,
    'embed': _embed,
    'generate_image': () async => _remember(await _ai.generateImage(
        ImageRequest(prompt: _text('prompt')!, n: _number('count'), size: _text('size'), responseFormat: _form()))),
    'edit_image': () async => _remember(await _ai.editImage(ImageEdit(
          images: _texts('photos').map(photoOf).toList(),
          mask: _text('mask') == null ? null : photoOf(_text('mask')!),
          prompt: _text('prompt')!,
          size: _text('size'),
        ))),
    'vary_image': () async =>
        _remember(await _ai.varyImage(ImageVariation(image: photoOf(_text('photo')!), size: _text('size')))),
    'save_image': () async {
      final path = '${_folder.path}/image.png';
      await _ai.saveImage(image: _memory.image!, destination: path);
      return _describePng(File(path).readAsBytesSync());
    },
    'speak': () async {
      final audio = await _ai.speak(_speech());
      _memory.recording = AudioFile.bytes(audio.bytes);
      return {'media_type': audio.mediaType, 'bytes': audio.bytes.length, 'model': audio.model};
    },
    'speak_streamed': _speakStreamed,
    'speak_to_file': _speakToFile,
    'transcribe': _transcribe,
    'create_video': () async => _rememberVideo(await _ai.createVideo(VideoRequest(
          prompt: _text('prompt')!,
          seconds: _number('seconds'),
          inputReference: _text('photo') == null ? null : photoOf(_text('photo')!),
        ))),
    'remix_video': () async => _rememberVideo(await _ai.remixVideo(id: _memory.video, prompt: _text('prompt')!)),
    'video': () async => _describeVideo(await _ai.video(_memory.video)),
    'wait_for_video': () async => _describeVideo(await _ai.waitForVideo(_memory.video)),
    'video_updates': _videoUpdates,
    'download_video': _downloadVideo,
    'create_client': () async => _rememberClient(await _ai.createClient(_settings())),
    'clients': () async => {'clients': (await _ai.clients()).map(_describeClient).toList()},
    'client': () async => _describeClient(await _ai.client(_memory.client!.id)),
    'update_client': () async => _rememberClient(await _ai.updateClient(_memory.client!.id, settings: _settings())),
    'deactivate_client': () => _ai.deactivateClient(_memory.client!.id),
    'delete_client': () => _ai.deleteClient(_memory.client!.id),
    'client_usage': () async {
      final usage = await _ai.clientUsage(_memory.client!.clientId);
      return {'requests': usage.requests, 'cost': figure(usage.cost)};
    },
    'checkout_url': () async => {'url': '${await _ai.checkoutUrl(Decimal.parse(_text('amount')!))}'},
    'call_endpoint': _callEndpoint,
  };

  Future<Object?> _models() async {
    final filter = ModelFilter(kind: _text('kind'), capability: _text('capability'), method: _text('method'));
    final models = filter == const ModelFilter() ? await _ai.models() : await _ai.modelsMatching(filter);
    return {'models': models.map(_describeModel).toList()};
  }

  Future<Object?> _chooseModel() async {
    final capability = Capability.values.singleWhere((one) => _snakeCase(one.name) == _text('capability'));
    final choice = await _ai.chooseModel(capability: capability, preferences: _texts('preferences'));
    return {
      'model': choice.model,
      ...switch (choice.reason) {
        ChoiceReasonPreferred(:final missing) => {'reason': 'preferred', 'missing': missing},
        ChoiceReasonFirstSuitable() => {'reason': 'first_suitable'},
        ChoiceReasonNoCatalogue() => {'reason': 'no_catalogue'},
      },
    };
  }

  Future<Object?> _embed() async {
    final format = _text('encoding_format');
    final request = EmbeddingRequest(
      input: _texts('input'),
      dimensions: _number('dimensions'),
      encodingFormat: format == null ? null : EmbeddingEncodingFormat.values.byName(format),
    );
    final vectors = (await _ai.embed(request)).vectors;
    return {
      'lengths': [for (final vector in vectors) vector.length],
      'equal': vectors.every((vector) => equals(vectors.first).matches(vector, {})),
    };
  }

  Future<Object?> _speakStreamed() async {
    final stream = await _ai.openSpeech(_speech());
    final cancelAfter = _number('cancel_after');
    final bytes = BytesBuilder();
    await (cancelAfter == null ? stream.pieces : stream.pieces.take(cancelAfter)).forEach(bytes.add);
    final (mediaType, model) = (stream.mediaType(), stream.model());
    stream.close();
    _memory.recording = AudioFile.bytes(bytes.toBytes());
    return {'media_type': mediaType, 'bytes': bytes.length, 'model': model};
  }

  Future<Object?> _speakToFile() async {
    final path = '${_folder.path}/speech';
    final progress = TransferProgress();
    final ai = _ai.withOptions(CallOptions(progress: progress));
    final saved = await ai.speakToFile(request: _speech(), destination: path);
    expect(File(path).lengthSync(), saved.size);
    _memory.recording = AudioFile.file(path);
    return {'bytes': saved.size, 'received': progress.count().received, 'cost': figure(saved.cost)};
  }

  Future<Object?> _transcribe() async {
    final form = _text('form') == null ? null : TranscriptResponseFormat.values.byName(_text('form')!);
    final transcript = await _ai.transcribe(TranscriptionRequest(file: _memory.recording!, responseFormat: form));
    return {
      'text': transcript.text,
      'segments': [
        for (final segment in transcript.segments) {'text': segment.text},
      ],
      'words': [for (final word in transcript.words) word.text],
      'model': transcript.model,
    };
  }

  Future<Object?> _videoUpdates() async {
    final updates = _ai.videoUpdates(_memory.video);
    final cancelAfter = _number('cancel_after');
    final wanted = cancelAfter == null ? updates : updates.take(cancelAfter);
    return {'changes': await wanted.map(_describeVideo).toList()};
  }

  Future<Object?> _downloadVideo() async {
    final path = '${_folder.path}/video.mp4';
    final progress = TransferProgress();
    final ai = _ai.withOptions(CallOptions(progress: progress));
    final saved = await ai.downloadVideo(id: _memory.video, destination: path);
    final isMp4 = latin1.decode(File(path).readAsBytesSync().sublist(4, 8)) == 'ftyp';
    return {'bytes': saved.size, 'received': progress.count().received, 'is_mp4': isMp4};
  }

  Future<Object?> _callEndpoint() async {
    final answer = await _ai.callEndpoint(RawRequest(
      api: _text('api') == 'account' ? Api.account : Api.model,
      method: RawMethod.values.byName(_text('method')!.toLowerCase()),
      path: _text('path')!,
      query: (_step['query'] as Json? ?? const {}).cast<String, String>(),
      bodyJson: _step.containsKey('body') ? jsonEncode(_step['body']) : null,
    ));
    final body = jsonDecode(utf8.decode(answer.body)) as Object?;
    return {'status': answer.status, 'media_type': answer.mediaType, 'body': body};
  }

  Future<Object?> _remember(GeneratedImages answer) async {
    final images = [for (final image in answer.images) _describePng(await _ai.imageBytes(image))];
    _memory.image = answer.images.first;
    return {'images': images, 'model': answer.model};
  }

  Json _rememberVideo(VideoJob job) {
    _memory.video = job.id;
    return _describeVideo(job);
  }

  Json _rememberClient(OAuthClient client) {
    _memory.client = client;
    return _describeClient(client);
  }

  ClientSettings _settings() =>
      ClientSettings(name: _text('name'), redirectUris: _texts('redirect_uris'), scopes: _texts('scopes'));

  SpeechRequest _speech() => SpeechRequest(
      input: _text('text')!,
      responseFormat: _text('format') == null ? null : AudioFormat.values.byName(_text('format')!));

  ImageResponseFormat? _form() => _text('form') == null ? null : ImageResponseFormat.values.byName(_text('form')!);

  String? _text(String name) => _step[name] as String?;

  List<String> _texts(String name) => (_step[name] as List<Object?>? ?? const []).cast<String>();

  int? _number(String name) => _step[name] as int?;
}

Json _describePng(Uint8List bytes) {
  final view = ByteData.sublistView(bytes);
  return {
    'is_png': latin1.decode(bytes.sublist(1, 4)) == 'PNG',
    'width': view.getUint32(16),
    'height': view.getUint32(20)
  };
}

Json _describeModel(Model model) =>
    {'id': model.id, 'capability': model.capability == null ? null : _snakeCase(model.capability!.name)};

Json _describeVideo(VideoJob job) => {
      'status': switch (job.status) {
        VideoStatusQueued() => 'queued',
        VideoStatusInProgress() => 'in_progress',
        VideoStatusCompleted() => 'completed',
        VideoStatusFailed() => 'failed',
        VideoStatusOther(:final name) => name,
      },
      'progress': job.progress,
      'model': job.model,
    };

Json _describeClient(OAuthClient client) => {
      'name': client.name,
      'redirect_uris': client.redirectUris,
      'scopes': client.scopes,
      'is_active': client.isActive,
      'has_secret': client.clientSecret != null,
    };

String _snakeCase(String name) => name.replaceAllMapped(RegExp('[A-Z]'), (letter) => '_${letter[0]!.toLowerCase()}');
