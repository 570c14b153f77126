//! What Word and Excel insist on before they open a file without offering to repair it (ECMA-376, parts 1 and 2).
//!
//! Other programs are lenient, so that opening a file there proves little: every part is declared and reached, every
//! relation ends somewhere, every element stands in the order of its schema, every style and shared text is there.

use super::printed;
use crate::support::TestApp;
use roxmltree::{Document, Node};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

const TYPES: &str = "[Content_Types].xml";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The children of elements of WordprocessingML that the writer writes, in the order of the schema.
const ORDER: &[(&str, &[&str])] = &[
    ("body", &["p", "tbl", "sectPr"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    ("tr", &["trPr", "tc"]),
    ("tc", &["tcPr", "p"]),
    ("p", &["pPr", "r"]),
    ("r", &["rPr", "t", "br", "tab", "fldChar", "instrText"]),
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "kinsoku",
            "wordWrap",
            "overflowPunct",
            "topLinePunct",
            "autoSpaceDE",
            "autoSpaceDN",
            "adjustRightInd",
            "snapToGrid",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
            "textAlignment",
            "outlineLvl",
        ],
    ),
    (
        "rPr",
        &["rFonts", "b", "bCs", "i", "iCs", "color", "spacing", "w", "kern", "position", "sz", "szCs", "u", "lang"],
    ),
    ("tblPr", &["tblStyle", "tblpPr", "tblOverlap", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar"]),
    ("tblBorders", &["top", "left", "bottom", "right", "insideH", "insideV"]),
    ("tblCellMar", &["top", "left", "bottom", "right"]),
    ("tcPr", &["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]),
    ("sectPr", &["footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "docGrid"]),
    ("settings", &["zoom", "evenAndOddHeaders", "characterSpacingControl", "compat", "themeFontLang"]),
    ("styles", &["docDefaults", "style"]),
    ("docDefaults", &["rPrDefault", "pPrDefault"]),
    ("style", &["name", "basedOn", "next", "qFormat", "pPr", "rPr", "tblPr"]),
    ("font", &["altName", "charset", "family", "pitch"]),
];

/// Elements whose children may mix: blocks of a text, pieces of a run.
const MIXED: &[&str] = &["body", "r"];

/// The parts of a package, by their names.
type Parts = BTreeMap<String, String>;

/// Checks a DOCX or XLSX; or what is wrong with it.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let parts = parts(bytes)?;
    let mut documents = BTreeMap::new();
    for (name, text) in &parts {
        // Strict: namespaces that are declared, attributes that stand once, one root, no document type.
        documents.insert(name.as_str(), Document::parse(text).map_err(|error| format!("{name}: {error}"))?);
    }
    check_types(&documents)?;
    let relations = check_relations(&documents)?;
    for (name, document) in &documents {
        let own = relations.get(*name).cloned().unwrap_or_default();
        for node in document.descendants() {
            let named = node.attributes().filter(|one| one.namespace() == Some(RELATION));
            for one in named {
                require(own.contains(one.value()), || format!("{name}: no relation {}", one.value()))?;
            }
        }
    }
    match documents.contains_key("word/document.xml") {
        true => check_word(&documents),
        false => check_workbook(&documents),
    }
}

fn require(is_so: bool, fault: impl FnOnce() -> String) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(fault()) }
}

fn parts(bytes: &[u8]) -> Result<Parts, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.to_string();
        require(!name.starts_with('/') && !name.contains(['\\', ':']) && !name.contains(".."), || name.clone())?;
        let mut text = String::new();
        part.read_to_string(&mut text).map_err(|error| format!("{name}: {error}"))?;
        require(text.starts_with("<?xml "), || format!("{name} is no XML"))?;
        require(parts.insert(name.clone(), text).is_none(), || format!("{name} twice"))?;
    }
    Ok(parts)
}

type Documents<'a> = BTreeMap<&'a str, Document<'a>>;

/// Each part has a content type, and each type that is declared for a part has one.
fn check_types(documents: &Documents<'_>) -> Result<(), String> {
    let types = documents.get(TYPES).ok_or("no list of content types")?.root_element();
    let named = |element: &str, attribute: &str| -> Vec<String> {
        let found = types.children().filter(|node| node.tag_name().name() == element);
        found.filter_map(|node| node.attribute(attribute)).map(str::to_owned).collect()
    };
    let (defaults, overrides) = (named("Default", "Extension"), named("Override", "PartName"));
    let distinct: BTreeSet<&String> = defaults.iter().chain(&overrides).collect();
    require(distinct.len() == defaults.len() + overrides.len(), || "a content type is declared twice".into())?;
    for name in &overrides {
        let part = name.strip_prefix('/').ok_or_else(|| format!("{name} is no name of a part"))?;
        require(documents.contains_key(part), || format!("a content type for {name}, which is not there"))?;
    }
    for name in documents.keys().filter(|name| **name != TYPES) {
        let end = name.rsplit('.').next().unwrap_or_default();
        // What only has the type of its ending is plain XML, which no program looks into.
        let is_declared = overrides.iter().any(|one| one.strip_prefix('/') == Some(name)) || end == "rels";
        require(is_declared && defaults.iter().any(|one| one == end), || format!("no content type for {name}"))?;
    }
    Ok(())
}

/// Each relation begins and ends at a part, and each part is reached; the ids of each part's relations.
fn check_relations<'a>(documents: &'a Documents<'a>) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let (mut ids, mut reached) = (BTreeMap::new(), BTreeSet::new());
    for (name, document) in documents.iter().filter(|(name, _)| name.ends_with(".rels")) {
        let (folder, file) = name.split_once("_rels/").ok_or_else(|| format!("{name} is in no _rels"))?;
        let source = format!("{folder}{}", file.trim_end_matches(".rels"));
        require(source.is_empty() || documents.contains_key(source.as_str()), || format!("{name}: of no part"))?;
        let mut own = BTreeSet::new();
        for relation in document.root_element().children().filter(Node::is_element) {
            let of = |attribute: &str| relation.attribute(attribute).ok_or(format!("{name}: no {attribute}"));
            require(own.insert(of("Id")?.to_owned()), || format!("{name}: an id twice"))?;
            require(of("Type")?.starts_with("http://"), || format!("{name}: no type"))?;
            require(relation.attribute("TargetMode").is_none(), || format!("{name} leads outside"))?;
            let target = of("Target")?;
            let target = target.strip_prefix('/').map_or(format!("{folder}{target}"), str::to_owned);
            require(documents.contains_key(target.as_str()), || format!("{name}: {target} is not there"))?;
            reached.insert(target);
        }
        ids.insert(source, own);
    }
    for name in documents.keys().filter(|name| **name != TYPES && !name.ends_with(".rels")) {
        require(reached.contains(*name), || format!("{name} is reached by no relation"))?;
    }
    Ok(ids)
}

