class FlutterSecureStorage {
  const FlutterSecureStorage();

  external Future<String?> read({required String key});

  external Future<void> write({required String key, required String? value});
}
