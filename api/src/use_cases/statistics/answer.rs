//! From counts to the answer: every key shown, every figure with its definition, few ratings withheld.

use super::told::{AgencyStatistics, CategoryOutcomes, Count, Metric, Statistics, YearStatistics};
use super::{Asker, StatisticsScope};
use crate::access;
use crate::repo::statistics::{Counted, Matters, Ratings, Replies};
use chrono::{DateTime, Utc};
use domain::actor::Actor;
use domain::figures::numbers::{Behind, PERSONS};
use domain::figures::{
    OF_AN_AGENCY, Ratio, Ratios, ScopeWords, definition, growth, is_rushed, protects_raters_from, rests_on_ratings,
    withheld, withheld_note,
};
use domain::ids::OrganizationId;
use domain::policy::Action;
use domain::rules::calendar::Calendar;
use domain::vocabulary::{
    AssignmentRole, CollectiveKind, Institution, MetricName, Outcome, Rating, RegionLevel, Role, SubmissionKind,
    SubmissionStatus,
};
use std::collections::BTreeMap;

/// The key of matters without a category or a level of origin; shown when there are any.
const NONE: &str = "NONE";

/// The counts with all that is needed to put them into the answer.
pub(super) struct Answer<'a> {
    pub at: DateTime<Utc>,
    pub scope: &'a StatisticsScope,
    pub asker: &'a Asker<'a>,
    pub counted: &'a Counted,
    pub calendar: &'a Calendar,
    pub words: &'a ScopeWords,
}

/// Figures of ratings that must not be shown.
#[derive(Clone, Copy, Default)]
struct Withheld {
    all: bool,
    first_round: bool,
    last_round: bool,
}

