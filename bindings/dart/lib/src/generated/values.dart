// Written by uniffi-dart-generator: do not edit.

part of 'aipass.dart';

final class _DecimalCodec extends _Codec<Decimal> {
  const _DecimalCodec();

  @override
  Decimal read(_Reader reader) => Decimal.parse(_string.read(reader));

  @override
  void write(_Writer writer, Decimal value) => _string.write(writer, value.toString());

  @override
  Decimal lift(_RustBuffer buffer) => Decimal.parse(_string.lift(buffer));

  @override
  _RustBuffer lower(Decimal value) => _string.lower(value.toString());
}

const _Codec<Decimal> _codecOfDecimal = _DecimalCodec();

final class _NaiveDateCodec extends _Codec<Date> {
  const _NaiveDateCodec();

  @override
  Date read(_Reader reader) => Date.parse(_string.read(reader));

  @override
  void write(_Writer writer, Date value) => _string.write(writer, value.toString());

  @override
  Date lift(_RustBuffer buffer) => Date.parse(_string.lift(buffer));

  @override
  _RustBuffer lower(Date value) => _string.lower(value.toString());
}

const _Codec<Date> _codecOfNaiveDate = _NaiveDateCodec();

final class _UrlCodec extends _Codec<Uri> {
  const _UrlCodec();

  @override
  Uri read(_Reader reader) => Uri.parse(_string.read(reader));

  @override
  void write(_Writer writer, Uri value) => _string.write(writer, value.toString());

  @override
  Uri lift(_RustBuffer buffer) => Uri.parse(_string.lift(buffer));

  @override
  _RustBuffer lower(Uri value) => _string.lower(value.toString());
}

const _Codec<Uri> _codecOfUrl = _UrlCodec();
