//! `jianyan bench search`: how long a search takes over the matters of ten years.
//!
//! Every question is asked as two people: the congress office, which may read every matter of its house that was handed
//! in, and a liaison, who may read those of his agency. Beside the page stands its one statement with the rows thrown
//! away: what the database and its driver take by themselves.

use super::super::CommandFault;
use super::super::demo::ROSTER;
use super::super::load;
use super::texts::Texts;
use super::{failed, stock, tidy, years};
use crate::access;
use crate::cx::{Cx, Deps};
use crate::error::AppResult;
use crate::repo::finding::{self, Search};
use crate::repo::page::PageRequest;
use crate::repo::submissions::SubmissionFilter;
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

/// Over how many handling years the matters lie.
const YEARS: usize = 10;
/// How often each question is asked.
const TIMES: usize = 10;
/// Matters of a page.
const PAGE: i32 = 20;
/// What is asked, by sort: words of two characters, of four, single ones, with digits, and two at once.
const QUESTIONS: [(&str, &[&str]); 5] = [
    ("two characters", &["养老", "电梯", "河道", "食品", "托育", "统筹"]),
    ("four characters", &["食品安全", "营商环境", "居家养老", "水库除险"]),
    ("one character", &["水", "桥", "犬"]),
    ("with digits", &["G104", "5G", "2023年"]),
    ("two words", &["养老 补贴", "老旧小区 电梯", "南湖 停车", "校园 建议"]),
];
/// Who asks.
const READERS: [(&str, &str); 2] = [("congress office", "congress1"), ("agency liaison", "mzj-liaison")];

/// Makes the matters, asks, and prints.
pub async fn measure(deps: &Arc<Deps>, matters: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let kind = if deps.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    writeln!(out, "{kind}: making {matters} matters over {YEARS} handling years, with their index …")?;
    load::load(deps, "the roster of the bench", ROSTER).await?;
    let since = Instant::now();
    years::fill(deps, matters, YEARS, Some(&Texts::of_ledgers())).await.map_err(failed)?;
    tidy(deps).await?;
    writeln!(out, "    made in {:.1} s", since.elapsed().as_secs_f64())?;
    for (reader, username) in READERS {
        let cx = stock::act(deps, username).await.map_err(failed)?;
        let mut all = Taken::default();
        writeln!(out, "{reader}: milliseconds at p50 / p95 / p99")?;
        for (sort, questions) in QUESTIONS {
            let mut taken = Taken::default();
            for words in questions {
                taken.ask(&cx, words).await.map_err(failed)?;
            }
            taken.print(sort, out)?;
            all.add(taken);
        }
        all.print("all", out)?;
    }
    Ok(())
}

/// Seconds of each asking.
#[derive(Default)]
struct Taken {
    page: Vec<f64>,
    total: Vec<f64>,
    facets: Vec<f64>,
    plain: Vec<f64>,
    found: u64,
}

impl Taken {
    async fn ask(&mut self, cx: &Cx, words: &str) -> AppResult<()> {
        let search = Search {
            scope: access::list(&cx.actor),
            filter: SubmissionFilter::default(),
            words: lexis::Query::parse(words),
            today: cx.today(),
        };
        let request = PageRequest::read(Some(PAGE), None, None, None)?;
        let conn = cx.db().reader();
        for _ in 0..TIMES {
            let since = Instant::now();
            finding::page(conn, &search, &request).await?;
            let page = since.elapsed().as_secs_f64();
            self.page.push(page);
            self.found = self.found.max(finding::count(conn, &search).await?);
            self.total.push(since.elapsed().as_secs_f64());
            let rest = Instant::now();
            finding::facets(conn, &search).await?;
            self.facets.push(page + rest.elapsed().as_secs_f64());
            let since = Instant::now();
            finding::send_plain(conn, &search, &request).await?;
            self.plain.push(since.elapsed().as_secs_f64());
        }
        Ok(())
    }

    fn add(&mut self, more: Self) {
        self.page.extend(more.page);
        self.total.extend(more.total);
        self.facets.extend(more.facets);
        self.plain.extend(more.plain);
        self.found = self.found.max(more.found);
    }

    fn print(&self, sort: &str, out: &mut dyn Write) -> std::io::Result<()> {
        let shown =
            |seconds: &[f64]| [50, 95, 99].map(|share| format!("{:.1}", at(seconds, share) * 1000.0)).join(" / ");
        let ratio = at(&self.page, 50) / at(&self.plain, 50);
        writeln!(
            out,
            "    {sort} (at most {} found): page {}; with total {}; with facets {}; statement alone {}; ratio {ratio:.2}",
            self.found,
            shown(&self.page),
            shown(&self.total),
            shown(&self.facets),
            shown(&self.plain),
        )
    }
}

/// What so many of a hundred do not exceed.
fn at(seconds: &[f64], share: usize) -> f64 {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    let index = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn a_percentile_is_the_value_that_so_many_do_not_exceed() {
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!([50, 95, 99].map(|share| at(&hundred, share)), [50.0, 95.0, 99.0]);
        assert_eq!(at(&[7.0], 99), 7.0);
        assert_eq!(at(&[], 99), 0.0);
    }
}
