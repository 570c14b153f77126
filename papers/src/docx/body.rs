//! The text of a DOCX.

use super::parts::font_name;
use super::xml::Xml;
use super::{table, twips, twips_mm};
use crate::model::{Block, Document, Layout, Numbers, Paragraph, Run};
use crate::style::{Align, Face, LINE, Look, Style};

const NAMESPACES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
);

/// Red of heads and lines.
const RED: &str = "E60012";

/// The main part.
pub fn document(document: &Document) -> Vec<u8> {
    let width = twips(document.layout.text_width_pt());
    let mut xml = Xml::file();
    xml.raw(&format!("<w:document {NAMESPACES}><w:body>"));
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) => paragraph(&mut xml, p),
            Block::Pair { left, right } => pair(&mut xml, left, right, width),
            Block::Rule { red } => rule(&mut xml, *red),
            Block::Space { height } => empty(&mut xml, *height, ""),
            Block::PageBreak => empty(&mut xml, 1.0, "<w:r><w:br w:type=\"page\"/></w:r>"),
            Block::Table(t) => {
                table::table(&mut xml, t, width);
                // Two tables that touch would become one.
                empty(&mut xml, 1.0, "");
            }
            Block::Record { rows } => {
                table::record(&mut xml, rows, width);
                empty(&mut xml, 1.0, "");
            }
        }
    }
    section(&mut xml, document);
    xml.raw("</w:body></w:document>");
    xml.into_bytes()
}

fn section(xml: &mut Xml, document: &Document) {
    xml.raw("<w:sectPr>");
    if document.numbers != Numbers::None {
        xml.raw("<w:footerReference w:type=\"default\" r:id=\"rId4\"/>");
    }
    if document.numbers == Numbers::Outer {
        xml.raw("<w:footerReference w:type=\"even\" r:id=\"rId5\"/>");
    }
    let (page_width, page_height) = document.layout.page_mm();
    let [top, right, bottom, left] = document.layout.margins_mm();
    let turned = if document.layout == Layout::Landscape { " w:orient=\"landscape\"" } else { "" };
    xml.raw(&format!(
        "<w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/>",
        twips_mm(page_width),
        twips_mm(page_height),
        twips_mm(top),
        twips_mm(right),
        twips_mm(bottom),
        twips_mm(left),
        // The number stands 7 mm under the text; it is itself some 5 mm high.
        twips_mm((bottom - 12.5).max(5.0)),
    ));
    if document.layout == Layout::Letter {
        xml.raw(&format!("<w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/>", twips(LINE)));
    }
    xml.raw("</w:sectPr>");
}

/// A paragraph.
pub fn paragraph(xml: &mut Xml, p: &Paragraph) {
    xml.raw("<w:p><w:pPr>");
    properties(xml, p, "");
    xml.raw("</w:pPr>");
    runs(xml, p);
    xml.raw("</w:p>");
}

/// Style, and what differs from it.
fn properties(xml: &mut Xml, p: &Paragraph, tabs: &str) {
    xml.raw(&format!("<w:pStyle w:val=\"{}\"/>", p.style.name()));
    if p.look == p.style.look() {
        xml.raw(tabs);
    } else {
        look_paragraph_with(xml, &p.look, tabs);
    }
}

/// A line with text at both ends.
pub fn pair(xml: &mut Xml, left: &Paragraph, right: &Paragraph, width: i32) {
    let end = width - twips(left.look.right * left.look.size);
    let mut line = left.clone();
    // The tab reaches the right end; an indent there would stop it.
    line.look.right = 0.0;
    line.look.align = Align::Left;
    xml.raw("<w:p><w:pPr>");
    properties(xml, &line, &format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{end}\"/></w:tabs>"));
    xml.raw("</w:pPr>");
    runs(xml, left);
    xml.raw("<w:r><w:tab/></w:r>");
    runs(xml, right);
    xml.raw("</w:p>");
}

fn rule(xml: &mut Xml, red: bool) {
    let (size, colour) = if red { (16, RED) } else { (6, "000000") };
    xml.raw(&format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{}\"/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" \
         w:color=\"{colour}\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"80\" w:lineRule=\"exact\"/>\
         </w:pPr></w:p>",
        Style::Flush.name()
    ));
}

/// A paragraph without text.
pub fn empty(xml: &mut Xml, height: f32, content: &str) {
    xml.raw(&format!(
        "<w:p><w:pPr><w:pStyle w:val=\"{}\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{}\" \
         w:lineRule=\"exact\"/></w:pPr>{content}</w:p>",
        Style::Flush.name(),
        twips(height).max(20)
    ));
}

fn runs(xml: &mut Xml, p: &Paragraph) {
    let as_style = p.look == p.style.look();
    for run in &p.runs {
        match run {
            Run::Break => {
                xml.raw("<w:r><w:br/></w:r>");
            }
            Run::Text { text, face } => {
                xml.raw("<w:r>");
                if face.is_some() || !as_style {
                    xml.raw("<w:rPr>");
                    look_run(xml, &p.look, face.unwrap_or(p.look.face));
                    xml.raw("</w:rPr>");
                }
                xml.raw("<w:t xml:space=\"preserve\">").text(text).raw("</w:t></w:r>");
            }
        }
    }
}

/// Paragraph properties of a look, in the order the schema wants.
pub fn look_paragraph(xml: &mut Xml, look: &Look) {
    look_paragraph_with(xml, look, "");
}

fn look_paragraph_with(xml: &mut Xml, look: &Look, tabs: &str) {
    let em = |characters: f32| twips(characters * look.size);
    xml.raw(if look.keep { "<w:keepNext/>" } else { "<w:keepNext w:val=\"0\"/>" });
    xml.raw("<w:widowControl w:val=\"0\"/>").raw(tabs).raw("<w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>");
    xml.raw("<w:snapToGrid w:val=\"0\"/>");
    xml.raw(&format!(
        "<w:spacing w:before=\"{}\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/>",
        twips(look.before),
        twips(look.after),
        twips(look.line)
    ));
    let first = if look.first < 0.0 {
        format!("w:hanging=\"{}\"", em(-look.first))
    } else {
        // In characters as well, so that the indent follows when somebody changes the size.
        format!("w:firstLineChars=\"{}\" w:firstLine=\"{}\"", (look.first * 100.0) as i32, em(look.first))
    };
    xml.raw(&format!("<w:ind w:left=\"{}\" w:right=\"{}\" {first}/>", em(look.left), em(look.right)));
    xml.raw(match look.align {
        Align::Justify => "<w:jc w:val=\"both\"/>",
        Align::Left => "<w:jc w:val=\"left\"/>",
        Align::Centre => "<w:jc w:val=\"center\"/>",
        Align::Right => "<w:jc w:val=\"right\"/>",
    });
}

/// The fonts of a face: the official one for Chinese letters, Times New Roman for Latin ones and digits.
pub fn face_properties(xml: &mut Xml, face: Face) {
    let (name, _) = font_name(face);
    xml.raw(&format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{name}\" \
         w:cs=\"Times New Roman\" w:hint=\"eastAsia\"/>"
    ));
}

/// Run properties of a look.
pub fn look_run(xml: &mut Xml, look: &Look, face: Face) {
    face_properties(xml, face);
    if look.red {
        xml.raw(&format!("<w:color w:val=\"{RED}\"/>"));
    }
    if look.tracking != 0.0 {
        xml.raw(&format!("<w:spacing w:val=\"{}\"/>", twips(look.tracking)));
    }
    let half_points = (look.size * 2.0).round() as i32;
    xml.raw(&format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>"));
}
