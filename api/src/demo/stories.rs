//! One story per stage of the life of a matter.

use super::stage::{Answer, Stage, Text};
use crate::error::{AppError, AppResult};
use crate::repo::commitments;
use crate::use_cases::cosigning::{AnswerCosign, InviteCosigners};
use crate::use_cases::feedback::{RateReply, SettleFeedback};
use crate::use_cases::merging::MergeSubmissions;
use crate::use_cases::promising::{AnswerCommitment, ReportCommitment};
use crate::use_cases::publishing::PublishReply;
use crate::use_cases::returning::RequestReturn;
use crate::use_cases::reviewing::{ConvertSubmission, Reason, RefuseSubmission};
use crate::use_cases::submitting::Withdraw;
use crate::use_cases::supervising::Supervise;
use crate::use_cases::{
    cosigning, feedback, merging, promising, publishing, returning, reviewing, submitting, supervising,
};
use domain::ids::ReplyId;
use domain::vocabulary::{AssignmentRole, HandlingMode, Outcome, Rating, Role, Settlement, SubmissionKind};

const LEAD: AssignmentRole = AssignmentRole::Lead;
const CO: AssignmentRole = AssignmentRole::Co;

const ELEVATORS: Text = Text {
    title: "关于加快老旧小区加装电梯的建议",
    background: "双塘社区多为六层以上无电梯住宅,高龄老人上下楼困难。",
    analysis: "居民意见难统一、审批环节多、资金分摊规则不清是主要原因。",
    recommendations: "建立一站式受理窗口,公布分摊参考标准,对困难家庭给予补助。",
    demands: &["建立一站式受理窗口", "公布费用分摊参考标准"],
};
const BUS: Text = Text {
    title: "关于优化学校周边公交线路的建议",
    background: "柳溪镇学生上下学高峰公交间隔超过二十五分钟。",
    analysis: "现有线路以通勤为主,未覆盖新建学校。",
    recommendations: "增设定制校园公交,调整高峰发车间隔。",
    demands: &["增设校园定制公交"],
};
const MEALS: Text = Text {
    title: "关于在社区推广养老助餐服务的提案",
    background: "全区六十岁以上老人占比已超过四分之一,独居老人吃饭难。",
    analysis: "助餐点布局不均,运营补贴标准偏低,配送力量不足。",
    recommendations: "每个街道至少建一个助餐点,提高运营补贴,引入志愿配送。",
    demands: &["每个街道建一个助餐点", "提高运营补贴标准"],
};
const PARKING: Text = Text {
    title: "关于规范背街小巷停车秩序的建议",
    background: "新城片区背街小巷占道停车严重,消防通道被堵。",
    analysis: "停车位缺口大,夜间共享停车未推开,执法时段覆盖不足。",
    recommendations: "划定夜间限时车位,推动机关停车场夜间开放。",
    demands: &["划定夜间限时停车位"],
};
const RIVER: Text = Text {
    title: "关于加强清河支流水质治理的提案",
    background: "清河两条支流夏季出现黑臭。",
    analysis: "沿线管网混接、错接,雨污未分流。",
    recommendations: "排查混接点,限期整改,公布月度水质。",
    demands: &["排查并整改管网混接点"],
};

fn titled(text: &Text, title: &'static str) -> Text {
    Text { title, ..*text }
}

/// A draft with an open invitation.
pub async fn being_written(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep01", 2).await?;
    let id = stage.draft(&lead, SubmissionKind::Suggestion, &ELEVATORS).await?;
    let second = stage.deputy("rep02", 1).await?;
    let third = stage.deputy("rep03", 1).await?;
    let user_ids = vec![second.actor.user_id, third.actor.user_id];
    cosigning::invite(&lead, InviteCosigners { submission_id: id, user_ids }).await?;
    let accept = AnswerCosign { submission_id: id, accept: true, opinion: None };
    cosigning::answer(&second, accept).await.map(drop)
}

/// One awaiting review, one returned for revision.
pub async fn under_review(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep02", 3).await?;
    stage.submitted(&lead, SubmissionKind::Suggestion, &BUS).await?;
    let member = stage.member("mem01", 3).await?;
    let id = stage.submitted(&member, SubmissionKind::Proposal, &titled(&RIVER, "关于水环境问题的提案")).await?;
    let version = stage.at(id).await?.version;
    let reason = "标题过于笼统,请写明具体河段和诉求。".into();
    reviewing::return_for_revision(&stage.cppcc(2).await?, Reason { id, version, reason }).await.map(drop)
}

