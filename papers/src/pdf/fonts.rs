//! Fonts: four faces, each with the official font if a folder has it, else with one that comes along.

use std::path::{Path, PathBuf};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::error::PaperError;
use crate::style::Face;

/// Subsets of open fonts that hold the 8,105 characters of 通用规范汉字表; see `fonts/OFL.txt`.
const SHIPPED: [&[u8]; 3] = [
    include_bytes!("../../fonts/JianyanText.ttf"),
    include_bytes!("../../fonts/JianyanTitle.otf"),
    include_bytes!("../../fonts/JianyanHei.otf"),
];

/// Families that serve a face, best first. Font files name themselves in Latin or in Chinese letters.
fn families(face: Face) -> &'static [&'static str] {
    match face {
        Face::Fangsong => &[
            "FangSong_GB2312",
            "仿宋_GB2312",
            "FangSong",
            "仿宋",
            "FZFangSong-Z02",
            "方正仿宋简体",
            "方正仿宋_GBK",
            "STFangsong",
            "华文仿宋",
            "Zhuque Fangsong (technical preview)",
            "朱雀仿宋（预览测试版）",
            "Jianyan Text",
        ],
        Face::Biaosong => {
            &["FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "Jianyan Title"]
        }
        Face::Hei => &["SimHei", "黑体", "FZHei-B01S", "方正黑体简体", "STHeiti", "Jianyan Hei"],
        Face::Kai => &["KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S", "STKaiti", "Jianyan Text"],
    }
}

/// Fonts in memory, loaded once.
pub struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("families", &self.fonts.len()).finish()
    }
}

impl Fonts {
    /// Those that come with the program: a machine without fonts prints too.
    pub fn shipped() -> Self {
        Self::of(SHIPPED.into_iter().flat_map(|data| Font::iter(Bytes::new(data))).collect())
    }

    /// Those in the folders (`.ttf`, `.otf`, `.ttc`; subfolders are not read), and the shipped ones for what they lack.
    pub fn load<P: AsRef<Path>>(folders: &[P]) -> Result<Self, PaperError> {
        let mut fonts = Vec::new();
        for folder in folders {
            for path in font_files(folder.as_ref())? {
                let data = std::fs::read(&path).map_err(|source| PaperError::Read { path: path.clone(), source })?;
                let before = fonts.len();
                fonts.extend(Font::iter(Bytes::new(data)));
                if fonts.len() == before {
                    return Err(PaperError::Font { path });
                }
            }
        }
        fonts.extend(SHIPPED.into_iter().flat_map(|data| Font::iter(Bytes::new(data))));
        Ok(Self::of(fonts))
    }

    fn of(fonts: Vec<Font>) -> Self {
        Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    /// The families at hand for a face, best first; the last ones fill in what the first lack.
    pub fn families(&self, face: Face) -> Vec<String> {
        let at_hand = |name: &&&str| self.book.contains_family(&name.to_lowercase());
        let mut found: Vec<String> = families(face).iter().filter(at_hand).map(|name| (*name).to_owned()).collect();
        for shipped in ["Jianyan Text", "Jianyan Title", "Jianyan Hei"] {
            if !found.iter().any(|name| name == shipped) {
                found.push(shipped.to_owned());
            }
        }
        found
    }

    /// The characters no font has, each once, in order.
    pub fn missing<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Vec<char> {
        let mut missing = std::collections::BTreeSet::new();
        for text in texts {
            for c in text.chars().filter(|c| !c.is_control()) {
                let has = |font: &Font| font.info().coverage.contains(c as u32);
                if !missing.contains(&c) && !self.fonts.iter().any(has) {
                    missing.insert(c);
                }
            }
        }
        missing.into_iter().collect()
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }
}

/// Font files of a folder, in the order of their names: a machine's order of files must not change a paper.
fn font_files(folder: &Path) -> Result<Vec<PathBuf>, PaperError> {
    let unreadable = |source| PaperError::Read { path: folder.to_path_buf(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if matches!(ending.as_deref(), Some("ttf" | "otf" | "ttc" | "otc")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