impl Answer<'_> {
    /// The answer.
    pub fn statistics(&self) -> Statistics {
        Statistics {
            as_of: self.at,
            years: self.scope.handling_years.iter().map(|year| self.year(*year)).collect(),
            agencies: self.agencies(),
        }
    }

    fn year(&self, year: i32) -> YearStatistics {
        let language = self.asker.language;
        let total = |year: i32| self.accepted(year, |_| true);
        let hidden = self.hidden_in(year);
        let proposers = access::authorize_at_large(self.asker.actor, Action::ReadBehind(Behind::Proposers)).is_ok();
        YearStatistics {
            handling_year: year,
            total: total(year),
            by_kind: self
                .kinds()
                .map(|kind| count(kind.code(), kind.label(language), self.accepted(year, |row| row.kind == kind)))
                .collect(),
            by_origin_level: chosen(&self.scope.origin_levels, RegionLevel::ALL)
                .map(|level| {
                    count(
                        level.code(),
                        level.label(language),
                        self.accepted(year, |row| row.origin_level == Some(level)),
                    )
                })
                .chain(self.without(self.accepted(year, |row| row.origin_level.is_none())))
                .collect(),
            by_category: self.by_category(year),
            by_outcome: self.by_outcome(|row| row.handling_year == year),
            outcomes_by_category: self.outcomes_by_category(year),
            by_delegation: if proposers { self.by_delegation(year) } else { Vec::new() },
            by_proposer: if proposers { self.by_proposer(year) } else { Vec::new() },
            by_role: chosen(&self.scope.roles, AssignmentRole::ALL)
                .map(|role| {
                    let rows = self.counted.parts.iter().filter(|row| row.handling_year == year && row.role == role);
                    count(role.code(), role.label(language), rows.map(|row| row.standing).sum())
                })
                .collect(),
            by_rating: if hidden.all { Vec::new() } else { self.by_rating(year, |row| row.forms) },
            by_first_rating: match hidden.all || hidden.first_round {
                true => Vec::new(),
                false => self.by_rating(year, |row| row.first_round),
            },
            by_final_rating: match hidden.all || hidden.last_round {
                true => Vec::new(),
                false => self.by_rating(year, |row| row.last_round),
            },
            by_status: SubmissionStatus::ALL
                .iter()
                .map(|status| {
                    count(status.code(), status.label(language), self.accepted(year, |row| row.status == *status))
                })
                .collect(),
            metrics: self.metrics(MetricName::ALL, &self.year_ratios(year), hidden, &[year]),
            growth: growth(total(year), total(year - 1)),
        }
    }

    /// The kinds that can occur in this scope.
    fn kinds(&self) -> impl Iterator<Item = SubmissionKind> {
        let house = self.scope.institution.or_else(|| house(self.asker.actor));
        chosen(&self.scope.kinds, SubmissionKind::ALL)
            .filter(move |kind| house.is_none() || kind.institution().is_none() || kind.institution() == house)
    }

    /// Accepted matters of the year that are so.
    fn accepted(&self, year: i32, is: impl Fn(&Matters) -> bool) -> i64 {
        let rows = self.counted.matters.iter().filter(|row| row.handling_year == year);
        rows.filter(|row| is(row)).map(|row| row.accepted).sum()
    }

    fn by_category(&self, year: i32) -> Vec<Count> {
        self.counted
            .categories
            .iter()
            .map(|(id, name)| count(&id.to_string(), name, self.accepted(year, |row| row.category_id == Some(*id))))
            .chain(self.without(self.accepted(year, |row| row.category_id.is_none())))
            .collect()
    }

    fn by_delegation(&self, year: i32) -> Vec<Count> {
        let rows = self.counted.delegations.iter().filter(|row| row.handling_year == year);
        rows.map(|row| count(&row.organization_id.to_string(), &row.name, row.accepted)).collect()
    }

    /// Persons, then each kind of body; kinds that do not occur are left out, as congresses have none.
    fn by_proposer(&self, year: i32) -> Vec<Count> {
        let language = self.asker.language;
        let of = |kind| self.accepted(year, |row| row.collective_kind == kind);
        let bodies = CollectiveKind::ALL.iter().map(|kind| count(kind.code(), kind.label(language), of(Some(*kind))));
        let persons = count(PERSONS, language.pick("个人", "persons"), of(None));
        std::iter::once(persons).chain(bodies.filter(|body| body.count > 0)).collect()
    }

    fn without(&self, number: i64) -> Option<Count> {
        (number > 0).then(|| count(NONE, self.asker.language.pick("未注明", "not stated"), number))
    }

    fn by_outcome(&self, takes: impl Fn(&Replies) -> bool) -> Vec<Count> {
        let rows = || self.counted.replies.iter().filter(|row| takes(row));
        Outcome::ALL
            .iter()
            .map(|outcome| {
                let of = rows().filter(|row| row.outcome == *outcome);
                count(outcome.code(), outcome.label(self.asker.language), of.map(|row| row.replies).sum())
            })
            .collect()
    }

    /// Categories without a reply are left out: their row would hold nothing but zeros.
    fn outcomes_by_category(&self, year: i32) -> Vec<CategoryOutcomes> {
        let named = self.counted.categories.iter().map(|(id, name)| (Some(*id), id.to_string(), name.clone()));
        let none = (None, NONE.to_owned(), self.asker.language.pick("未注明", "not stated").to_owned());
        named
            .chain([none])
            .map(|(id, key, label)| CategoryOutcomes {
                key,
                label,
                outcomes: self.by_outcome(|row| row.handling_year == year && row.category_id == id),
            })
            .filter(|row| row.outcomes.iter().any(|count| count.count > 0))
            .collect()
    }

    fn by_rating(&self, year: i32, of: impl Fn(&Ratings) -> i64) -> Vec<Count> {
        Rating::ALL
            .iter()
            .map(|rating| {
                let rows = self.counted.ratings.iter().filter(|row| row.handling_year == year && row.rating == *rating);
                count(rating.code(), rating.label(self.asker.language), rows.map(&of).sum())
            })
            .collect()
    }

    fn year_ratios(&self, year: i32) -> Ratios {
        let mut ratios = Ratios::default();
        for row in self.counted.matters.iter().filter(|row| row.handling_year == year) {
            ratios.add(MetricName::FilingRate, row.accepted, row.handed_in);
        }
        for row in self.counted.answering.iter().filter(|row| row.handling_year == year) {
            ratios.add(MetricName::ReplyRate, row.answered, row.matters);
            ratios.add(MetricName::OnTimeReplyRate, row.on_time, row.timed);
            ratios.add(MetricName::ClosureRate, row.done, row.matters);
            ratios.add(MetricName::FaceToFaceRate, row.met, row.matters);
        }
        for row in self.counted.issue_days.iter().filter(|row| row.handling_year == year) {
            let rushed = is_rushed(self.calendar, row.issued_on, row.due_on);
            ratios.add(MetricName::RushIndex, if rushed { row.replies } else { 0 }, row.replies);
        }
        self.add_common(&mut ratios, |of_year, _| of_year == year);
        ratios
    }

    /// What counts alike for a year and for an agency.
    fn add_common(&self, ratios: &mut Ratios, takes: impl Fn(i32, OrganizationId) -> bool) {
        let counted = self.counted;
        for row in counted.parts.iter().filter(|row| takes(row.handling_year, row.agency_id)) {
            ratios.add(MetricName::ReturnRate, 0, row.released);
            ratios.add(MetricName::AssignmentAccuracy, row.released - row.handed_back, row.released);
        }
        for row in counted.returns.iter().filter(|row| takes(row.handling_year, row.agency_id)) {
            ratios.add(MetricName::ReturnRate, row.requests, 0);
        }
        for row in counted.replies.iter().filter(|row| takes(row.handling_year, row.agency_id)) {
            ratios.add_replies(row.outcome, row.replies);
            ratios.add(MetricName::PublicationRate, row.published, row.publishable);
        }
        for row in counted.ratings.iter().filter(|row| takes(row.handling_year, row.agency_id)) {
            ratios.add_ratings(row.rating, true, row.first_round);
            ratios.add_ratings(row.rating, false, row.forms - row.first_round);
        }
        for row in counted.promises.iter().filter(|row| takes(row.handling_year, row.agency_id)) {
            ratios.add(MetricName::ImplementationRate, row.kept, row.due);
        }
    }

    fn agencies(&self) -> Vec<AgencyStatistics> {
        let mut found: BTreeMap<OrganizationId, (AgencyStatistics, Ratios)> = BTreeMap::new();
        let empty = |agency_id| AgencyStatistics {
            agency_id,
            lead: 0,
            co: 0,
            separate: 0,
            returned: 0,
            replied: 0,
            overdue: 0,
            metrics: Vec::new(),
        };
        // An agency that is asked about stands there with zeros, too.
        if let Some(id) = self.scope.agency_id {
            found.insert(id, (empty(id), Ratios::default()));
        }
        for row in &self.counted.parts {
            let (line, ratios) =
                found.entry(row.agency_id).or_insert_with(|| (empty(row.agency_id), Ratios::default()));
            match row.role {
                AssignmentRole::Lead => line.lead += row.standing,
                AssignmentRole::Co => line.co += row.standing,
                AssignmentRole::Separate => line.separate += row.standing,
            }
            line.returned += row.handed_back;
            line.replied += row.answered;
            line.overdue += row.overdue;
            if row.role.answers() {
                ratios.add(MetricName::ReplyRate, row.answered, row.standing);
                ratios.add(MetricName::OnTimeReplyRate, row.on_time, row.timed);
                ratios.add(MetricName::ClosureRate, row.done, row.standing);
                ratios.add(MetricName::FaceToFaceRate, row.met, row.standing);
            }
        }
        for (id, (_, ratios)) in &mut found {
            self.add_common(ratios, |_, agency| agency == *id);
        }
        let groups: Vec<i64> = found.values().map(|(_, ratios)| forms(ratios)).collect();
        // Where a year is withheld, agencies over all years would give it away.
        let some_year =
            self.scope.handling_years.iter().any(|year| self.forms_in(*year) > 0 && self.hidden_in(*year).all);
        let hidden = if self.protects() { withheld(&groups) } else { vec![false; groups.len()] };
        let mut agencies: Vec<AgencyStatistics> = found
            .into_values()
            .zip(hidden)
            .map(|((line, ratios), hidden)| {
                let hidden =
                    Withheld { all: hidden || some_year || self.too_few(&ratios).all, ..self.too_few(&ratios) };
                AgencyStatistics {
                    metrics: self.metrics(OF_AN_AGENCY, &ratios, hidden, &self.scope.handling_years),
                    ..line
                }
            })
            .collect();
        agencies.sort_by_key(|line| std::cmp::Reverse(line.lead + line.co + line.separate));
        agencies
    }

    fn protects(&self) -> bool {
        protects_raters_from(self.asker.actor.role)
    }

    fn forms_in(&self, year: i32) -> i64 {
        self.counted.ratings.iter().filter(|row| row.handling_year == year).map(|row| row.forms).sum()
    }

    fn hidden_in(&self, year: i32) -> Withheld {
        let hidden = self.too_few(&self.year_ratios(year));
        let last = self.counted.ratings.iter().filter(|row| row.handling_year == year).map(|row| row.last_round).sum();
        // What is left over from the sum would tell of the replies that others followed.
        let rounds = withheld(&[last, self.forms_in(year) - last]);
        Withheld { last_round: self.protects() && (hidden.all || rounds.contains(&true)), ..hidden }
    }

    /// Too few forms at all, or too few of the first or of later rounds, which the sum would give away.
    fn too_few(&self, ratios: &Ratios) -> Withheld {
        if !self.protects() {
            return Withheld::default();
        }
        let first = ratios.get(MetricName::FirstRoundSatisfactionRate).denominator;
        let rounds = withheld(&[first, forms(ratios) - first]);
        let all = forms(ratios) < domain::figures::SMALLEST_GROUP;
        Withheld { all, first_round: all || rounds.contains(&true), last_round: all }
    }

    fn metrics(&self, names: &[MetricName], ratios: &Ratios, hidden: Withheld, years: &[i32]) -> Vec<Metric> {
        let language = self.asker.language;
        let scope = ScopeWords { handling_years: years.to_vec(), ..self.words.clone() }.sentence(language);
        let space = language.pick("", " ");
        names
            .iter()
            .map(|name| {
                let withheld = hidden.all && rests_on_ratings(*name)
                    || hidden.first_round && *name == MetricName::FirstRoundSatisfactionRate;
                let ratio = if withheld { Ratio::default() } else { ratios.get(*name) };
                let mut sentence = format!("{}{space}{scope}", definition(*name, language));
                if withheld {
                    sentence.push_str(space);
                    sentence.push_str(&withheld_note(language));
                }
                Metric {
                    name: *name,
                    label: name.label(language).to_owned(),
                    definition: sentence,
                    numerator: ratio.numerator,
                    denominator: ratio.denominator,
                    rate: ratio.rate(),
                }
            })
            .collect()
    }
}

/// The institution whose matters alone the actor can list; none when he can list those of both.
fn house(actor: &Actor) -> Option<Institution> {
    match actor.role {
        Role::Representative
        | Role::CommitteeMember
        | Role::CongressOffice
        | Role::CppccOffice
        | Role::SupervisingLeader => actor.institution,
        _ => None,
    }
}

/// How many settled forms stand behind the figures.
fn forms(ratios: &Ratios) -> i64 {
    ratios.get(MetricName::SatisfactionRate).denominator
}

fn count(key: &str, label: &str, number: i64) -> Count {
    Count { key: key.to_owned(), label: label.to_owned(), count: number }
}

/// The values asked for, in the order of the vocabulary; all of them when nothing was asked for.
fn chosen<T: Copy + PartialEq + 'static>(asked: &Option<Vec<T>>, all: &'static [T]) -> impl Iterator<Item = T> {
    let asked = asked.clone();
    all.iter().copied().filter(move |value| asked.as_ref().is_none_or(|asked| asked.contains(value)))
}
