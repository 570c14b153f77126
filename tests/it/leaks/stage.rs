//! One stage with matters in every state, so that every path has something to show and to hide.

use crate::support::{Client, Matter, TestApp, draft_input};
use domain::ids::{AnyId, PositionId, SubmissionId, SupervisionId, UserId};
use domain::vocabulary::{
    AttachmentPurpose, AttachmentState, Channel, Confidentiality, DeliveryStatus, OfficeHappening,
};
use entity::{
    attachment, commitment, cosignature, delivery, notification, office_event, position, region, submission,
    supervision,
};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

/// A person, with the role of the position when he has several.
pub type Name = (&'static str, Option<&'static str>);

/// Deputies and members: lead, co-signer, invited, merged, colleague, stranger.
pub const PROPOSERS: &[Name] = &[
    ("rep01", None),
    ("rep02", None),
    ("rep03", None),
    ("rep04", None),
    ("rep05", None),
    ("mem01", None),
    ("mem03", None),
    ("mem04", None),
    ("scj-handler", Some("REPRESENTATIVE")),
];

/// Offices and transfer office; two of their people have co-signed as deputies.
pub const OFFICES: &[Name] =
    &[("congress1", None), ("congress2", None), ("cppcc1", None), ("gov1", None), ("gov2", None)];

/// Leaders, those who only watch, and the region above.
pub const WATCHERS: &[Name] = &[
    ("leader1", None),
    ("leader2", None),
    ("mayor1", None),
    ("auditor", None),
    ("admin", None),
    ("city-congress", None),
    ("city-gov", None),
];

/// Agencies: leading, co-handling, former, of a colleague; one deputy head has co-signed as a deputy.
pub const AGENCIES: &[Name] = &[
    ("mzj-head", None),
    ("mzj-deputy", None),
    ("mzj-liaison", None),
    ("mzj-handler", None),
    ("jtj-liaison", None),
    ("jtj-handler", None),
    ("zjj-liaison", None),
    ("scj-liaison", None),
    ("scj-handler", Some("HANDLER")),
];

/// A client of this reader.
pub async fn client(app: &TestApp, (username, role): Name) -> Client {
    match role {
        Some(role) => app.sign_in_as(username, role).await,
        None => app.sign_in(username).await,
    }
}

/// A verb that must succeed.
pub async fn did(client: &Client, verb: &str, input: Value) {
    let selection = if verb == "releaseAssignments" { "results { errors { code } }" } else { "" };
    client.call(verb, input, selection).await.payload(verb);
}

/// An id that nothing else has, the same in every run.
pub fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x1ea4_0000_0000_7000_8000_0000_0000_0000 | number)
}

async fn invite(app: &TestApp, matter: &Matter, people: &[(&str, Option<bool>)]) {
    let mut ids = Vec::new();
    for (person, _) in people {
        ids.push(app.user(person).await);
    }
    did(&matter.lead().await, "inviteCosigners", json!({ "submissionId": matter.id, "userIds": ids })).await;
    for (person, answer) in people {
        if let Some(accept) = answer {
            let input = json!({ "submissionId": matter.id, "accept": accept, "opinion": "意见" });
            did(&app.sign_in(person).await, "answerCosign", input).await;
        }
    }
}

async fn supervise(app: &TestApp, matter: &Matter, leader: &str) {
    let leader = app.user(leader).await;
    let input = json!({ "submissionId": matter.id, "leaderId": leader, "label": "重点督办", "reason": "关注度高" });
    did(&matter.office().await, "supervise", input).await;
}

