//! The language of texts for people, chosen from `Accept-Language`.

use domain::language::Language;

/// The language that an `Accept-Language` value likes best; Chinese when it names none we have.
/// Of two liked equally, the one named first wins.
#[must_use]
pub fn from_accept_language(value: &str) -> Language {
    let mut best: Option<(Language, f32)> = None;
    for item in value.split(',') {
        let (range, quality) = weighted(item);
        let primary = range.split('-').next().unwrap_or_default();
        let language = if primary.eq_ignore_ascii_case("en") {
            Language::En
        } else if primary.eq_ignore_ascii_case("zh") || primary == "*" {
            Language::Zh
        } else {
            continue;
        };
        if quality > 0.0 && best.is_none_or(|(_, q)| quality > q) {
            best = Some((language, quality));
        }
    }
    best.map(|(language, _)| language).unwrap_or_default()
}

/// Splits one item of a preference header into its range and its `q` value (1 when absent, 0 when
/// it is no number: an item we cannot read is not a preference).
pub(super) fn weighted(item: &str) -> (&str, f32) {
    let mut parts = item.split(';');
    let range = parts.next().unwrap_or_default().trim();
    let quality = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1.0, |(_, q)| q.trim().parse::<f32>().unwrap_or(0.0));
    (range, if quality.is_finite() { quality.clamp(0.0, 1.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefers_the_highest_quality_and_falls_back_to_chinese() {
        for (value, wanted) in [
            ("", Language::Zh),
            ("fr", Language::Zh),
            ("en", Language::En),
            ("EN-gb", Language::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            ("zh;q=0.3, en;q=0.8", Language::En),
            ("en;q=0, *", Language::Zh),
            ("en;q=nan", Language::Zh),
            ("fr, en;q=0.1", Language::En),
        ] {
            assert_eq!(from_accept_language(value), wanted, "{value}");
        }
    }
}
