//! `jianyan bench statistics`: how long one question about figures takes.
//!
//! The years are made as plain rows, the same every time. Beside the question stand the same grouped statements,
//! with their rows thrown away: what the database and its driver take by themselves.

use super::super::CommandFault;
use super::super::demo::ROSTER;
use super::super::load;
use super::{failed, stock, tidy, years};
use crate::access;
use crate::cx::Deps;
use crate::error::AppResult;
use crate::repo::statistics::{self as counts, Question};
use crate::use_cases::statistics::{StatisticsScope, compute};
use domain::rules::legal_day::{day_begins, legal_day};
use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

/// How often each is measured; the median counts.
const TIMES: usize = 7;

/// Makes the years, asks, and prints.
pub async fn measure(deps: &Arc<Deps>, matters: usize, span: usize, out: &mut dyn Write) -> Result<(), CommandFault> {
    let kind = if deps.db.is_sqlite() { "SQLite" } else { "PostgreSQL" };
    writeln!(out, "{kind}: making {matters} matters over {span} handling years …")?;
    load::load(deps, "the roster of the bench", ROSTER).await?;
    let since = Instant::now();
    years::fill(deps, matters, span, None).await.map_err(failed)?;
    tidy(deps).await?;
    let asker = stock::act(deps, "auditor").await.map_err(failed)?;
    writeln!(out, "    made in {:.1} s", since.elapsed().as_secs_f64())?;
    let scope = StatisticsScope {
        region_id: asker.actor.region_id,
        handling_years: years::handling_years(span),
        kinds: None,
        origin_levels: None,
        roles: None,
        agency_id: None,
        institution: None,
        as_of: None,
    };
    let mut question = Question {
        readable: access::list(&asker.actor),
        region_id: scope.region_id,
        handling_years: scope.handling_years.clone(),
        kinds: None,
        origin_levels: None,
        roles: None,
        agency_id: None,
        institution: None,
        as_of: asker.today(),
        until: None,
    };
    let past = legal_day(day_begins(asker.today()) - chrono::TimeDelta::days(200));
    for (name, as_of) in [("(a) now", None), ("(b) as of a day 200 days ago", Some(past))] {
        if let Some(day) = as_of {
            (question.as_of, question.until) = (day, day.succ_opt().map(day_begins));
        }
        let scope = StatisticsScope { as_of, ..scope.clone() };
        let mut asked = Vec::new();
        let mut total = 0;
        for _ in 0..TIMES {
            let since = Instant::now();
            let found = compute(&asker, scope.clone()).await.map_err(failed)?;
            asked.push(since.elapsed().as_secs_f64());
            total = found.years.iter().map(|year| year.total).sum();
        }
        let plain = plain(deps, &question).await.map_err(failed)?;
        let (asked, plain) = (median(asked), median(plain));
        let ratio = asked / plain;
        writeln!(
            out,
            "{name}: {total} matters counted, {:.1} ms; the statements alone {:.1} ms; ratio {ratio:.2}",
            asked * 1000.0,
            plain * 1000.0
        )?;
    }
    Ok(())
}

async fn plain(deps: &Deps, question: &Question) -> AppResult<Vec<f64>> {
    let mut taken = Vec::new();
    for _ in 0..TIMES {
        let since = Instant::now();
        counts::send_plain(&deps.db, question).await?;
        taken.push(since.elapsed().as_secs_f64());
    }
    Ok(taken)
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}
