//! One paper of each kind, from the sample region 清河区.

use chrono::NaiveDate;
use papers::data::*;

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn s(text: &str) -> String {
    text.to_owned()
}

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| s(item)).collect()
}

pub fn congress() -> Meeting {
    Meeting::numbered(Institution::Congress, "清河区", "区", 18, 6)
}

pub fn cppcc() -> Meeting {
    Meeting::numbered(Institution::Cppcc, "清河区", "区", 16, 6)
}

pub fn suggestion() -> Matter {
    Matter {
        meeting: congress(),
        off_session: false,
        kind: s("建议"),
        case_no: s("12"),
        title: s("关于加强城北片区增设公共停车泊位的建议"),
    }
}

pub fn proposal() -> Matter {
    Matter {
        meeting: cppcc(),
        off_session: false,
        kind: s("提案"),
        case_no: s("2"),
        title: s("关于加快清河镇农村饮用水安全的提案"),
    }
}

pub const DEPUTIES: [(&str, &str); 12] = [
    ("徐文国", "清河区人大第一代表团"),
    ("江源燕", "清河区人大第二代表团"),
    ("林东志", "清河区人大第三代表团"),
    ("吴玲东", "清河区人大第四代表团"),
    ("廖思华", "清河区人大第一代表团"),
    ("张雅刚", "清河区人大第二代表团"),
    ("萧静永", "清河区人大第三代表团"),
    ("黄国平", "清河区人大第四代表团"),
    ("张素启", "清河区人大第一代表团"),
    ("邱海思", "清河区人大第二代表团"),
    ("潘明华", "清河区人大第三代表团"),
    ("周美明", "清河区人大第四代表团"),
];

pub fn deputies(count: usize) -> Vec<Person> {
    DEPUTIES[..count].iter().map(|(name, _)| Person { name: s(name), honorific: s("代表") }).collect()
}

pub fn proposer(number: usize) -> Proposer {
    let (name, group) = DEPUTIES[number];
    Proposer {
        name: s(name),
        group: Some(s(group).replace("清河区人大", "")),
        credential_no: Some(format!("18{:04}", number + 1)),
        address: Some(s("清河区城北片区和平社区")),
        postcode: Some(s("990101")),
        phone: Some(format!("0990-88{:05}", number + 1)),
        ..Proposer::default()
    }
}

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
        may_be_disclosed: None,
        wants_meeting: None,
        raised_before: None,
        from_research: None,
        attachments: Vec::new(),
        ..submission_form()
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

pub fn figures() -> Vec<Figure> {
    let figure = |name: &str, value: &str, definition: &str, basis: &str, change: Option<&str>| Figure {
        name: s(name),
        value: s(value),
        definition: s(definition),
        basis: Some(s(basis)),
        change: change.map(s),
    };
    vec![
        figure(
            "办复率",
            "98.4%",
            "已送达书面答复的件数，除以独办、主办、分办的交办件数。",
            "126件÷128件",
            Some("上升1.2个百分点"),
        ),
        figure(
            "按期办复率",
            "96.9%",
            "在答复期限（含批准的延期）当日或之前答复的件数，除以已到期的件数。",
            "124件÷128件",
            None,
        ),
        figure("面商率", "100%", "答复前与领衔人至少面商一次的件数，除以独办、主办、分办的件数。", "128件÷128件", None),
        figure(
            "满意率",
            "97.5%",
            "评价为满意或基本满意的件数，除以已收到反馈的件数；未反馈的不计入。",
            "117件÷120件",
            Some("下降0.3个百分点"),
        ),
        figure("解决率", "61.9%", "办理结果为A类的件数，除以已答复的件数。", "78件÷126件", None),
    ]
}

pub fn sheet_by_agency() -> Sheet {
    let row = |cells: &[&str]| list(cells);
    Sheet {
        caption: s("各承办单位办理情况"),
        columns: list(&["承办单位", "主办", "会办", "按期答复", "面商", "A类", "B类", "满意"]),
        rows: vec![
            row(&["清河区民政局", "18", "6", "18", "18", "12", "5", "17"]),
            row(&["清河区水利局", "15", "3", "14", "15", "9", "5", "14"]),
            row(&["清河区交通运输局", "21", "8", "21", "21", "11", "8", "20"]),
            row(&["清河区住房和城乡建设局", "26", "11", "25", "26", "13", "10", "24"]),
            row(&["清河区城市管理局", "24", "9", "24", "24", "16", "6", "22"]),
            row(&["合计", "104", "37", "102", "104", "61", "34", "97"]),
        ],
        note: Some(s("会办件不计入答复、面商和满意件数。")),
    }
}

pub fn sheet_by_category() -> Sheet {
    Sheet {
        caption: s("按分类统计"),
        columns: list(&["分类", "件数", "占比", "上年件数"]),
        rows: vec![
            list(&["经济发展", "31", "24.2%", "28"]),
            list(&["城建城管", "47", "36.7%", "50"]),
            list(&["科教文卫", "22", "17.2%", "19"]),
            list(&["社会法制", "28", "21.9%", "24"]),
        ],
        note: None,
    }
}