/// Drafts, and matters that ended or wait before anybody handles them.
async fn before_handling(app: &TestApp) {
    let draft = app.draft("rep01").await;
    invite(app, &draft, &[("rep02", None), ("rep03", Some(false)), ("rep07", Some(true))]).await;
    app.submitted("rep02").await;
    let withdrawn = app.submitted("rep03").await;
    withdrawn
        .write(&withdrawn.lead().await, "withdraw", &withdrawn.id, json!({ "reason": "不再需要" }))
        .await
        .payload("withdraw");
    let joint = app.draft("rep01").await;
    invite(app, &joint, &[("rep02", Some(true)), ("rep07", Some(true)), ("rep03", Some(false))]).await;
    joint.submit().await;
    joint.accept().await;
    joint.write(&joint.lead().await, "withdraw", &joint.id, json!({ "reason": "另有安排" })).await.payload("withdraw");
    let agree = json!({ "submissionId": joint.id, "agree": true });
    did(&app.sign_in("rep07").await, "answerWithdrawal", agree).await;
    let congress = app.sign_in("congress1").await;
    for (rep, verb, more) in [
        ("rep02", "returnForRevision", json!({ "reason": "请补充案据" })),
        ("rep03", "refuseSubmission", json!({ "ground": "TENDER", "reason": "涉及招投标" })),
        ("rep03", "convertSubmission", json!({ "to": "OPINION_BRIEF", "reason": "更适合作为社情民意" })),
    ] {
        let matter = app.submitted(rep).await;
        matter.write(&congress, verb, &matter.id, more).await.payload(verb);
    }
    app.submitted("mem02").await;
    app.accepted("rep01").await;
    app.planned("rep01", &["mzj", "jtj"], "LEAD_WITH_CO").await;
    for (confidentiality, disclosure) in [("INTERNAL", "PROACTIVE"), ("PUBLIC", "NOT_DISCLOSED")] {
        let mut input = draft_input("SUGGESTION", "题");
        input["confidentiality"] = json!(confidentiality);
        input["disclosure"] = json!(disclosure);
        let matter = app.draft_of("rep03", input).await;
        matter.submit().await;
        matter.accept().await;
    }
}

/// Matters with agencies, up to the draft of a reply.
async fn in_hands(app: &TestApp) {
    let gov = app.sign_in("gov1").await;
    let asked = app.assigned("rep02", &["jtj"], "SOLE").await;
    supervise(app, &asked, "leader1").await;
    instruct(app, "leader1", &asked).await;
    instruct(app, "mayor1", &asked).await;
    hand_back(app, &asked, "jtj").await;
    let moved = app.assigned("rep01", &["zjj"], "SOLE").await;
    let request = hand_back(app, &moved, "zjj").await;
    did(&gov, "decideReturn", json!({ "id": request, "version": 1, "approve": true, "reason": "同意改办" })).await;

    let mut joint = app.handling_by("rep01", &["mzj", "jtj"], "LEAD_WITH_CO").await;
    joint.send_opinion(1).await;
    joint.record_contact(0).await;
    let handler = joint.person(0, "handler").await;
    let progress = json!({ "assignmentId": joint.parts[0].id, "stage": "RESEARCH", "note": "已实地调研" });
    did(&handler, "reportProgress", progress).await;
    let liaison = joint.person(0, "liaison").await;
    let version = liaison.version(&joint.parts[0].id).await;
    let more =
        json!({ "assignmentId": joint.parts[0].id, "version": version, "until": "2026-06-10", "reason": "论证未完" });
    did(&liaison, "requestExtension", more).await;
    joint.draft_reply(0, "PLANNED").await;
    let urge = json!({ "assignmentId": joint.parts[0].id, "message": "请按期答复" });
    did(&gov, "urge", urge).await;
    instruct(app, "mayor1", &joint).await;
    meet(&gov, &[&joint]).await;
    for person in ["gov2", "mzj-deputy"] {
        signed_as_deputy(app, &joint, person).await;
    }

    let mut apart = app.handling_by("mem01", &["mzj", "jtj"], "SEPARATE").await;
    apart.draft_reply(0, "SOLVED").await;
    apart.record_contact(1).await;
    apart.draft_reply(1, "SOLVED").await;
    apart.submit_reply(1).await;
    apart.review(1, "APPROVE").await.payload("reviewReply");
    let rejected = app.signed_off("rep02").await;
    let reason = json!({ "reason": "答复不够具体" });
    rejected.write(&gov, "rejectReply", rejected.reply(0), reason).await.payload("rejectReply");
    let mut input = draft_input("SUGGESTION", "题");
    input["confidentiality"] = json!("INTERNAL");
    let mut inner = app.draft_of("rep03", input).await;
    inner.submit().await;
    inner.accept().await;
    inner.plan(&["mzj"], "SOLE").await;
    inner.release().await;
    two_hats(app).await;
}

/// Nobody is sure who must handle them: one waits for a leader, the other was settled by him.
async fn disputed(app: &TestApp) {
    Box::pin(app.disputed("rep02")).await;
    let (matter, request) = Box::pin(app.disputed("mem01")).await;
    let more = json!({ "agencyId": app.agency("cgj").await, "reason": "占道经营由城管局牵头" });
    matter.write(&app.sign_in("mayor1").await, "arbitrate", &request, more).await.payload("arbitrate");
}

