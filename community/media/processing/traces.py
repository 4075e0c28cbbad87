"""What a photo tells about its maker besides the picture: where, with what and when it was taken.

Looked for so that its owner can be told that it is gone; what it says is never kept. Nothing here removes anything:
only pixels are carried over into what is kept.
"""

import contextlib
import re
from typing import NamedTuple

from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.IptcImagePlugin import getiptcinfo
from PIL.JpegImagePlugin import JpegImageFile

# The names behind the numbers are those of CIPA DC-008 (EXIF), section 4.6, and of IPTC-IIM 4.2, chapter 6.
_CAMERA = frozenset(
    {
        Base.Make,
        Base.Model,
        Base.MakerNote,
        Base.CameraOwnerName,
        Base.BodySerialNumber,
        Base.LensMake,
        Base.LensModel,
        Base.LensSerialNumber,
        Base.CameraSerialNumber,
        Base.UniqueCameraModel,
    }
)
_TIME = frozenset({Base.DateTime, Base.DateTimeOriginal, Base.DateTimeDigitized})
_IPTC_PLACE = frozenset({(2, 26), (2, 27), (2, 90), (2, 92), (2, 95), (2, 100), (2, 101)})
_IPTC_TIME = frozenset({(2, 55), (2, 60), (2, 62), (2, 63)})
_XMP_PLACE = re.compile(
    rb"GPS(?:Latitude|Longitude|Position)|photoshop:(?:City|State|Country)|Iptc4xmp\w+:Location"
)
_XMP_CAMERA = re.compile(
    rb"tiff:(?:Make|Model)\b|aux:(?:SerialNumber|Lens)|exifEX:(?:\w*SerialNumber|Lens\w+)|MakerNote"
)
_XMP_TIME = re.compile(rb"xmp:CreateDate|exif:DateTime\w+|photoshop:DateCreated")


class Traces(NamedTuple):
    place: bool
    camera: bool
    time: bool


def found(image: Image.Image) -> Traces:
    """In EXIF, XMP and IPTC, and in a PNG's words; ask once the pixels are read, for a PNG may say it after them."""
    exif, xmp, iptc = _exif(image), _xmp(image), _iptc(image)
    return Traces(
        place=Base.GPSInfo in exif or bool(_IPTC_PLACE & iptc or _XMP_PLACE.search(xmp)),
        camera=bool(_CAMERA & exif or _XMP_CAMERA.search(xmp)),
        time=bool(
            _TIME & exif or _IPTC_TIME & iptc or _XMP_TIME.search(xmp) or "Creation Time" in image.info
        ),
    )


def orientation(image: Image.Image) -> int:
    """1 to 8, as in EXIF; 1 where there is none or nonsense."""
    with _leniently():
        told = image.getexif().get(Base.Orientation)
        if isinstance(told, int) and 1 <= told <= 8:
            return told
    return 1


def _exif(image: Image.Image) -> frozenset[int]:
    """The numbers of all that is said, but for an empty part about the place."""
    tags: set[int] = set()
    with _leniently():
        exif = image.getexif()
        tags = {*exif, *exif.get_ifd(IFD.Exif)}
        if not exif.get_ifd(IFD.GPSInfo):
            tags.discard(Base.GPSInfo)
    return frozenset(tags)


def _xmp(image: Image.Image) -> bytes:
    told = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    return told if isinstance(told, bytes) else str(told).encode()


def _iptc(image: Image.Image) -> frozenset[tuple[int, int]]:
    if not isinstance(image, JpegImageFile):
        return frozenset()
    with _leniently():
        return frozenset(getiptcinfo(image) or ())
    return frozenset()


def _leniently() -> contextlib.suppress:
    """A photo is not refused for what it says badly about itself; readers of such words fail in any way they like."""
    return contextlib.suppress(Exception)
