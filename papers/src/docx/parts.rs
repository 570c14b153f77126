//! The parts of a DOCX around its text: styles, fonts, settings, footers.

use super::body::{face_properties, look_paragraph, look_run};
use super::twips;
use super::xml::Xml;
use crate::style::{Face, Style};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PARTS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Where the package begins.
pub const PACKAGE_RELATIONS: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "officeDocument\" Target=\"word/document.xml\"/>",
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "core-properties\" Target=\"docProps/core.xml\"/>",
    "</Relationships>"
);

/// The official name of a face, as offices have it installed, and what stands in when it is not.
pub fn font_name(face: Face) -> (&'static str, &'static str) {
    match face {
        Face::Fangsong => ("仿宋_GB2312", "仿宋"),
        Face::Biaosong => ("方正小标宋简体", "宋体"),
        Face::Hei => ("黑体", "SimHei"),
        Face::Kai => ("楷体_GB2312", "楷体"),
    }
}

/// What each part is.
pub fn content_types(numbered: bool, outer: bool) -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
        .raw("<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>")
        .raw("<Default Extension=\"xml\" ContentType=\"application/xml\"/>")
        .raw("<Override PartName=\"/docProps/core.xml\" ")
        .raw("ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>");
    let mut part = |name: &str, kind: &str| {
        xml.raw(&format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{PARTS}.{kind}+xml\"/>"));
    };
    part("document", "document.main");
    part("styles", "styles");
    part("settings", "settings");
    part("fontTable", "fontTable");
    if numbered {
        part("footer1", "footer");
    }
    if outer {
        part("footer2", "footer");
    }
    xml.raw("</Types>");
    xml.into_bytes()
}

/// How the text finds its parts.
pub fn relations(numbered: bool, outer: bool) -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    let mut part = |id: &str, kind: &str, target: &str| {
        xml.raw(&format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}.xml\"/>"));
    };
    part("rId1", "styles", "styles");
    part("rId2", "settings", "settings");
    part("rId3", "fontTable", "fontTable");
    if numbered {
        part("rId4", "footer", "footer1");
    }
    if outer {
        part("rId5", "footer", "footer2");
    }
    xml.raw("</Relationships>");
    xml.into_bytes()
}

/// The file's properties. No dates: they would be those of a clock.
pub fn properties(title: &str) -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" ")
        .raw("xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>")
        .text(title)
        .raw("</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>");
    xml.into_bytes()
}

/// The named styles, so that a clerk who goes on writing finds them.
pub fn styles() -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw(&format!("<w:styles xmlns:w=\"{W}\"><w:docDefaults><w:rPrDefault><w:rPr>"));
    face_properties(&mut xml, Face::Fangsong);
    xml.raw("<w:sz w:val=\"32\"/><w:szCs w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>")
        .raw("</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>")
        .raw(
            "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/>",
        )
        .raw("<w:pPr><w:jc w:val=\"both\"/></w:pPr></w:style>")
        .raw("<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>")
        .raw("<w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style>");
    for style in Style::ALL {
        let look = style.look();
        xml.raw(&format!("<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\">", style.name()))
            .raw(&format!("<w:name w:val=\"{}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>", style.label()));
        look_paragraph(&mut xml, &look);
        xml.raw("</w:pPr><w:rPr>");
        look_run(&mut xml, &look, look.face);
        xml.raw("</w:rPr></w:style>");
    }
    xml.raw("</w:styles>");
    xml.into_bytes()
}

/// Settings: different footers on odd and even pages, Chinese punctuation at line ends.
pub fn settings(outer: bool) -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw(&format!("<w:settings xmlns:w=\"{W}\"><w:zoom w:percent=\"100\"/>"));
    if outer {
        xml.raw("<w:evenAndOddHeaders/>");
    }
    xml.raw("<w:characterSpacingControl w:val=\"compressPunctuation\"/>")
        .raw("<w:compat><w:compatSetting w:name=\"compatibilityMode\" ")
        .raw("w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>")
        .raw("<w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>");
    xml.into_bytes()
}

/// The fonts by their official names, each with a name that newer systems know it by.
pub fn font_table() -> Vec<u8> {
    let mut xml = Xml::file();
    xml.raw(&format!("<w:fonts xmlns:w=\"{W}\">"));
    for face in Face::ALL {
        let (name, other) = font_name(face);
        xml.raw(&format!("<w:font w:name=\"{name}\"><w:altName w:val=\"{other}\"/><w:charset w:val=\"86\"/>"))
            .raw("<w:family w:val=\"auto\"/><w:pitch w:val=\"default\"/></w:font>");
    }
    xml.raw("</w:fonts>");
    xml.into_bytes()
}

/// A footer with the page number between dashes, one character from its edge.
pub fn footer(side: &str) -> Vec<u8> {
    let mut xml = Xml::file();
    let size = "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>";
    let indent = twips(14.0);
    let run = |text: &str| format!("<w:r><w:rPr>{size}</w:rPr>{text}</w:r>");
    xml.raw(&format!("<w:ftr xmlns:w=\"{W}\"><w:p><w:pPr>"))
        .raw(&format!("<w:ind w:left=\"{indent}\" w:right=\"{indent}\"/><w:jc w:val=\"{side}\"/></w:pPr>"))
        .raw(&run("<w:t xml:space=\"preserve\">— </w:t>"))
        .raw(&run("<w:fldChar w:fldCharType=\"begin\"/>"))
        .raw(&run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>"))
        .raw(&run("<w:fldChar w:fldCharType=\"separate\"/>"))
        .raw(&run("<w:t>1</w:t>"))
        .raw(&run("<w:fldChar w:fldCharType=\"end\"/>"))
        .raw(&run("<w:t xml:space=\"preserve\"> —</w:t>"))
        .raw("</w:p></w:ftr>");
    xml.into_bytes()
}
