"""Colours as a page shows them: sRGB with eight bits and no transparency, from whatever a file has."""

import io

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
# Modes of photos that a profile of a colour space (ICC.1:2022, table 19) speaks of.
_SPEAKS_OF = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def plain(image: Image.Image) -> Image.Image:
    """In a mode that can be painted on and made smaller; the same image where it is in one, for a copy is large."""
    if image.mode in ("LA", "RGBA"):
        return image
    if image.has_transparency_data:
        return image.convert("LA" if image.mode in ("1", "L", "La") else "RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    if image.mode.startswith("I"):
        # 16 bits, divided: a mere change of mode would make white of all that is not nearly black.
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image.convert("L" if image.mode == "1" else "RGB")


def as_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In RGB, transparency on white; a profile that is broken or for another kind of photo is passed over."""
    flat = _on_white(image)
    if profile:
        try:
            return _by_profile(flat, profile)
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass
    return flat.convert("RGB")


def _by_profile(flat: Image.Image, profile: bytes) -> Image.Image:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    wanted = _SPEAKS_OF.get(opened.profile.xcolor_space)
    if wanted == "RGB":
        flat = flat.convert("RGB")
    if wanted != flat.mode:
        raise ValueError(f"a profile for {wanted}, and the photo is {flat.mode}")
    made = ImageCms.profileToProfile(
        flat,
        opened,
        _SRGB,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if made is None:
        raise ValueError("nothing was made")
    return made


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("LA", "RGBA"):
        return image
    mode = image.mode[:-1]
    sheet = Image.new(mode, image.size, "white")
    sheet.paste(image.convert(mode), mask=image.getchannel("A"))
    return sheet
