"""What the people of the journeys say, in English and in Arabic."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Voice:
    """``ui`` is the interface's language and, here, also that of the texts; ``failed`` what the writing page says."""

    ui: str
    direction: str
    scheme: Literal["light", "dark"]
    country: str
    author: str
    reader: str
    title: str
    body: str
    typed_offline: str
    revised: str
    edited_title: str
    edited: str
    notes: str
    answer: str


ENGLISH = Voice(
    ui="en",
    direction="ltr",
    scheme="light",
    country="ZA",
    author="Nomsa Dlamini",
    reader="Pieter Botha",
    title="The lift club of Route 12",
    body="Four neighbours, one car, and a radio that only knows one station.\n\nWe take turns to choose the silence.",
    typed_offline="\n\nBehind the mountain there is no signal, so I am writing this down quickly.",
    revised="\n\nThe plate in the photograph is covered now, as you asked.",
    edited_title="The lift club of Route 12, a year later",
    edited="\n\nThere are five of us now, and a second station.",
    notes="Please leave out the number plate of your neighbour.",
    answer="I drive that road every morning, and I know that radio.",
)
ARABIC = Voice(
    ui="ar",
    direction="rtl",
    scheme="dark",
    country="EG",
    author="سلمى حسن",
    reader="كريم فؤاد",
    title="سيارة الجيران على طريق الفيوم",
    body="أربعة جيران وسيارة واحدة ومذياع لا يعرف إلا محطة واحدة.\n\nنتناوب على اختيار الصمت كل صباح.",
    typed_offline="\n\nخلف التل لا توجد شبكة، لذلك أكتب هذا على عجل.",
    revised="\n\nغطيت لوحة السيارة في الحكاية كما طلبتم.",
    edited_title="سيارة الجيران بعد عام",
    edited="\n\nصرنا خمسة، وصار للمذياع محطة ثانية.",
    notes="نرجو حذف رقم لوحة جارك من الحكاية.",
    answer="أمر من هذا الطريق كل يوم، وأعرف ذلك المذياع.",
)
