"""What three word processors put on the clipboard, written by hand in their manner, and the Markdown it becomes."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!--
 p.MsoNormal {margin:0cm; font-size:11.0pt;} /* a > b */
@list l0:level1 {mso-level-number-format:bullet;}
--></style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=EN-ZA style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
<h1><span lang=EN-US style='mso-fareast-font-family:"Times New Roman"'>The lift club<o:p></o:p></span></h1>
<p class=MsoNormal>Four neighbours, <b style='mso-bidi-font-weight:normal'>one </b><b><span
style='color:#C00000'>car</span></b>, and a <i>radio</i> that knows<span style='mso-spacerun:yes'>&nbsp; </span>one
station.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>5 * 3 = 15, and <s>never</s> file_name_1; the <a href="https://example.org/map_(1)">map</a>,
the <a href="file:///C:/secret.docx">secret</a>, a <a href="#_ftn1" style='mso-footnote-id:ftn1'>[1]</a>.<span
style='display:none;mso-hide:all'>nobody sees this</span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>oranges</p>
<p class=MsoListParagraphCxSpMiddle
style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>from <i>Citrusdal</i></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>a map</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>wake up</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>drive</p>
<p class=MsoQuote>Who chooses the silence?</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Year</p></td><td><p
class=MsoNormal>Kilometres</p></td></tr>
<tr><td><p class=MsoNormal>2021</p></td><td><p class=MsoNormal>18 000</p></td></tr></table>
<p class=MsoNormal><!--[if gte vml 1]><v:shape/><![endif]--><![if !vml]><img width=300 height=200
src="file:///C:/Users/n/AppData/clip_image001.png"><![endif]>The end.<br>Really.</p>
<!--EndFragment--></body></html>"""

WORD_AS_MARKDOWN = """## The lift club

Four neighbours, **one car**, and a *radio* that knows one station.

5 * 3 = 15, and ~~never~~ file_name_1; the [map](https://example.org/map_%281%29), the secret, a [1].

- oranges
  - from *Citrusdal*
- a map

1. wake up
2. drive

> Who chooses the silence?

Year | Kilometres
2021 | 18 000

The end.
Really."""

GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;"
id="docs-internal-guid-0"><h2 dir="ltr"
style="line-height:1.38;margin-top:18pt;"><span
style="font-size:16pt;font-weight:400;white-space:pre-wrap;">清晨</span></h2><p
dir="ltr" style="line-height:1.38;"><span
style="font-weight:400;font-style:normal;white-space:pre-wrap;">我们说：</span><span
style="font-weight:700;font-style:normal;white-space:pre-wrap;">走吧。</span><span
style="font-weight:400;white-space:pre-wrap;">车开了，</span><span
style="font-weight:700;font-style:italic;white-space:pre-wrap;">很慢</span><span
style="font-weight:400;white-space:pre-wrap;">。</span></p><br /><p dir="ltr"><span
style="font-weight:400;text-decoration:none;white-space:pre-wrap;">See </span><a href="https://example.org/road"
style="text-decoration:none;"><span
style="color:#1155cc;font-weight:400;text-decoration:underline;">the road</span></a><span
style="font-weight:400;white-space:pre-wrap;"> &lt;b&gt; and *stars*.</span></p><ul style="margin-top:0;"><li
dir="ltr"
style="list-style-type:disc;font-weight:400;" aria-level="1"><p dir="ltr" role="presentation"><span
style="font-weight:400;">one</span></p></li><ul style="margin-top:0;"><li dir="ltr" aria-level="2"><p dir="ltr"
role="presentation"><span style="font-weight:700;">two</span></p></li></ul></ul></b><br
class="Apple-interchange-newline">"""

GOOGLE_DOCS_AS_MARKDOWN = """## 清晨

我们说：**走吧**。车开了，***很慢***。

See [the road](https://example.org/road) <b> and \\*stars\\*.

- one
  - **two**"""

LIBREOFFICE = """<!DOCTYPE html>
<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 24.2 (Linux)"/>
<style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm } p { line-height: 115% }</style></head>
<body lang="ar-EG" link="#000080" dir="rtl"><h1 class="western" align="right">سيارة
<b>الجيران</b></h1>
<p align="right" dir="rtl" style="line-height: 100%; margin-bottom: 0cm"><font face="Noto Naskh Arabic"><span
lang="ar-EG">أربعة
جيران و<b>سيارة واحدة</b>.</span></font></p>
<p style="margin-bottom: 0cm"><br/>

</p>
<ol start="3"><li><p align="right">الفيوم</p></li>
	<li><p align="right"><u>القاهرة</u></p>
	<ol><li><p>الجيزة</p></li></ol></li></ol>
<blockquote><p>سطر<br/>
سطر آخر</p><p>بعده</p></blockquote>
<p><img src="data:image/png;base64,iVBORw0KGgo=" name="Image1" width="40" height="30"/></p>
</body></html>"""

LIBREOFFICE_AS_MARKDOWN = """## سيارة الجيران

أربعة جيران و**سيارة واحدة**.

3. الفيوم
4. القاهرة
   1. الجيزة

> سطر
> سطر آخر
>
> بعده"""