/// One refused, one converted.
pub async fn turned_away(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep03", 20).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &titled(&BUS, "关于推广某品牌校车的建议")).await?;
    let version = stage.at(id).await?.version;
    let cmd = RefuseSubmission {
        id,
        version,
        ground: "PRODUCT_PROMOTION".into(),
        reason: "内容为推介特定产品,不作为代表建议受理,可就校车安全管理另行提出建议。".into(),
    };
    reviewing::refuse(&stage.congress(19).await?, cmd).await?;
    let member = stage.member("mem02", 20).await?;
    let id = stage.submitted(&member, SubmissionKind::Proposal, &titled(&MEALS, "反映独居老人就餐情况")).await?;
    let version = stage.at(id).await?.version;
    let reason = "以反映情况为主,转作社情民意信息。".into();
    let cmd = ConvertSubmission { id, version, to: SubmissionKind::OpinionBrief, reason };
    reviewing::convert(&stage.cppcc(18).await?, cmd).await.map(drop)
}

/// Two proposals handled as one, planned and not yet released.
pub async fn merged_and_planned(stage: &Stage) -> AppResult<()> {
    let (first, second) = (stage.member("mem03", 12).await?, stage.member("mem04", 11).await?);
    let main_id = stage.submitted(&first, SubmissionKind::Proposal, &MEALS).await?;
    let other = titled(&MEALS, "关于增加社区老年食堂的提案");
    let merged = stage.submitted(&second, SubmissionKind::Proposal, &other).await?;
    let office = stage.cppcc(10).await?;
    stage.accept(&office, main_id).await?;
    stage.accept(&office, merged).await?;
    let reason = "两件提案诉求一致,并案办理。".into();
    merging::merge(&office, MergeSubmissions { main_id, merged_ids: vec![merged], reason }).await?;
    let agencies = [("mzj", LEAD), ("czj", CO)];
    stage.plan(&stage.transfer(9).await?, main_id, HandlingMode::LeadWithCo, &agencies).await
}

/// Assigned, not yet signed for.
pub async fn just_assigned(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep04", 8).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &PARKING).await?;
    stage.accept(&stage.congress(7).await?, id).await?;
    stage.assign(&stage.transfer(1).await?, id, HandlingMode::Sole, &[("cgj", LEAD)]).await
}

/// An agency asks to hand back; a supervised matter.
pub async fn handed_back(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep05", 9).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &titled(&PARKING, "关于增设公共充电桩的建议")).await?;
    let office = stage.congress(8).await?;
    stage.accept(&office, id).await?;
    let cmd = Supervise {
        submission_id: id,
        label: "重点督办".into(),
        leader_id: Some(stage.act("leader1", 8).await?.actor.user_id),
        reason: "群众反映集中。".into(),
    };
    supervising::supervise(&office, cmd).await?;
    stage.assign(&stage.transfer(3).await?, id, HandlingMode::Sole, &[("zjj", LEAD)]).await?;
    let liaison = stage.agency("zjj", Role::Liaison, 2).await?;
    let assignment = stage.assignment(id, "zjj").await?;
    let cmd = RequestReturn {
        assignment_id: assignment.id,
        version: assignment.version,
        reason: "充电设施规划属发展改革部门职责。".into(),
        proposed_agency_id: stage.agency_id("fgj").await?,
    };
    returning::request(&liaison, cmd).await.map(drop)
}

/// Being handled, with a contact and a reply under review; another handled by several separately.
pub async fn being_handled(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep01", 50).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &titled(&MEALS, "关于完善居家养老服务的建议")).await?;
    stage.accept(&stage.congress(48).await?, id).await?;
    stage.assign(&stage.transfer(45).await?, id, HandlingMode::Sole, &[("mzj", LEAD)]).await?;
    let assignment = stage.start(id, "mzj", 44).await?;
    stage.visit(assignment, "mzj", 30).await?;
    let answer = Answer {
        body: "您提出的关于完善居家养老服务的建议收悉,现答复如下:一、关于助餐点建设……",
        outcome: Outcome::InProgress,
        demands: &["已建成助餐点九个,其余四个街道正在选址。", "运营补贴调整方案已报区政府。"],
        promise: Some(("十三个街道助餐点全部建成", 120)),
    };
    let reply = stage.draft_reply(assignment, "mzj", 5, &answer).await?;
    stage.approve(reply, "mzj", Role::Liaison, 4).await?;
    stage.approve(reply, "mzj", Role::AgencyDeputyHead, 3).await?;

    let member = stage.member("mem05", 40).await?;
    let id = stage.submitted(&member, SubmissionKind::Proposal, &RIVER).await?;
    stage.accept(&stage.cppcc(38).await?, id).await?;
    let separate = AssignmentRole::Separate;
    let agencies = [("hbj", separate), ("slj", separate), ("zjj", separate)];
    stage.assign(&stage.transfer(35).await?, id, HandlingMode::Separate, &agencies).await?;
    stage.start(id, "hbj", 34).await?;
    stage.sign(id, "slj", 33).await
}

