import 'package:image_picker/image_picker.dart';

import 'start.dart';

/// On a phone.
Future<void> main() => start(
      redirectUri: 'myapp://auth/callback',
      pickPhoto: () async => (await ImagePicker().pickImage(source: ImageSource.gallery))?.path,
    );
