//! Letters: replies, assignments.

use papers::data::*;

use super::*;

pub fn reply_letter() -> ReplyLetter {
    ReplyLetter {
        kind: ReplyKind::Reply,
        agency: s("清河区城市管理局"),
        document_no: Some(s("清城函〔2026〕12号")),
        signer: Some(s("邱永东")),
        outcome_mark: Some(s("B")),
        disclosure: Some(s("主动公开")),
        matter: suggestion(),
        addressees: deputies(3),
        opening: None,
        points: vec![
            Point {
                heading: Some(s("关于增设公共停车泊位")),
                text: s(
                    "城北片区现有公共停车泊位1860个，高峰时段缺口约420个。今年以来，我局会同有关单位对12条背街小巷逐一踏勘，已施划夜间限时停车泊位163个，6月底前再增设97个。\n对老旧小区周边的3处闲置地块，拟建设临时停车场，新增泊位210个，计划2027年6月30日前投入使用。",
                ),
            },
            Point {
                heading: Some(s("关于错时共享停车")),
                text: s(
                    "机关单位停车场夜间和节假日向居民开放的办法已经拟定，正在征求意见；首批8家单位可提供泊位310个。",
                ),
            },
            Point {
                heading: Some(s("关于规范收费和管理")),
                text: s(
                    "停车收费标准由清河区发展和改革局核定。我局将在每处泊位公示收费标准和监督电话，每月巡查不少于4次。",
                ),
            },
        ],
        co_agencies: list(&["清河区发展和改革局", "清河区公安分局"]),
        closing: None,
        annexes: list(&["城北片区公共停车泊位增设计划表", "代表建议办理情况征询意见表"]),
        date: Some(day(2026, 5, 20)),
        contact: Contact { name: s("徐兰建"), phone: s("0990-8820012") },
        copies: list(&[
            "清河区人大常委会代表工作委员会",
            "清河区人民政府办公室(督查室)",
            "清河区发展和改革局",
            "清河区公安分局",
            "清河区人大第一代表团",
        ]),
        printed_by: Some(PrintedBy { office: s("清河区城市管理局办公室"), date: day(2026, 5, 20) }),
    }
}

pub fn co_opinion() -> ReplyLetter {
    ReplyLetter {
        kind: ReplyKind::CoOpinion,
        agency: s("清河区公安分局"),
        document_no: Some(s("清公函〔2026〕7号")),
        signer: None,
        outcome_mark: None,
        disclosure: Some(s("不予公开")),
        addressees: vec![Person { name: s("清河区城市管理局"), honorific: String::new() }],
        points: vec![Point {
            heading: None,
            text: s("我局将在新增泊位路段调整交通标志，并于6月底前完成施划路段的秩序维护安排。"),
        }],
        co_agencies: Vec::new(),
        annexes: Vec::new(),
        date: Some(day(2026, 4, 10)),
        contact: Contact { name: s("高刚怡"), phone: s("0990-8830007") },
        copies: list(&["清河区人民政府办公室(督查室)"]),
        printed_by: None,
        ..reply_letter()
    }
}

pub fn assignment_notice() -> AssignmentNotice {
    let deadline = |label: &str, date| Deadline { label: s(label), date };
    AssignmentNotice {
        office: s("清河区人民政府办公室"),
        document_no: Some(s("清政办函〔2026〕18号")),
        signer: None,
        subject: s("区十八届人大六次会议代表建议和区政协十六届六次会议提案"),
        addressees: list(&[
            "清河区民政局",
            "清河区交通运输局",
            "清河区住房和城乡建设局",
            "清河区城市管理局",
            "清河区水利局",
        ]),
        total: 128,
        counts: vec![Count { label: s("代表建议"), number: 76 }, Count { label: s("政协提案"), number: 52 }],
        passed_on: 5,
        deadlines: vec![
            deadline("退办申请", day(2026, 3, 13)),
            deadline("与代表、委员首次沟通", day(2026, 3, 31)),
            deadline("会办意见", day(2026, 4, 15)),
            deadline("答复初稿", day(2026, 5, 15)),
            deadline("书面答复", day(2026, 6, 5)),
        ],
        requirements: vec![
            Point {
                heading: Some(s("明确责任")),
                text: s("主办单位要主动与会办单位协商，会办单位要按时提出会办意见。单位主要负责人为第一责任人。"),
            },
            Point {
                heading: Some(s("规范答复")),
                text: s(
                    "答复函右上角注明办理结果类别（A、B、C、D）和公开属性，同时抄送清河区人民政府办公室（督查室）和清河区人大常委会代表工作委员会、政协清河区委员会提案委员会。",
                ),
            },
            Point {
                heading: Some(s("按时反馈")), text: s("答复时附征询意见表或反馈意见表，由代表、委员填写后寄回。")
            },
        ],
        annexes: list(&["交办安排表", "答复函格式", "征询意见表、反馈意见表", "征询意见情况汇总表"]),
        date: Some(day(2026, 3, 3)),
        contact: Contact { name: s("简启美"), phone: s("0990-8810001") },
        copies: list(&["清河区人大常委会代表工作委员会", "政协清河区委员会提案委员会"]),
    }
}

pub fn schedule_row(number: usize) -> ScheduleRow {
    const PLACES: [&str; 5] = ["南湖街道", "东关街道", "大井村", "西园街道", "和平社区"];
    const TOPICS: [(&str, &str); 4] = [
        ("留守儿童关爱", "清河区民政局"),
        ("河道清淤整治", "清河区水利局"),
        ("公交站台候车亭建设", "清河区交通运输局"),
        ("老旧小区加装电梯", "清河区住房和城乡建设局"),
    ];
    let (topic, agency) = TOPICS[number % TOPICS.len()];
    let (name, group) = DEPUTIES[number % DEPUTIES.len()];
    let joint = number.is_multiple_of(3);
    ScheduleRow {
        case_no: (number + 1).to_string(),
        kind: s("建议"),
        title: format!("关于加强{}{topic}的建议", PLACES[number % PLACES.len()]),
        proposer: s(name),
        group: Some(group.replace("清河区人大", "")),
        phone: Some(format!("0990-88{:05}", number % DEPUTIES.len() + 1)),
        mode: s(if joint { "主办+会办" } else { "独办" }),
        lead_agencies: list(&[agency]),
        co_agencies: if joint { list(&["清河区财政局", "清河区城市管理局"]) } else { Vec::new() },
        supervising_leader: number.is_multiple_of(5).then(|| s("林海宜")),
        responsible_leader: Some(s("王平波")),
        assigned_on: Some(day(2026, 3, 3)),
        co_opinion_due: joint.then(|| day(2026, 4, 15)),
        draft_due: Some(day(2026, 5, 15)),
        reply_due: Some(day(2026, 6, 5)),
        key: number.is_multiple_of(5),
        remark: None,
    }
}

pub fn assignment_schedule(rows: usize) -> AssignmentSchedule {
    AssignmentSchedule {
        subject: s("区十八届人大六次会议代表建议"),
        office: s("清河区人民政府办公室（督查室）"),
        date: day(2026, 3, 3),
        rows: (0..rows).map(schedule_row).collect(),
    }
}