async fn replied(stage: &Stage, proposer: &str, title: &'static str, ago: u64, number: &str) -> AppResult<ReplyId> {
    let lead = stage.deputy(proposer, ago).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &titled(&BUS, title)).await?;
    stage.accept(&stage.congress(ago - 2).await?, id).await?;
    stage.assign(&stage.transfer(ago - 5).await?, id, HandlingMode::Sole, &[("jtj", LEAD)]).await?;
    let assignment = stage.start(id, "jtj", ago - 6).await?;
    stage.visit(assignment, "jtj", ago - 15).await?;
    let answer = Answer {
        body: "您提出的建议收悉。经现场调研,现答复如下:已会同学校开展客流调查……",
        outcome: Outcome::Planned,
        demands: &["定制校园公交已列入下一年度线网调整计划。"],
        promise: Some(("开通两条定制校园公交线路", 90)),
    };
    let reply = stage.draft_reply(assignment, "jtj", ago - 30, &answer).await?;
    stage.issue(reply, "jtj", ago - 32, number).await?;
    Ok(reply)
}

fn rating(id: domain::ids::FeedbackId, version: i32, overall: Rating, comment: Option<&str>) -> RateReply {
    RateReply {
        feedback_id: id,
        version,
        attitude_rating: Rating::Satisfied,
        process_rating: Rating::Satisfied,
        result_rating: overall,
        overall_rating: overall,
        comment: comment.map(str::to_owned),
        answers: None,
    }
}

/// Answered: one awaits its rating, one is rated and sealed.
pub async fn answered(stage: &Stage) -> AppResult<()> {
    replied(stage, "rep01", "关于增加东站片区公交班次的建议", 45, "清交函〔2026〕11号").await?;
    let reply = replied(stage, "rep06", "关于改善农村公交候车亭的建议", 60, "清交函〔2026〕12号").await?;
    let form = stage.forms(reply).await?.pop().ok_or(AppError::NotFound)?;
    let proposer = stage.deputy("rep06", 5).await?;
    feedback::rate(&proposer, rating(form.id, form.version, Rating::BasicallySatisfied, None)).await.map(drop)
}

/// Dissatisfied, and handled again.
pub async fn second_round(stage: &Stage) -> AppResult<()> {
    let reply = replied(stage, "rep07", "关于开通夜间公交的建议", 70, "清交函〔2026〕13号").await?;
    let form = stage.forms(reply).await?.pop().ok_or(AppError::NotFound)?;
    let proposer = stage.deputy("rep07", 20).await?;
    let comment = Some("答复未说明夜间客流依据,请补充调查。");
    feedback::rate(&proposer, rating(form.id, form.version, Rating::Dissatisfied, comment)).await?;
    let reason = "请交通运输局补充夜间客流调查后重新答复。".into();
    let decision = Settlement::Rehandle;
    let cmd = SettleFeedback { id: form.id, version: form.version + 1, decision, reason };
    feedback::settle(&stage.congress(15).await?, cmd).await.map(drop)
}

/// Closed and published; its promise was reported and confirmed.
pub async fn closed_with_promise(stage: &Stage) -> AppResult<()> {
    let reply = replied(stage, "rep01", "关于改造友谊路公交站台的建议", 90, "清交函〔2026〕14号").await?;
    let form = stage.forms(reply).await?.pop().ok_or(AppError::NotFound)?;
    let proposer = stage.deputy("rep01", 50).await?;
    feedback::rate(&proposer, rating(form.id, form.version, Rating::Satisfied, None)).await?;
    let office = stage.congress(45).await?;
    let reason = "提出者表示满意。".into();
    let decision = Settlement::Close;
    feedback::settle(&office, SettleFeedback { id: form.id, version: form.version + 1, decision, reason }).await?;
    let version = stage.reply(reply).await?.version;
    let publish = PublishReply { id: reply, version, mask_personal_data: false, withhold_names: false };
    publishing::publish_reply(&stage.congress(40).await?, publish).await?;
    let liaison = stage.agency("jtj", Role::Liaison, 10).await?;
    let promises = commitments::of_reply(liaison.db().reader(), reply).await?;
    let promise = promises.first().ok_or(AppError::NotFound)?;
    let cmd = ReportCommitment {
        id: promise.id,
        version: promise.version,
        fulfilled: true,
        report: "两条定制校园公交线路已于本月开通。".into(),
        changed_to: None,
        evidence_ids: None,
    };
    promising::report(&liaison, cmd).await?;
    let answer = AnswerCommitment {
        id: promise.id,
        version: promise.version + 1,
        confirmed: true,
        rating: Rating::Satisfied,
        comment: None,
    };
    promising::answer(&stage.deputy("rep01", 8).await?, answer).await.map(drop)
}

/// Withdrawn after assignment.
pub async fn withdrawn(stage: &Stage) -> AppResult<()> {
    let lead = stage.deputy("rep08", 30).await?;
    let id = stage.submitted(&lead, SubmissionKind::Suggestion, &titled(&PARKING, "关于增设临时停车位的建议")).await?;
    stage.accept(&stage.congress(28).await?, id).await?;
    stage.assign(&stage.transfer(25).await?, id, HandlingMode::Sole, &[("cgj", LEAD)]).await?;
    let version = stage.at(id).await?.version;
    let reason = "相关路段已完成改造,诉求已解决。".into();
    submitting::withdraw(&stage.deputy("rep08", 20).await?, Withdraw { id, version, reason }).await.map(drop)
}