fn check_word(documents: &Documents<'_>) -> Result<(), String> {
    let styles = documents.get("word/styles.xml").ok_or("no styles")?;
    let known: BTreeSet<&str> = styles.descendants().filter_map(|node| node.attribute((W, "styleId"))).collect();
    for (name, document) in documents.iter().filter(|(name, _)| name.starts_with("word/") && name.ends_with(".xml")) {
        for node in document.descendants().filter(|node| node.tag_name().namespace() == Some(W)) {
            check_order(node).map_err(|fault| format!("{name}: {fault}"))?;
            let is_style = ["pStyle", "rStyle", "tblStyle", "basedOn"].contains(&node.tag_name().name());
            if is_style && !node.attribute((W, "val")).is_some_and(|style| style == "Normal" || known.contains(style)) {
                return Err(format!("{name}: {:?} is no style", node.attribute((W, "val"))));
            }
            if node.has_tag_name((W, "tbl")) {
                check_table(node).map_err(|fault| format!("{name}: {fault}"))?;
            }
        }
    }
    Ok(())
}

fn check_order(node: Node<'_, '_>) -> Result<(), String> {
    let name = node.tag_name().name();
    let Some((_, order)) = ORDER.iter().find(|(parent, _)| *parent == name) else { return Ok(()) };
    let mut last = 0;
    for child in node.children().filter(Node::is_element) {
        let child = child.tag_name().name();
        let place = order.iter().position(|one| *one == child);
        let place = place.ok_or_else(|| format!("<{child}> does not belong into <{name}>"))?;
        require(place >= last || MIXED.contains(&name), || format!("<{child}> comes too late in <{name}>"))?;
        last = place;
    }
    let ends_well = match name {
        "body" => node.last_element_child().is_some_and(|last| last.has_tag_name((W, "sectPr"))),
        // Word calls a file damaged when a cell does not end with a paragraph.
        "tc" => node.last_element_child().is_some_and(|last| last.has_tag_name((W, "p"))),
        _ => true,
    };
    require(ends_well, || format!("<{name}> ends wrongly"))
}

/// Each row fills the columns of the grid, and is as wide as it.
fn check_table(table: Node<'_, '_>) -> Result<(), String> {
    let number = |node: Node<'_, '_>, name: &str, attribute: &str| -> Option<i64> {
        let found = node.descendants().find(|one| one.has_tag_name((W, name)))?;
        found.attribute((W, attribute))?.parse().ok()
    };
    let grid: Vec<i64> = table
        .descendants()
        .filter(|one| one.has_tag_name((W, "gridCol")))
        .filter_map(|one| one.attribute((W, "w"))?.parse().ok())
        .collect();
    for row in table.children().filter(|one| one.has_tag_name((W, "tr"))) {
        let (mut columns, mut width) = (0, 0);
        for cell in row.children().filter(|one| one.has_tag_name((W, "tc"))) {
            columns += number(cell, "gridSpan", "val").unwrap_or(1);
            width += number(cell, "tcW", "w").unwrap_or(0);
        }
        let fits = usize::try_from(columns) == Ok(grid.len()) && width == grid.iter().sum::<i64>();
        require(fits, || format!("a row of {columns} columns in a table of {}", grid.len()))?;
    }
    Ok(())
}

