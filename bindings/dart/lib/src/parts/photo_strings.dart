import '../generated/aipass.dart';

/// What is said of a photo that may not be readable, in one language.
final class PhotoStrings {
  /// All of them.
  const PhotoStrings({
    required this.title,
    required this.text,
    required this.tooSmall,
    required this.tooDark,
    required this.tooBright,
    required this.tooBlurred,
    required this.noPrint,
    required this.scanAnyway,
    required this.takeAnother,
  });

  /// In English.
  static const english = PhotoStrings(
    title: 'This photo may not be readable',
    text: 'Nothing was sent yet. A scan costs money, even if it finds nothing.',
    tooSmall: 'The photo is too small.',
    tooDark: 'The photo is too dark.',
    tooBright: 'The print hardly stands out: too much light, or blank paper.',
    tooBlurred: 'The photo is blurred.',
    noPrint: 'There is hardly anything on it that looks like print.',
    scanAnyway: 'Scan anyway',
    takeAnother: 'Take another photo',
  );

  /// In German.
  static const german = PhotoStrings(
    title: 'Dieses Foto ist vielleicht nicht lesbar',
    text: 'Es wurde noch nichts gesendet. Das Einlesen kostet Geld, auch wenn nichts gefunden wird.',
    tooSmall: 'Das Foto ist zu klein.',
    tooDark: 'Das Foto ist zu dunkel.',
    tooBright: 'Der Druck hebt sich kaum ab: zu viel Licht, oder leeres Papier.',
    tooBlurred: 'Das Foto ist unscharf.',
    noPrint: 'Auf dem Foto sieht kaum etwas nach Druck aus.',
    scanAnyway: 'Trotzdem einlesen',
    takeAnother: 'Neues Foto',
  );

  /// Above what is wrong with the photo.
  final String title;

  /// That nothing was paid yet.
  final String text;

  /// What is wrong with it.
  final String tooSmall;

  /// As [tooSmall].
  final String tooDark;

  /// As [tooSmall].
  final String tooBright;

  /// As [tooSmall].
  final String tooBlurred;

  /// As [tooSmall].
  final String noPrint;

  /// On the button that scans it all the same.
  final String scanAnyway;

  /// On the button that takes another photo instead.
  final String takeAnother;

  /// What is wrong, each thing once.
  List<String> describe(List<PhotoHint> hints) => {
        for (final hint in hints)
          switch (hint.kind) {
            PhotoHintKind.tooSmall => tooSmall,
            PhotoHintKind.tooDark => tooDark,
            PhotoHintKind.tooBright => tooBright,
            PhotoHintKind.tooBlurred => tooBlurred,
            PhotoHintKind.noPrint => noPrint,
          },
      }.toList();
}
