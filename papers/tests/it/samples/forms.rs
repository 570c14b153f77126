//! Forms that are filled in and signed.

use papers::data::*;

use super::*;

pub fn submission_form() -> SubmissionForm {
    SubmissionForm {
        matter: suggestion(),
        received_on: Some(day(2026, 1, 9)),
        category: Some(s("城建城管")),
        lead: Some(Proposer {
            workplace: Some(s("清河区城北片区和平社区居民委员会主任")), ..proposer(0)
        }),
        cosigners: vec![proposer(1), proposer(2)],
        collective: None,
        background: s(
            "城北片区建成较早，道路狭窄，居民机动车保有量逐年增加，公共停车泊位严重不足。\n高峰时段占道停车普遍，消防通道时有堵塞。",
        ),
        analysis: s("一是规划建设时配建标准偏低；二是闲置地块和机关单位停车场没有得到利用；三是停车秩序管理力量不足。"),
        recommendations: s(
            "1. 在背街小巷施划夜间限时停车泊位。\n2. 利用闲置地块建设临时停车场。\n3. 推动机关单位停车场错时开放。",
        ),
        demands: list(&["年内施划夜间限时停车泊位", "公布错时开放的停车场"]),
        attachments: list(&["城北片区停车调查照片6张"]),
        suggested_lead: list(&["清河区城市管理局"]),
        suggested_co: list(&["清河区公安分局"]),
        may_be_disclosed: Some(true),
        disclosure_reason: None,
        wants_meeting: Some(true),
        raised_before: Some(false),
        from_research: Some(true),
        review_opinion: None,
        assignment_opinion: None,
        lead_agencies: Vec::new(),
        co_agencies: Vec::new(),
    }
}

pub fn collective_proposal() -> SubmissionForm {
    SubmissionForm {
        matter: Matter { case_no: String::new(), ..proposal() },
        received_on: None,
        category: None,
        lead: None,
        cosigners: Vec::new(),
        collective: Some(Collective {
            name: s("政协清河区委员会经济界别组"),
            contact: Contact { name: s("潘春怡"), phone: s("0990-8840001") },
        }),
        analysis: String::new(),
        demands: Vec::new(),
        may_be_disclosed: None,
        wants_meeting: None,
        raised_before: None,
        from_research: None,
        attachments: Vec::new(),
        ..submission_form()
    }
}

pub fn feedback_congress() -> FeedbackForm {
    FeedbackForm {
        matter: suggestion(),
        agency: s("清河区城市管理局"),
        document_no: Some(s("清城函〔2026〕12号")),
        replied_on: Some(day(2026, 5, 20)),
        outcome: None,
        proposers: vec![proposer(0), proposer(1), proposer(2)],
        ratings: list(&["满意", "基本满意", "不满意"]),
        answers: FeedbackAnswers::default(),
        return_to: list(&["清河区人民政府办公室（督查室）", "清河区人大常委会代表工作委员会"]),
        return_by: Some(day(2026, 6, 20)),
    }
}

pub fn feedback_cppcc() -> FeedbackForm {
    FeedbackForm {
        matter: proposal(),
        agency: s("清河区水利局"),
        document_no: Some(s("清水函〔2026〕2号")),
        outcome: Some(s("已经采纳")),
        proposers: vec![
            Proposer { name: s("潘春怡"), group: Some(s("经济界")), ..Proposer::default() },
            Proposer { name: s("许美思"), group: Some(s("教育界")), ..Proposer::default() },
        ],
        answers: FeedbackAnswers {
            reply_received: Some(true),
            received_on: Some(day(2026, 5, 22)),
            consultation: Some(s("走访")),
            leader_attended: Some(true),
            pertinent: Some(true),
            attitude: Some(s("满意")),
            result: Some(s("基本满意")),
            agrees: Some(true),
            comment: Some(s("水质检测结果希望每季度向村民公布。")),
            signed_by: Some(s("潘春怡")),
            signed_on: Some(day(2026, 6, 2)),
        },
        return_to: list(&["政协清河区委员会提案委员会"]),
        ..feedback_congress()
    }
}

pub fn contact_record() -> ContactRecord {
    ContactRecord {
        name: s("面商记录"),
        matter: suggestion(),
        agency: s("清河区城市管理局"),
        mode: s("座谈会"),
        held_on: Some(day(2026, 3, 25)),
        place: Some(s("和平社区会议室")),
        proposers: list(&["徐文国", "江源燕"]),
        officials: list(&["吕兰东（副局长）", "施明华（联络员）", "徐兰建（承办人）"]),
        leader_attended: Some(true),
        content: Some(s("介绍城北片区停车泊位现状和今年增设计划，就3处闲置地块的利用听取意见。")),
        proposers_view: Some(s("同意先施划夜间限时泊位；希望临时停车场的建设时间提前。")),
        agreed: Some(s("6月底前在和平社区公示增设计划。")),
        recorded_by: Some(s("徐兰建")),
    }
}
