//! Reports and bulletins.

use papers::data::*;

use super::*;

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
        issue: Some(3),
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
