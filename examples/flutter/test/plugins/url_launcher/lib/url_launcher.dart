enum LaunchMode { platformDefault, externalApplication }

external Future<bool> launchUrl(Uri url, {LaunchMode mode = LaunchMode.platformDefault});
