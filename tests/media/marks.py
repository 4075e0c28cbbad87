"""Forty marks, planted wherever files tell about people besides the picture: EXIF, XMP, IPTC, comments, thumbnails.

Each mark is a string of bytes that nothing else is likely to hold. They are written by hand and not by a library, so
that they are where we say, as they are.
"""

import struct
from collections.abc import Sequence

Tag = tuple[int, int, bytes]
ASCII, LONG, RATIONAL, UNDEFINED, BYTE, SHORT = 2, 4, 5, 7, 1, 3

# In EXIF, by CIPA DC-008: (tag, type, mark). Rationals are marked in their eight bytes.
IMAGE = [
    (0x010E, ASCII, b"MARK-01-description"),
    (0x010F, ASCII, b"MARK-02-maker"),
    (0x0110, ASCII, b"MARK-03-model"),
    (0x0131, ASCII, b"MARK-04-software"),
    (0x0132, ASCII, b"2001:05:05 05:05:05"),
    (0x013B, ASCII, b"MARK-06-artist"),
    (0x013C, ASCII, b"MARK-07-computer"),
    (0x8298, ASCII, b"MARK-08-copyright"),
    (0x9C9C, BYTE, "MARK-09-xp".encode("utf-16-le")),
]
PHOTO = [
    (0x9003, ASCII, b"2001:10:10 10:10:10"),
    (0x9004, ASCII, b"2001:11:11 11:11:11"),
    (0x927C, UNDEFINED, b"MARK-12-makernote"),
    (0x9286, UNDEFINED, b"ASCII\0\0\0MARK-13-comment"),
    (0xA420, ASCII, b"MARK-14-unique"),
    (0xA430, ASCII, b"MARK-15-owner"),
    (0xA431, ASCII, b"MARK-16-body-serial"),
    (0xA433, ASCII, b"MARK-17-lens-maker"),
    (0xA434, ASCII, b"MARK-18-lens-model"),
    (0xA435, ASCII, b"MARK-19-lens-serial"),
]
PLACE = [
    (0x0002, RATIONAL, b"LATMARK1" + b"LATMARK2" + b"LATMARK3"),
    (0x0004, RATIONAL, b"LONMARK1" + b"LONMARK2" + b"LONMARK3"),
    (0x0006, RATIONAL, b"ALTMARK1"),
    (0x0012, ASCII, b"MARK-23-datum"),
    (0x001B, UNDEFINED, b"MARK-24-method"),
    (0x001C, UNDEFINED, b"MARK-25-area"),
    (0x001D, ASCII, b"2001:09:26"),
]
THUMBNAIL = b"MARK-27-thumbnail"
XMP = {
    "exif:GPSLatitude": b"MARK-28-latitude",
    "aux:SerialNumber": b"MARK-29-serial",
    "photoshop:City": b"MARK-30-city",
    "xmp:CreateDate": b"MARK-31-created",
    "xmpMM:DocumentID": b"MARK-32-document",
}
IPTC = {
    90: b"MARK-33-city",
    92: b"MARK-34-street",
    80: b"MARK-35-by",
    120: b"MARK-36-caption",
}
COMMENT = b"MARK-37-comment"
PROFILE = b"MARK-38-profile"
PRIVATE = b"MARK-39-private"
AFTER = b"MARK-40-after-the-end"
MARKS = (
    *(mark.removeprefix(b"ASCII\0\0\0") for _tag, _type, mark in (*IMAGE, *PHOTO, *PLACE)),
    THUMBNAIL,
    *XMP.values(),
    *IPTC.values(),
    COMMENT,
    PROFILE,
    PRIVATE,
    AFTER,
)


def exif(orientation: int = 1, *, small_picture: bytes = b"", marked: bool = True) -> bytes:
    """A TIFF with four directories: the image's, the photo's, the place's, and the thumbnail's."""
    tags: list[Tag] = [(0x0112, SHORT, struct.pack("<H", orientation))]
    if not marked:
        return b"Exif\0\0II*\0\x08\0\0\0" + _directory(tags, 8)
    tags += IMAGE
    # Where the two lie is known once the first is as long as it will be.
    pointers: list[Tag] = [(0x8769, LONG, bytes(4)), (0x8825, LONG, bytes(4))]
    photo = 8 + len(_directory([*tags, *pointers], 8))
    place = photo + len(_directory(PHOTO, photo))
    thumbnail = place + len(_directory(PLACE, place))
    pointers = [(0x8769, LONG, struct.pack("<I", photo)), (0x8825, LONG, struct.pack("<I", place))]
    picture = thumbnail + len(_directory(_thumbnail(0, 0), thumbnail))
    return (
        b"Exif\0\0II*\0\x08\0\0\0"
        + _directory([*tags, *pointers], 8, following=thumbnail)
        + _directory(PHOTO, photo)
        + _directory(PLACE, place)
        + _directory(_thumbnail(picture, len(small_picture)), thumbnail)
        + small_picture
    )


def xmp() -> bytes:
    told = " ".join(f'{name}="{mark.decode()}"' for name, mark in XMP.items())
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        f'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" {told}/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc() -> bytes:
    """As Photoshop keeps it: resource 1028, of records of the second kind."""
    records = b"".join(struct.pack(">BBBH", 0x1C, 2, kind, len(mark)) + mark for kind, mark in IPTC.items())
    resource = b"8BIM" + struct.pack(">HxxI", 1028, len(records)) + records + bytes(len(records) % 2)
    return b"Photoshop 3.0\0" + resource


def _thumbnail(start: int, length: int) -> list[Tag]:
    return [
        (0x0103, SHORT, struct.pack("<H", 6)),
        (0x0201, LONG, struct.pack("<I", start)),
        (0x0202, LONG, struct.pack("<I", length)),
    ]


def _directory(tags: Sequence[Tag], start: int, following: int = 0) -> bytes:
    """Values of more than four bytes stand after the table (TIFF 6.0, section 2)."""
    table, values = struct.pack("<H", len(tags)), b""
    after = start + 2 + 12 * len(tags) + 4
    for tag, kind, told in sorted(tags):
        value = told + b"\0" if kind == ASCII else told
        count = len(value) // {SHORT: 2, LONG: 4, RATIONAL: 8}.get(kind, 1)
        table += struct.pack("<HHI", tag, kind, count)
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack("<I", after + len(values))
            values += value + bytes(len(value) % 2)
    return table + struct.pack("<I", following) + values