pub fn statistics_report() -> StatisticsReport {
    StatisticsReport {
        title: s("2026年清河区建议提案办理情况统计报告"),
        scope: s("区级代表建议和政协提案，含闭会期间提出的；独办、主办、分办件，并案按一件计。"),
        as_of: day(2026, 6, 30),
        figures: figures(),
        sheets: vec![sheet_by_category(), sheet_by_agency()],
        remarks: list(&["2件正在延期办理，新期限为2026年8月31日。"]),
        office: s("清河区人民政府办公室（督查室）"),
        date: Some(day(2026, 7, 3)),
    }
}

pub fn bulletin() -> Bulletin {
    Bulletin {
        name: s("清河区建议提案办理工作动态"),
        issue: 3,
        issue_overall: Some(12),
        editor: s("清河区人民政府办公室（督查室）"),
        date: day(2026, 5, 8),
        title: s("五月上旬办理进展情况通报"),
        sections: vec![
            Section {
                heading: s("总体进展"),
                text: s("截至5月8日，128件建议提案全部签收，首次沟通126件，形成答复初稿71件，已书面答复33件。"),
                sheets: vec![sheet_by_agency()],
            },
            Section {
                heading: s("需要加快的单位"),
                text: s("清河区水利局有1件初稿逾期3天。请于5月12日前补报。"),
                sheets: Vec::new(),
            },
            Section {
                heading: s("下一步安排"),
                text: s("5月15日前完成全部答复初稿；5月下旬开展现场督查。"),
                sheets: Vec::new(),
            },
        ],
        reported_to: list(&["林海宜", "赖峰国", "王平波"]),
        sent_to: list(&["清河区人大常委会代表工作委员会", "政协清河区委员会提案委员会"]),
        issued_to: list(&["各承办单位"]),
        copies: Some(60),
    }
}

pub fn pre_handling_analysis() -> PreHandlingAnalysis {
    let topic =
        |name: &str, nos: &[&str], summary: &str| HotTopic { name: s(name), case_nos: list(nos), summary: s(summary) };
    PreHandlingAnalysis {
        subject: s("2026年区级建议提案"),
        as_of: day(2026, 2, 10),
        overview: s("共收到建议提案133件，比上年增加12件；拟交办128件，转送其他系统5件。"),
        sheets: vec![sheet_by_category()],
        hot_topics: vec![
            topic("停车难", &["12", "23", "41"], "集中在城北片区和西园街道，要求增设公共停车泊位。"),
            topic("养老服务", &["2", "5", "16", "38"], "要求推进农村幸福食堂。"),
        ],
        repeated: vec![topic("河道清淤整治", &["2", "27"], "2019年以来多次提出，上次答复承诺列入年度计划。")],
        disputes: vec![Dispute {
            case_no: s("25"),
            title: s("关于进一步做好西园街道工地夜间噪声的建议"),
            agencies: list(&["清河区生态环境分局", "清河区城市管理局"]),
            reason: s("夜间施工噪声的监管职责有交叉。"),
        }],
        key_items: vec![KeyItem {
            case_no: s("12"),
            title: suggestion().title,
            leader: Some(s("王平波")),
            lead_agency: s("清河区城市管理局"),
        }],
        advice: list(&["交办会前召集相关单位协商有争议的事项。", "对多次提出的事项逐件核对以往承诺。"]),
        office: s("清河区人民政府办公室（督查室）"),
        date: Some(day(2026, 2, 12)),
    }
}

pub fn yearly_report() -> YearlyReport {
    YearlyReport {
        body: s("清河区人民政府"),
        subject: s("区十八届人大六次会议代表建议"),
        addressee: Some(s("清河区人大常委会")),
        year: 2026,
        as_of: day(2026, 11, 30),
        overview: s("现将2026年代表建议办理情况报告如下。"),
        figures: figures(),
        sections: vec![Section {
            heading: s("主要做法"),
            text: s("坚持主要领导负总责，分管领导具体抓。\n实行先沟通后答复，件件面商。"),
            sheets: vec![sheet_by_agency()],
        }],
        problems: list(&["个别单位答复针对性不强。", "部分承诺事项推进较慢。"]),
        next_steps: list(&["对B类件逐件跟踪，承诺到期逐项核查。"]),
        sheets: vec![sheet_by_category()],
        office: s("清河区人民政府"),
        date: Some(day(2026, 12, 4)),
    }
}

/// All of them, each with a name.
pub fn all() -> Vec<(&'static str, Paper)> {
    vec![
        ("reply-letter", reply_letter().into()),
        ("co-opinion", co_opinion().into()),
        ("submission-form", submission_form().into()),
        ("submission-form-collective", collective_proposal().into()),
        ("assignment-notice", assignment_notice().into()),
        ("assignment-schedule", assignment_schedule(30).into()),
        ("feedback-form-congress", feedback_congress().into()),
        ("feedback-form-cppcc", feedback_cppcc().into()),
        ("contact-record", contact_record().into()),
        ("statistics-report", statistics_report().into()),
        ("bulletin", bulletin().into()),
        ("pre-handling-analysis", pre_handling_analysis().into()),
        ("yearly-report", yearly_report().into()),
    ]
}
