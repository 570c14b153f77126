//! Home addresses: a house, stair or flat after a street, an estate or a village.

/// One part of an address behind its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// 号, 弄.
    House,
    /// 号楼, 幢, 栋, 座.
    Building,
    /// 单元.
    Stair,
    /// 室, 户.
    Flat,
    /// 组 of a village.
    Group,
    /// 楼, 层.
    Floor,
}

/// Longer endings stand before those that they begin with.
const ENDINGS: &[(&str, Part)] = &[
    ("号楼", Part::Building),
    ("号院", Part::House),
    ("单元", Part::Stair),
    ("号", Part::House),
    ("弄", Part::House),
    ("幢", Part::Building),
    ("栋", Part::Building),
    ("座", Part::Building),
    ("室", Part::Flat),
    ("户", Part::Flat),
    ("组", Part::Group),
    ("层", Part::Floor),
    ("楼", Part::Floor),
];

/// Buildings whose rooms are no homes.
const PUBLIC: &[&str] = &["行政中心", "市民中心", "服务中心", "政府", "大厅", "办公楼", "法院", "检察院"];

/// Estates, after which three numbers with hyphens are house, stair and flat.
const ESTATES: &[&str] = &["小区", "花园", "苑", "新村", "公寓", "家园", "花苑", "府"];

/// The parts from here to their end, when they lead to a home.
pub(super) fn address(text: &[char], at: usize) -> Option<usize> {
    if !is_number(text[at]) || at > 0 && is_number(text[at - 1]) {
        return None;
    }
    let before: String = text[at.saturating_sub(12)..at].iter().collect();
    if PUBLIC.iter().any(|word| before.contains(word)) {
        return None;
    }
    if ESTATES.iter().any(|word| before.ends_with(word))
        && let Some(end) = hyphens(text, at)
    {
        return Some(end);
    }
    let mut parts = Vec::new();
    let mut end = at;
    while let Some((part, next)) = part(text, end) {
        parts.push(part);
        end = next;
    }
    // A flat may be written without its word: 3幢2单元501.
    let bare = bare_flat(text, end).filter(|_| parts.contains(&Part::Building) || parts.contains(&Part::Stair));
    if let Some(next) = bare {
        parts.push(Part::Flat);
        end = next;
    }
    leads_to_a_home(&parts, &before).then_some(end)
}

fn leads_to_a_home(parts: &[Part], before: &str) -> bool {
    let behind = |first: &[Part], second: Part| {
        let first = parts.iter().position(|part| first.contains(part));
        first.is_some_and(|i| parts[i + 1..].contains(&second))
    };
    behind(&[Part::House, Part::Building, Part::Stair], Part::Flat)
        || behind(&[Part::Building], Part::Stair)
        || (behind(&[Part::Group], Part::House) && before.contains(['村', '社', '庄']))
}

/// A digit, a letter of a building, or a Chinese numeral.
fn is_number(c: char) -> bool {
    c.is_ascii_alphanumeric() || "一二三四五六七八九十百〇零".contains(c)
}

/// A number, perhaps with a hyphen inside, and its ending.
fn part(text: &[char], at: usize) -> Option<(Part, usize)> {
    let number = text.get(at..)?.iter().take(10).take_while(|c| is_number(**c) || **c == '-').count();
    let (first, rest) = (*text.get(at)?, text.get(at + number..)?);
    if number == 0 || !is_number(first) {
        return None;
    }
    ENDINGS.iter().find_map(|(ending, part)| {
        let length = ending.chars().count();
        let here = rest.get(..length)?.iter().copied().eq(ending.chars());
        here.then_some((*part, at + number + length))
    })
}

/// Three or four digits that nothing follows which would make them something else.
fn bare_flat(text: &[char], at: usize) -> Option<usize> {
    let digits = text.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    let next = text.get(at + digits).copied().unwrap_or(' ');
    ((3..=4).contains(&digits) && !next.is_alphanumeric()).then_some(at + digits)
}

/// Three numbers with hyphens: 3-2-501.
fn hyphens(text: &[char], at: usize) -> Option<usize> {
    let mut i = at;
    for n in 0..3 {
        let digits = text.get(i..)?.iter().take_while(|c| c.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) {
            return None;
        }
        i += digits;
        if n < 2 {
            if text.get(i) != Some(&'-') {
                return None;
            }
            i += 1;
        }
    }
    Some(i)
}
