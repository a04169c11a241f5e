"""Prepares photos with this library, libvips and Pillow in turn, and prints what each took, as JSON, one line per photo.

Usage: photo.py LIBRARY ROUNDS

LIBRARY is what cargo makes of the crate aipass-bench. The photos are drawn here: print on paper, smooth shapes, and fine texture, each
with a sensor's noise, of 12 and 48 megapixels. All three make an upright JPEG with at most 2048 pixels an edge and no metadata. Its quality
is 80; ours is 90 where that fits into 800 KB. Time is the processor's: it does not count what other programs take, though they slow the
caches down.
"""

import ctypes
import io
import json
import os
import resource
import statistics
import sys

os.environ["VIPS_CONCURRENCY"] = "1"
import pyvips
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

pyvips.cache_set_max(0)
SIZES = {12: (4032, 3024), 48: (8064, 6048)}
EDGE, QUALITY, ORIENTATION_TAG = 2048, 80, 0x0112


def noise(size, cell, strength):
    """Grey noise around 128 whose grains measure `cell` pixels."""
    grains = Image.effect_noise((size[0] // cell + 1, size[1] // cell + 1), strength)
    return grains.resize(size, Image.Resampling.BICUBIC)


def added(picture, grey):
    """The picture with grey noise added to all its colours."""
    return ImageChops.add(picture, Image.merge("RGB", [grey] * 3), offset=-128)


def receipt(size):
    picture = added(Image.new("RGB", size, (140, 125, 110)), noise(size, 64, 30))
    width, height = size
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 4, height // 20, width * 3 // 4, height * 19 // 20), fill=(235, 232, 225))
    font = ImageFont.load_default(size=height // 50)
    for line in range(33):
        text = f"Item {line * 7919 % 997:03}   {line % 5 + 1} x {line * 31 % 40}.{line * 17 % 100:02}   {line * 13 % 90}.99 EUR"
        draw.text((width * 3 // 10, height // 14 + line * height // 38), text, fill=(45, 45, 50), font=font)
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def smooth(size):
    return added(added(Image.new("RGB", size, (120, 140, 150)), noise(size, 256, 60)), noise(size, 32, 10))


def texture(size):
    return added(added(Image.new("RGB", size, (110, 130, 90)), noise(size, 64, 40)), noise(size, 5, 30))


def file_of(draw, size, orientation):
    """What a camera writes: half the colour, quality 92, noise of its sensor, and how it was held."""
    picture = added(draw(size), noise(size, 1, 3))
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92, subsampling="4:2:0", exif=exif)
    return buffer.getvalue()


def ours(path):
    library = ctypes.CDLL(path)
    library.aipass_prepare.restype = ctypes.c_size_t
    library.aipass_prepare.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return lambda file: library.aipass_prepare(file, len(file))


def libvips(file):
    return len(pyvips.Image.thumbnail_buffer(file, EDGE).jpegsave_buffer(Q=QUALITY, keep="none"))


def pillow(file):
    with Image.open(io.BytesIO(file)) as picture:
        picture.draft("RGB", (EDGE, EDGE))
        picture.thumbnail((EDGE, EDGE))
        upright = ImageOps.exif_transpose(picture)
        buffer = io.BytesIO()
        upright.save(buffer, "JPEG", quality=QUALITY)
    return buffer.tell()


def timed(work, file):
    """User's and all processor time in milliseconds, and the upload's bytes."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    size = work(file)
    after = resource.getrusage(resource.RUSAGE_SELF)
    if size == 0:
        sys.exit("a photo was refused")
    user = after.ru_utime - before.ru_utime
    return user * 1000, (user + after.ru_stime - before.ru_stime) * 1000, size


def summary(values):
    return {"median": round(statistics.median(values), 1), "min": round(min(values), 1), "max": round(max(values), 1)}


def main():
    library, rounds = sys.argv[1], int(sys.argv[2])
    programs = {"ours": ours(library), "libvips": libvips, "pillow": pillow}
    for megapixels, size in SIZES.items():
        for draw, orientation in ((receipt, 6), (smooth, 1), (texture, 1)):
            file = file_of(draw, size, orientation)
            taken = {name: [] for name in programs}
            # The first round warms up.
            for number in range(rounds + 1):
                for name, work in programs.items():
                    measured = timed(work, file)
                    if number > 0:
                        taken[name].append(measured)
            row = {"photo": draw.__name__, "megapixels": megapixels, "bytes": len(file), "orientation": orientation}
            for name, values in taken.items():
                user, total, sizes = zip(*values)
                row[name] = {"user_ms": summary(user), "processor_ms": summary(total), "bytes": sizes[0]}
            print(json.dumps(row), flush=True)


main()
