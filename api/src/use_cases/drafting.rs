//! Writing a draft: create, change, delete.

use super::{Work, fields, once, perform};
use crate::access::{authorize, authorize_at_large};
use crate::cx::Cx;
use crate::error::{AppResult, Faults};
use crate::repo::matter::Matter;
use crate::repo::save::expect_version;
use crate::repo::trail::Entry;
use crate::repo::{drafts, search};
use domain::event::Happening;
use domain::ids::{CategoryId, OrganizationId, SessionId, SubmissionId};
use domain::lifecycle::next;
use domain::lifecycle::submission::{SubmissionEvent, TABLE};
use domain::policy::Action;
use domain::refusal::{Fault, Refusal, Thing};
use domain::rules::rule_set::SubmissionLimits;
use domain::vocabulary::{
    CollectiveKind, Confidentiality, Disclosure, SubmissionAction, SubmissionKind, SubmissionStatus,
};
use entity::json::{OrganizationIds, Strings};
use entity::submission;

/// The most characters of the name of a proposing body.
const BODY: u16 = 100;

/// Write a new draft.
#[derive(Clone, Debug, serde::Serialize)]
pub struct CreateDraft {
    /// Kind.
    pub kind: SubmissionKind,
    /// Session; the present one of the body when left out.
    pub session_id: Option<SessionId>,
    /// Title.
    pub title: String,
    /// Background.
    pub background: String,
    /// Analysis.
    pub analysis: String,
    /// Recommendations.
    pub recommendations: String,
    /// Demands.
    pub demands: Option<Vec<String>>,
    /// Category.
    pub category_id: Option<CategoryId>,
    /// Agencies that the proposer suggests.
    pub suggested_agency_ids: Option<Vec<OrganizationId>>,
    /// Disclosure; proactive when left out.
    pub disclosure: Option<Disclosure>,
    /// Confidentiality; public when left out.
    pub confidentiality: Option<Confidentiality>,
    /// Whether the names of the proposers are kept from the public; they are not when left out.
    pub withhold_names: Option<bool>,
    /// The body in whose name it is proposed.
    pub collective: Option<Collective>,
    /// The same key from the same person gives the first result again.
    #[serde(skip)]
    pub idempotency_key: Option<String>,
}

/// Change a draft or a returned text; what is left out stays.
#[derive(Clone, Debug)]
pub struct UpdateDraft {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
    /// Title.
    pub title: Option<String>,
    /// Background.
    pub background: Option<String>,
    /// Analysis.
    pub analysis: Option<String>,
    /// Recommendations.
    pub recommendations: Option<String>,
    /// Demands.
    pub demands: Option<Vec<String>>,
    /// Category.
    pub category_id: Option<CategoryId>,
    /// Agencies that the proposer suggests.
    pub suggested_agency_ids: Option<Vec<OrganizationId>>,
    /// Disclosure.
    pub disclosure: Option<Disclosure>,
    /// Confidentiality.
    pub confidentiality: Option<Confidentiality>,
    /// Whether the names of the proposers are kept from the public.
    pub withhold_names: Option<bool>,
    /// The body in whose name it is proposed; the inner none: persons propose.
    pub collective: Option<Option<Collective>>,
}

/// The body in whose name a proposal is handed in (集体提案).
#[derive(Clone, Debug, serde::Serialize)]
pub struct Collective {
    /// Its kind.
    pub kind: CollectiveKind,
    /// Its name.
    pub name: String,
}

/// A submission at the version seen.
#[derive(Clone, Copy, Debug)]
pub struct SubmissionRef {
    /// Which.
    pub id: SubmissionId,
    /// The version seen.
    pub version: i32,
}

/// Writes a new draft, private to its author.
pub async fn create(cx: &Cx, cmd: CreateDraft) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| Box::pin(create_in(work, cmd))).await
}

