enum ImageSource { camera, gallery }

class XFile {
  external String get path;
}

class ImagePicker {
  external Future<XFile?> pickImage({required ImageSource source});
}
