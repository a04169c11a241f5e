import 'package:aipass/aipass.dart';
import 'package:image_picker/image_picker.dart';

import 'phone.dart';
import 'start.dart';

/// On a phone.
Future<void> main() {
  AiPassPlatform.instance = Phone();
  return start(
    redirectUri: 'myapp://auth/callback',
    pickPhoto: () async => (await ImagePicker().pickImage(source: ImageSource.gallery))?.path,
  );
}
