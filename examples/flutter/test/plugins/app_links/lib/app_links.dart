class AppLinks {
  external Future<Uri?> getInitialLink();

  external Stream<Uri> get uriLinkStream;
}
