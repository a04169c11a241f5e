import 'dart:io';

external Future<Directory> getApplicationSupportDirectory();