async fn instruct(app: &TestApp, leader: &str, matter: &Matter) {
    let input = json!({ "submissionId": matter.id, "text": "请抓紧办理" });
    did(&app.sign_in(leader).await, "instruct", input).await;
}

/// A meeting about these matters.
pub async fn meet(client: &Client, matters: &[&Matter]) {
    let ids: Vec<&str> = matters.iter().map(|matter| matter.id.as_str()).collect();
    let input = json!({ "kind": "CONSULTATION", "title": "面商会", "heldAt": "2026-02-10T08:30:00+08:00",
        "place": "区政府", "participants": ["代表"], "summary": "达成一致", "submissionIds": ids });
    did(client, "recordMeeting", input).await;
}

async fn hand_back(app: &TestApp, matter: &Matter, agency: &str) -> String {
    let liaison = app.sign_in(&format!("{agency}-liaison")).await;
    let part = &matter.parts[0].id;
    let input = json!({ "assignmentId": part, "version": liaison.version(part).await, "reason": "非我单位职责",
        "proposedAgencyId": app.agency("fgj").await });
    let answer = liaison.call("requestReturn", input, "returnRequest { id }").await;
    answer.payload("requestReturn")["returnRequest"]["id"].as_str().expect("an id").to_owned()
}

/// A matter of a person who is handler in the agency that answers it.
async fn two_hats(app: &TestApp) {
    let deputy = app.sign_in_as("scj-handler", "REPRESENTATIVE").await;
    let answer = deputy.call("createDraft", draft_input("SUGGESTION", "题"), "submission { id }").await;
    let id = answer.payload("createDraft")["submission"]["id"].as_str().expect("an id").to_owned();
    let gov = app.sign_in("gov1").await;
    did(&deputy, "submit", json!({ "id": id, "version": deputy.version(&id).await })).await;
    let congress = app.sign_in("congress1").await;
    did(&congress, "acceptSubmission", json!({ "id": id, "version": congress.version(&id).await })).await;
    let plan = json!({ "submissionId": id, "version": gov.version(&id).await, "mode": "SOLE",
        "agencies": [{ "agencyId": app.agency("scj").await, "role": "LEAD" }] });
    did(&gov, "planAssignment", plan).await;
    did(&gov, "releaseAssignments", json!({ "submissionIds": [id] })).await;
}

/// Answered matters: promised, rated, settled, published, filed away, masked, merged.
async fn answered(app: &TestApp) {
    let mut promised = app.handling("rep01").await;
    promised.record_contact(0).await;
    answer(&mut promised, "PLANNED").await;
    report(&promised).await;
    // The second agency sees the answer of the first, and nothing of how it came about.
    app.issued_by("rep07", &["mzj", "jtj"], "LEAD_WITH_CO").await;
    let rated = app.rated("rep02", "DISSATISFIED").await;
    signed_as_deputy(app, &rated, "congress2").await;
    let published = app.closed("rep01").await;
    let office = published.office().await;
    published.write(&office, "publishReply", published.reply(0), json!({})).await.payload("publishReply");
    publish_promise(app).await;
    let about = json!({ "kind": "MEDIA", "title": "办理工作见成效", "outlet": "《时讯》", "issuedOn": "2026-02-09",
        "submissionIds": [promised.id, published.id] });
    crate::stories::office_records::recorded(&app.sign_in("gov1").await, about).await;
    let filed = app.closed("rep07").await;
    filed.write(&office, "publishReply", filed.reply(0), json!({})).await.payload("publishReply");
    let why = json!({ "reason": "内容有误" });
    filed.write(&office, "withdrawPublication", filed.reply(0), why).await.payload("withdrawPublication");
    filed.write(&office, "archiveSubmission", &filed.id, json!({})).await.payload("archiveSubmission");

    let mut input = draft_input("SUGGESTION", "题");
    input["confidentiality"] = json!("RESTRICTED");
    let mut masked = app.draft_of("rep04", input).await;
    invite(app, &masked, &[("rep05", Some(true)), ("rep06", Some(false))]).await;
    masked.bring_into_hands("mzj").await;
    masked.record_contact(0).await;
    answer(&mut masked, "PLANNED").await;
    masked.rate("SATISFIED").await;
    masked.settle("CLOSE").await;
    meet(&app.sign_in("gov1").await, &[&masked, &promised]).await;

    let mut main = app.handling("mem03").await;
    let other = app.accepted("mem04").await;
    let merge = json!({ "mainId": main.id, "mergedIds": [other.id], "reason": "诉求一致" });
    did(&main.office().await, "mergeSubmissions", merge).await;
    supervise(app, &main, "leader2").await;
    answer(&mut main, "SOLVED").await;
    main.rate("SATISFIED").await;
    main.settle("CLOSE").await;
    let mut other = other;
    other.find_feedbacks().await;
    other.rate("BASICALLY_SATISFIED").await;
    other.settle("CLOSE").await;
}

