class AppLinks {
  external Stream<Uri> get uriLinkStream;
}