async fn create_in(work: &Work<'_>, cmd: &CreateDraft) -> AppResult<SubmissionId> {
    let actor = &work.cx.actor;
    let permit = authorize_at_large(actor, Action::CreateDraft)?;
    if let Some(first) =
        once::first::<SubmissionId>(work, &permit, "createDraft", cmd.idempotency_key.as_deref(), cmd).await?
    {
        return Ok(first);
    }
    if !cmd.kind.has_rules() {
        return Err(Refusal::KindWithoutRules.at("kind").into());
    }
    let institution = cmd
        .kind
        .institution()
        .filter(|body| actor.role.proposes_to() == Some(*body))
        .ok_or_else(|| Refusal::KindOfOtherBody.at("kind"))?;
    let rules = work.cx.deps().rules.current(work.tx, actor.region_id, actor.institution, work.today()).await?;
    let limits = rules.set.texts.of(cmd.kind);
    let mut faults = Faults::default();
    let title = faults.take(fields::line("title", &cmd.title, limits.title));
    let background = faults.take(fields::body("background", &cmd.background, limits.background));
    let analysis = faults.take(fields::body("analysis", &cmd.analysis, limits.analysis));
    let recommendations = faults.take(fields::body("recommendations", &cmd.recommendations, limits.recommendations));
    let demands = faults.take(demands(cmd.demands.as_deref().unwrap_or_default(), limits));
    let suggested =
        faults.take(suggested(work, cmd.suggested_agency_ids.as_deref().unwrap_or_default(), limits).await?);
    faults.take(known_category(work, cmd.category_id).await?);
    let collective = faults.take(collective(cmd.kind, cmd.collective.as_ref()));
    let session = match cmd.session_id {
        Some(id) => drafts::session(work.tx, id, actor.region_id, institution).await?,
        None => drafts::present_session(work.tx, actor.region_id, institution, work.today()).await?,
    };
    let missing = if cmd.session_id.is_some() { Refusal::NoSuch(Thing::Session) } else { Refusal::NoSession };
    let Some(session) = session else {
        faults.push(missing.at("sessionId"));
        faults.check()?;
        unreachable!("a fault was noted");
    };
    faults.check()?;
    let id: SubmissionId = work.cx.id();
    let row = submission::Model {
        id,
        version: 1,
        kind: cmd.kind,
        institution,
        status: SubmissionStatus::Draft,
        region_id: actor.region_id,
        session_id: Some(session.id),
        handling_year: Some(session.handling_year),
        phase: None,
        origin_level: Some(drafts::level(work.tx, actor.region_id).await?),
        category_id: cmd.category_id,
        case_no: None,
        title,
        background,
        analysis,
        recommendations,
        demands: Strings(demands),
        suggested_agency_ids: OrganizationIds(suggested),
        confidentiality: cmd.confidentiality.unwrap_or(Confidentiality::Public),
        disclosure: cmd.disclosure.unwrap_or(Disclosure::Proactive),
        lead_proposer_id: actor.user_id,
        lead_position_id: actor.position_id,
        collective_kind: collective.as_ref().map(|body| body.kind),
        collective_name: collective.map(|body| body.name),
        office_id: None,
        transfer_office_id: None,
        rule_set_id: None,
        created_at: work.now(),
        submitted_at: None,
        accepted_at: None,
        assigned_at: None,
        closed_at: None,
        round: 1,
        mode: None,
        due_on: None,
        merged_into_id: None,
        converted_to_id: None,
        refusal_ground: None,
        refusal_reason: None,
        withdrawal_asked_at: None,
        withdrawal_reason: None,
        imported_at: None,
        names_withheld_at: (cmd.withhold_names == Some(true)).then(|| work.now()),
        public_changed_at: None,
    };
    work.insert(&permit, row.clone()).await?;
    search::add_matters(work.tx, &permit, std::slice::from_ref(&row)).await?;
    once::remember(work, &permit, "createDraft", cmd.idempotency_key.as_deref(), cmd, id).await?;
    let matter = Matter { row, cosignatures: vec![], assignments: vec![], supervised: false, merged: vec![] };
    work.record(&permit, &matter, Entry::new(Happening::Created, id)).await?;
    Ok(id)
}