/// A promise that everybody may read.
async fn publish_promise(app: &TestApp) {
    let mut matter = app.handling("rep07").await;
    matter.record_contact(0).await;
    answer(&mut matter, "PLANNED").await;
    matter.rate("SATISFIED").await;
    matter.settle("CLOSE").await;
    let office = matter.office().await;
    matter.write(&office, "publishReply", matter.reply(0), json!({})).await.payload("publishReply");
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = office.gql(query, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id");
    matter.write(&office, "publishCommitment", id, json!({})).await.payload("publishCommitment");
}

async fn answer(matter: &mut Matter, outcome: &str) {
    matter.draft_reply(0, outcome).await;
    matter.submit_reply(0).await;
    matter.approve(0).await;
    matter.issue(0).await;
}

async fn report(matter: &Matter) {
    let query = "query($id: ID!) { submission(id: $id) { commitments { id } } }";
    let seen = matter.lead().await.gql(query, json!({ "id": matter.id })).await;
    let id = seen.text("submission.commitments.0.id").to_owned();
    let done = json!({ "fulfilled": true, "report": "已建成" });
    matter.write(&matter.person(0, "liaison").await, "reportCommitment", &id, done).await.payload("reportCommitment");
    let doubt = json!({ "confirmed": false, "rating": "DISSATISFIED", "comment": "尚未开放" });
    matter.write(&matter.lead().await, "answerCommitment", &id, doubt).await.payload("answerCommitment");
}

/// Somebody with an office who has co-signed the matter as a deputy.
pub async fn signed_as_deputy(app: &TestApp, matter: &Matter, username: &str) {
    let user: UserId = app.user(username).await.parse().expect("an id");
    let position = position_of(app, username).await;
    let row = cosignature::Model {
        id: uuid(u128::from(app.next_number())).into(),
        submission_id: matter.id.parse().expect("an id"),
        person_id: user,
        position_id: position,
        status: domain::vocabulary::CosignStatus::Accepted,
        invited_at: app.now(),
        answered_at: Some(app.now()),
        opinion: Some("同意".into()),
        withdrawal_agreed: None,
    };
    let row: cosignature::ActiveModel = row.into();
    cosignature::Entity::insert(row).exec(app.deps.db.writer()).await.expect("the row is stored");
}

async fn position_of(app: &TestApp, username: &str) -> PositionId {
    let user: UserId = app.user(username).await.parse().expect("an id");
    let found = entity::position::Entity::find().filter(entity::position::Column::PersonId.eq(user));
    found.one(app.deps.db.reader()).await.expect("the rows can be read").expect("a position").id
}

/// The same matters once more in the region above, which no deputy of the sample belongs to.
async fn elsewhere(app: &TestApp) {
    let db = app.deps.db.writer();
    let city = region::Entity::find().filter(region::Column::ParentId.is_null()).one(db).await;
    let city = city.expect("the rows can be read").expect("the city exists").id;
    let clerk: UserId = app.user("city-gov").await.parse().expect("an id");
    let rows = submission::Entity::find().all(db).await.expect("the rows can be read");
    let wanted = rows.into_iter().filter(|row| row.accepted_at.is_some() && row.merged_into_id.is_none()).take(3);
    for (number, mut row) in wanted.enumerate() {
        row.id = SubmissionId(uuid(0x1000 + number as u128));
        row.region_id = city;
        (row.session_id, row.category_id) = (None, None);
        (row.lead_proposer_id, row.lead_position_id) = (clerk, position_of(app, "city-gov").await);
        row.case_no = row.case_no.map(|no| no + 900);
        let label = supervision::Model {
            id: SupervisionId(uuid(0x2000 + number as u128)),
            submission_id: row.id,
            label: "重点督办".into(),
            leader_id: None,
            reason: "关注度高".into(),
            by_id: row.lead_proposer_id,
            at: app.now(),
        };
        submission::Entity::insert(submission::ActiveModel::from(row)).exec(db).await.expect("the row is stored");
        supervision::Entity::insert(supervision::ActiveModel::from(label)).exec(db).await.expect("the row is stored");
    }
}

/// Builds everything.
pub async fn build(app: &TestApp) {
    before_handling(app).await;
    in_hands(app).await;
    disputed(app).await;
    answered(app).await;
    elsewhere(app).await;
    super::desk::at_the_desk(app).await;
    on_its_way(app).await;
    files(app).await;
    outside_matters(app).await;
    super::appraised::appraised(app).await;
}

/// Files of every second matter: of its text, of every fourth one that has not come, and for each promise evidence
/// that a report names and evidence that none names yet. So few that every reader asks for each by its id. Their
/// bytes are not there; nobody fetches them here.
async fn files(app: &TestApp) {
    let conn = app.deps.db.writer();
    let matters = submission::Entity::find().all(conn).await.unwrap();
    let promises = commitment::Entity::find().all(conn).await.unwrap();
    let liaison = position_of(app, "mzj-liaison").await;
    let liaison_id: UserId = app.user("mzj-liaison").await.parse().unwrap();
    let mut rows = Vec::new();
    for (number, matter) in matters.iter().enumerate() {
        for (state, each) in [(AttachmentState::Stored, 2), (AttachmentState::Pending, 4)] {
            if number % each == 0 || (each == 2 && matter.confidentiality != Confidentiality::Public) {
                rows.push((matter, AttachmentPurpose::Text, state, None, None));
            }
        }
        for promise in promises.iter().filter(|promise| promise.submission_id == matter.id) {
            for named in [Some(promise.id), None] {
                let part = Some(promise.assignment_id);
                rows.push((matter, AttachmentPurpose::Evidence, AttachmentState::Stored, part, named));
            }
        }
    }
    assert!((30..=60).contains(&rows.len()), "{} files", rows.len());
    for (number, (matter, purpose, state, assignment_id, commitment_id)) in rows.into_iter().enumerate() {
        let of_text = purpose == AttachmentPurpose::Text;
        let row = attachment::Model {
            id: uuid(0x3000 + number as u128).into(),
            version: 1,
            submission_id: matter.id,
            region_id: matter.region_id,
            assignment_id,
            commitment_id,
            purpose,
            state,
            uploader_id: if of_text { matter.lead_proposer_id } else { liaison_id },
            position_id: if of_text { matter.lead_position_id } else { liaison },
            file_name: "附件.pdf".into(),
            media_type: "application/pdf".into(),
            byte_size: 1,
            sha256: format!("{number:064x}"),
            created_at: app.now(),
            stored_at: (state == AttachmentState::Stored).then(|| app.now()),
        };
        attachment::Entity::insert(row.into_active_model()).exec_without_returning(conn).await.unwrap();
    }
}

/// An entry in the trail of administrators, of this region and of the city above it.
async fn outside_matters(app: &TestApp) {
    let conn = app.deps.db.writer();
    for place in region::Entity::find().all(conn).await.unwrap() {
        let row = office_event::Model {
            id: app.deps.ids.make(app.now()),
            region_id: place.id,
            at: app.now(),
            happening: OfficeHappening::CalendarImported.code().into(),
            actor_id: None,
            position_id: None,
            subject: "2027".into(),
            detail: Some("内部说明".into()),
            rehearsal: false,
            request_id: "stage".into(),
        };
        office_event::Entity::insert(row.into_active_model()).exec_without_returning(conn).await.unwrap();
    }
}

/// A notification that was given up on its way by mail.
async fn on_its_way(app: &TestApp) {
    let conn = app.deps.db.writer();
    let notice = notification::Entity::find().one(conn).await.unwrap().expect("somebody was told of something");
    let place = position::Entity::find_by_id(notice.position_id).one(conn).await.unwrap().expect("he has a position");
    let row = delivery::Model {
        id: app.deps.ids.make(app.now()),
        notification_id: notice.id,
        person_id: place.person_id,
        channel: Channel::Email,
        status: DeliveryStatus::Dead,
        attempts: 10,
        next_at: app.now(),
        claimed_until: None,
        created_at: app.now(),
        sent_at: None,
        last_error: Some("SMTP 550".into()),
    };
    delivery::Entity::insert(row.into_active_model()).exec_without_returning(conn).await.unwrap();
}

/// An id of any type from its text.
pub fn any_id(text: &str) -> AnyId {
    text.parse().unwrap_or_else(|_| panic!("{text} is no id"))
}