fn check_workbook(documents: &Documents<'_>) -> Result<(), String> {
    let count = |part: &str, element: &str, of: &str| {
        let parent = documents.get(part).and_then(|part| part.descendants().find(|one| one.tag_name().name() == of));
        parent.map_or(0, |parent| parent.children().filter(|one| one.tag_name().name() == element).count())
    };
    let (texts, formats) = (count("xl/sharedStrings.xml", "si", "sst"), count("xl/styles.xml", "xf", "cellXfs"));
    let workbook = documents.get("xl/workbook.xml").ok_or("no workbook")?;
    let sheets: Vec<&str> = workbook
        .descendants()
        .filter(|one| one.tag_name().name() == "sheet")
        .filter_map(|one| one.attribute("name"))
        .collect();
    let distinct: BTreeSet<String> = sheets.iter().map(|name| name.to_lowercase()).collect();
    require(!sheets.is_empty() && distinct.len() == sheets.len(), || format!("sheets {sheets:?}"))?;
    require(sheets.iter().all(|name| name.encode_utf16().count() <= 31), || format!("a long name in {sheets:?}"))?;
    for (name, document) in documents.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
        for cell in document.descendants().filter(|one| one.tag_name().name() == "c") {
            let place = cell.attribute("r").ok_or_else(|| format!("{name}: a cell without a place"))?;
            let is_formula = cell.children().any(|one| one.tag_name().name() == "f");
            require(!is_formula, || format!("{name}: {place} is a formula"))?;
            let format: usize = cell.attribute("s").unwrap_or("0").parse().map_err(|_| format!("{name}: {place}"))?;
            require(format < formats, || format!("{name}: {place} has no format"))?;
            if cell.attribute("t") == Some("s") {
                let text = cell.first_element_child().and_then(|value| value.text()?.parse::<usize>().ok());
                require(text.is_some_and(|text| text < texts), || format!("{name}: {place} has no text"))?;
            }
        }
    }
    Ok(())
}

/// The file with one part changed.
fn with(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (part, text) in parts(bytes).expect("sound parts") {
        archive.start_file(part.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        let text = if part == name { change(&text) } else { text };
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

#[tokio::test]
async fn each_kind_of_damage_is_found() {
    let app = TestApp::new().await;
    let matter = app.accepted("rep01").await;
    let docx = &printed(&matter.lead().await, "SUBMISSION_FORM", "DOCX", json!({ "id": matter.id })).await;
    let xlsx = &printed(&matter.office().await, "LEDGER", "XLSX", json!({ "filter": {} })).await;
    assert_eq!((check(docx), check(xlsx)), (Ok(()), Ok(())));
    let word = "word/document.xml";
    for (bytes, part, from, to, fault) in [
        (docx, word, "</w:body>", "", "word/document.xml: "),
        (docx, word, "<w:body>", "<w:body><x:y/>", "unknown namespace"),
        (docx, word, "<w:p>", "<w:p a=\"1\" a=\"2\">", "'a'"),
        (docx, word, "r:id=\"rId4\"", "r:id=\"rId44\"", "no relation rId44"),
        (
            docx,
            word,
            "<w:vAlign w:val=\"center\"/>",
            "<w:vAlign w:val=\"center\"/><w:gridSpan w:val=\"1\"/>",
            "too late",
        ),
        (docx, word, "<w:gridCol ", "<w:gridCol w:w=\"1\"/><w:gridCol ", "a row of"),
        (docx, word, "<w:tc>", "<w:tc><w:x/>", "does not belong"),
        (docx, "word/styles.xml", "w:styleId=\"cell\"", "w:styleId=\"sell\"", "is no style"),
        (docx, "word/_rels/document.xml.rels", "styles.xml", "style.xml", "is not there"),
        (docx, TYPES, "/word/settings.xml", "/word/setting.xml", "which is not there"),
        (xlsx, "xl/worksheets/sheet1.xml", "<v>", "<f>1+1</f><v>", "is a formula"),
        (xlsx, "xl/worksheets/sheet1.xml", "<v>0</v>", "<v>99999</v>", "has no text"),
        (xlsx, "xl/sharedStrings.xml", "</sst>", "", "xl/sharedStrings.xml: "),
    ] {
        let hurt = with(bytes, part, |text| {
            assert!(text.contains(from), "{from} is not in {part}");
            text.replacen(from, to, 1)
        });
        let found = check(&hurt).expect_err(to);
        assert!(found.contains(fault), "{to}: {found}");
    }
}