/// Changes a draft, or a text returned for revision.
pub async fn update(cx: &Cx, cmd: UpdateDraft) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let mut seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Update))?;
            let row = &mut seen.matter.row;
            expect_version(cmd.version, row.version)?;
            next(TABLE, row.status, SubmissionEvent::Update)?;
            let rules = work.rules(row).await?;
            let limits = rules.set.texts.of(row.kind);
            let mut faults = Faults::default();
            if let Some(title) = &cmd.title {
                row.title = faults.take(fields::line("title", title, limits.title));
            }
            if let Some(text) = &cmd.background {
                row.background = faults.take(fields::body("background", text, limits.background));
            }
            if let Some(text) = &cmd.analysis {
                row.analysis = faults.take(fields::body("analysis", text, limits.analysis));
            }
            if let Some(text) = &cmd.recommendations {
                row.recommendations = faults.take(fields::body("recommendations", text, limits.recommendations));
            }
            if let Some(list) = &cmd.demands {
                row.demands = Strings(faults.take(demands(list, limits)));
            }
            if let Some(agencies) = &cmd.suggested_agency_ids {
                row.suggested_agency_ids = OrganizationIds(faults.take(suggested(work, agencies, limits).await?));
            }
            if cmd.category_id.is_some() {
                faults.take(known_category(work, cmd.category_id).await?);
                row.category_id = cmd.category_id;
            }
            if let Some(named) = &cmd.collective {
                let body = faults.take(collective(row.kind, named.as_ref()));
                row.collective_kind = body.as_ref().map(|body| body.kind);
                row.collective_name = body.map(|body| body.name);
            }
            row.disclosure = cmd.disclosure.unwrap_or(row.disclosure);
            row.confidentiality = cmd.confidentiality.unwrap_or(row.confidentiality);
            row.names_withheld_at = match cmd.withhold_names {
                Some(true) => row.names_withheld_at.or(Some(work.now())),
                Some(false) => None,
                None => row.names_withheld_at,
            };
            faults.check()?;
            work.update(&permit, &mut seen.matter.row).await?;
            search::change_matter(work.tx, &permit, &seen.matter.row).await?;
            work.record(&permit, &seen.matter, Entry::new(Happening::Updated, cmd.id)).await?;
            Ok(cmd.id)
        })
    })
    .await
}

/// Deletes a draft that was never handed in, with its invitations; the trail keeps that it existed.
pub async fn delete(cx: &Cx, cmd: SubmissionRef) -> AppResult<SubmissionId> {
    perform(cx, &cmd, |work, cmd| {
        Box::pin(async move {
            let seen = work.see(cmd.id).await?;
            let permit = authorize(&seen, Action::Do(SubmissionAction::Delete))?;
            expect_version(cmd.version, seen.matter.row.version)?;
            next(TABLE, seen.matter.row.status, SubmissionEvent::Delete)?;
            work.record(&permit, &seen.matter, Entry::new(Happening::Deleted, cmd.id)).await?;
            drafts::delete(work.tx, &permit, cmd.id).await?;
            Ok(cmd.id)
        })
    })
    .await
}

fn demands(values: &[String], limits: &SubmissionLimits) -> Result<Vec<String>, Fault> {
    fields::lines("demands", values, limits.demands, limits.demand)
}

/// The body with its cleaned name; none when none is named. Deputies propose in their own names alone.
fn collective(kind: SubmissionKind, named: Option<&Collective>) -> Result<Option<Collective>, Fault> {
    let Some(named) = named else { return Ok(None) };
    if kind != SubmissionKind::Proposal {
        return Err(Refusal::NotCollective.at("collective"));
    }
    let name = fields::line("collective.name", &named.name, BODY)?;
    Ok(Some(Collective { kind: named.kind, name }))
}

async fn suggested(
    work: &Work<'_>,
    ids: &[OrganizationId],
    limits: &SubmissionLimits,
) -> AppResult<Result<Vec<OrganizationId>, Fault>> {
    const FIELD: &str = "suggestedAgencyIds";
    if ids.len() > usize::from(limits.suggested_agencies) {
        return Ok(Err(Refusal::TooMany { max: usize::from(limits.suggested_agencies) }.at(FIELD)));
    }
    for (i, id) in ids.iter().enumerate() {
        if ids[..i].contains(id) {
            return Ok(Err(Refusal::NamedTwice(Thing::Agency).at(&format!("{FIELD}.{i}"))));
        }
        if !drafts::is_agency(work.tx, *id, work.cx.actor.region_id).await? {
            return Ok(Err(Refusal::NoSuch(Thing::Agency).at(&format!("{FIELD}.{i}"))));
        }
    }
    Ok(Ok(ids.to_vec()))
}

/// Whether the category belongs to the person's region.
pub(super) async fn known_category(work: &Work<'_>, id: Option<CategoryId>) -> AppResult<Result<(), Fault>> {
    match id {
        Some(id) if !drafts::is_category(work.tx, id, work.cx.actor.region_id).await? => {
            Ok(Err(Refusal::NoSuch(Thing::Category).at("categoryId")))
        }
        _ => Ok(Ok(())),
    }
}
