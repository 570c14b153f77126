//! How each kind of paragraph looks. The only place that knows sizes, faces and indents.
//!
//! Sizes carry their Chinese names: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt, 五号 10.5 pt, 小五 9 pt.

use serde::Serialize;

/// The four faces of official papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// 仿宋: text.
    Fangsong,
    /// 小标宋: titles and the red head.
    Biaosong,
    /// 黑体: first headings, marks and table heads.
    Hei,
    /// 楷体: second headings, the signer's name.
    Kai,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fangsong, Self::Biaosong, Self::Hei, Self::Kai];

    /// The name it is serialised under.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fangsong => "fangsong",
            Self::Biaosong => "biaosong",
            Self::Hei => "hei",
            Self::Kai => "kai",
        }
    }
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Both edges straight.
    Justify,
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// A named kind of paragraph: one element of the templates' markup each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Text, first line set in by two characters.
    P,
    /// Text without indent: the salutation.
    Flush,
    /// First heading, 一、
    H1,
    /// Second heading, （一）
    H2,
    /// Title of a letter or report.
    Title,
    /// A line under the title.
    Subtitle,
    /// Title of a form or table.
    FormTitle,
    /// The agency's name in red.
    RedHead,
    /// A mark in the top right corner.
    Corner,
    /// A line at the right: signatures.
    Right,
    /// A line in the middle.
    Centre,
    /// A remark in smaller letters.
    Note,
    /// The line over a table.
    Caption,
    /// A row of the closing record.
    Record,
    /// Text in a table.
    Cell,
    /// Longer text in a table, first line set in.
    CellText,
    /// A heading in a table.
    CellHead,
}

/// How a paragraph looks. Indents are in characters, lengths in points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Look {
    /// Face of the text.
    pub face: Face,
    /// Size of the letters.
    pub size: f32,
    /// Distance from line to line.
    pub line: f32,
    /// Where lines stand.
    pub align: Align,
    /// Indent of the first line; negative for a hanging label.
    pub first: f32,
    /// Indent at the left.
    pub left: f32,
    /// Indent at the right.
    pub right: f32,
    /// Space above.
    pub before: f32,
    /// Space below.
    pub after: f32,
    /// Change of the distance between characters: 28 of them fill a line of a letter.
    pub tracking: f32,
    /// Whether it is red.
    pub red: bool,
    /// Whether it stays on the page of what follows.
    pub keep: bool,
}

/// Distance from line to line that puts 22 lines on a page of a letter (225 mm).
pub const LINE: f32 = 28.95;

const PLAIN: Look = Look {
    face: Face::Fangsong,
    size: 16.0,
    line: LINE,
    align: Align::Justify,
    first: 0.0,
    left: 0.0,
    right: 0.0,
    before: 0.0,
    after: 0.0,
    tracking: -0.25,
    red: false,
    keep: false,
};

impl Style {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::P,
        Self::Flush,
        Self::H1,
        Self::H2,
        Self::Title,
        Self::Subtitle,
        Self::FormTitle,
        Self::RedHead,
        Self::Corner,
        Self::Right,
        Self::Centre,
        Self::Note,
        Self::Caption,
        Self::Record,
        Self::Cell,
        Self::CellText,
        Self::CellHead,
    ];

    /// The element of the templates' markup, and the style's id in a DOCX.
    pub fn name(self) -> &'static str {
        match self {
            Self::P => "p",
            Self::Flush => "flush",
            Self::H1 => "h1",
            Self::H2 => "h2",
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::FormTitle => "formtitle",
            Self::RedHead => "redhead",
            Self::Corner => "corner",
            Self::Right => "right",
            Self::Centre => "centre",
            Self::Note => "note",
            Self::Caption => "caption",
            Self::Record => "record",
            Self::Cell => "cell",
            Self::CellText => "celltext",
            Self::CellHead => "cellhead",
        }
    }

    /// The style's name in Word.
    pub fn label(self) -> &'static str {
        match self {
            Self::P => "公文正文",
            Self::Flush => "公文主送",
            Self::H1 => "公文一级标题",
            Self::H2 => "公文二级标题",
            Self::Title => "公文标题",
            Self::Subtitle => "公文副标题",
            Self::FormTitle => "表格标题",
            Self::RedHead => "发文机关标志",
            Self::Corner => "公文角标",
            Self::Right => "公文署名",
            Self::Centre => "公文居中",
            Self::Note => "公文说明",
            Self::Caption => "表题",
            Self::Record => "公文版记",
            Self::Cell => "表格内容",
            Self::CellText => "表格正文",
            Self::CellHead => "表格栏目",
        }
    }

    /// The style with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }

    /// How it looks.
    pub fn look(self) -> Look {
        let note = Look { size: 14.0, line: 24.0, tracking: 0.0, ..PLAIN };
        let cell = Look { size: 12.0, line: 18.0, tracking: 0.0, align: Align::Left, ..PLAIN };
        match self {
            Self::P => Look { first: 2.0, ..PLAIN },
            Self::Flush => PLAIN,
            Self::H1 => Look { face: Face::Hei, first: 2.0, keep: true, ..PLAIN },
            Self::H2 => Look { face: Face::Kai, first: 2.0, keep: true, ..PLAIN },
            Self::Title => Look {
                face: Face::Biaosong,
                size: 22.0,
                line: 35.0,
                align: Align::Centre,
                tracking: 0.0,
                keep: true,
                ..PLAIN
            },
            Self::Subtitle => Look { face: Face::Kai, align: Align::Centre, keep: true, ..PLAIN },
            Self::FormTitle => Look {
                face: Face::Biaosong,
                size: 20.0,
                line: 30.0,
                align: Align::Centre,
                tracking: 0.0,
                after: 6.0,
                keep: true,
                ..PLAIN
            },
            Self::RedHead => Look {
                face: Face::Biaosong,
                size: 40.0,
                line: 52.0,
                align: Align::Centre,
                tracking: 0.0,
                red: true,
                keep: true,
                ..PLAIN
            },
            Self::Corner => Look { face: Face::Hei, align: Align::Right, ..PLAIN },
            Self::Right => Look { align: Align::Right, tracking: 0.0, ..PLAIN },
            Self::Centre => Look { align: Align::Centre, ..PLAIN },
            Self::Note => Look { first: 2.0, ..note },
            Self::Caption => Look { face: Face::Hei, align: Align::Centre, before: 6.0, keep: true, ..note },
            Self::Record => Look { left: 1.0, right: 1.0, ..note },
            Self::Cell => cell,
            Self::CellText => Look { align: Align::Justify, first: 2.0, line: 21.0, ..cell },
            Self::CellHead => Look { face: Face::Hei, align: Align::Centre, ..cell },
        }
    }
}

/// The red head's size: as large as the name allows in one line, 22 to 44 points.
pub fn red_head_size(characters: f32, width_pt: f32) -> f32 {
    (width_pt / characters.max(1.0) * 0.98).clamp(22.0, 44.0).floor()
}
