use super::PersonalKind::{self as K, *};
use super::*;
use proptest::prelude::*;

/// The passages as written between the marks 【 and 】.
fn check(marked: &str, kinds: &[K]) {
    let text = marked.replace(['【', '】'], "");
    let mut expected = Vec::new();
    let mut at = 0;
    let mut open = None;
    for c in marked.chars() {
        match c {
            '【' => open = Some(at),
            '】' => expected.push((open.take().expect("opened"), at)),
            _ => at += 1,
        }
    }
    let found = find(&text);
    let places: Vec<_> = found.iter().map(|p| (p.at, p.at + p.length)).collect();
    assert_eq!(places, expected, "{marked}: {found:?}");
    assert_eq!(found.iter().map(|p| p.kind).collect::<Vec<_>>(), kinds, "{marked}");
    assert!(find(&mask(&text)).is_empty(), "{marked}");
}

#[test]
fn personal_data_is_found_where_it_stands() {
    let cases: &[(&str, &[K])] = &[
        ("联系人手机【13812345678】。", &[Mobile]),
        ("【138 1234 5678】", &[Mobile]),
        ("【138-1234-5678】或【19912345678】", &[Mobile, Mobile]),
        ("请拨【+86 13812345678】", &[Mobile]),
        ("请拨【+86-138-1234-5678】", &[Mobile]),
        ("请拨【8613812345678】", &[Mobile]),
        ("请拨【008613812345678】", &[Mobile]),
        ("手机：【１３８１２３４５６７８】，", &[Mobile]),
        ("Tel【13812345678】 13", &[Mobile]),
        ("张三【13812345678】李四【13912345678】", &[Mobile, Mobile]),
        ("联系电话：【0571-87654321】", &[Landline]),
        ("联系电话：【057187654321】", &[Landline]),
        ("电话【(0571)87654321】", &[Landline]),
        ("电话【（0571）87654321】", &[Landline]),
        ("电话【010-65251234】", &[Landline]),
        ("【021 6321 1234】", &[Landline]),
        ("【0571-8765432】", &[Landline]),
        ("【0571-87654321-8012】", &[Landline]),
        ("【0571-87654321转8012】", &[Landline]),
        ("联系电话：【87654321】", &[Landline]),
        ("座机【8765432】；", &[Landline]),
        ("身份证【11010519491231002X】", &[IdentityNumber]),
        ("身份证【11010519491231002x】。", &[IdentityNumber]),
        ("身份证【440524188001010014】", &[IdentityNumber]),
        ("身份证【１１０１０５１９４９１２３１００２Ｘ】", &[IdentityNumber]),
        ("身份证【110105 19491231 002X】", &[IdentityNumber]),
        ("旧身份证【110105491231002】", &[IdentityNumber]),
        ("卡号【4111111111111111】", &[BankCard]),
        ("卡号【4111 1111 1111 1111】，", &[BankCard]),
        ("卡号【4111-1111-1111-1111】", &[BankCard]),
        ("卡号【6222021234567890128】", &[BankCard]),
        ("卡号【6222 0212 3456 7890 128】", &[BankCard]),
        ("邮箱【zhang.san@example.com】。", &[Email]),
        ("邮箱【13812345678@139.com】", &[Email]),
        ("【a_b+c@mail.example.com.cn】.", &[Email]),
        ("【ｚｓ＠example.com】", &[Email]),
        ("住人民路【12号501室】", &[Address]),
        ("住人民路【12号3幢2单元501室】的居民", &[Address]),
        ("家住阳光小区【3栋2单元】", &[Address]),
        ("家住阳光小区【3栋2单元501】。", &[Address]),
        ("幸福花园【3-2-501】", &[Address]),
        ("幸福里【三号楼二单元】", &[Address]),
        ("延安路【100弄5号301室】", &[Address]),
        ("东村【3组12号】", &[Address]),
        ("明月公寓【A座1203室】", &[Address]),
        ("车牌【浙A12345】", &[Plate]),
        ("车牌【浙A·12345】逆行", &[Plate]),
        ("新能源【浙AD12345】", &[Plate]),
        ("【京A1234警】", &[Plate]),
        ("王某【13812345678】，住和平路【8号201室】，车【苏E88K88】", &[Mobile, Address, Plate]),
    ];
    for (marked, kinds) in cases {
        check(marked, kinds);
    }
}

#[test]
fn nothing_is_found_in_what_official_texts_are_full_of() {
    let cases = [
        "请拨打12345政务服务热线或12348、110、96345。",
        "服务热线400-123-4567、800-820-1234、95588",
        "浙政办发〔2019〕12号、国办发〔2014〕46号",
        "2019年至2026年，2026年2月10日",
        "投入13800000000元、15912345678 元，3.13812345678",
        "总投资1.38亿元，面积18600平方米，13912345678平方米",
        "第105号建议、案号2026001",
        "人民路12号的公交站，人民路100弄",
        "市行政中心3号楼201室",
        "市政务服务中心2楼3号窗口",
        "会议在3号楼201会议室召开",
        "两室一厅，三室两厅，一户一表",
        "3栋楼、12幢危房、5个单元",
        "地铁1号线2座车站，3号航站楼",
        "统一社会信用代码91330100MA27XW1234",
        "统一社会信用代码123301004700000001",
        "身份证110105194912310021",
        "卡号4111111111111112",
        "项目代码2026-330100-78-01-123456",
        "https://www.example.gov.cn/art/2026/2/10/art_1229_13812345678.html",
        "微博@政务发布，邮箱名待定@，a@b",
        "川藏线G318、浙A类企业、京A2019规划",
        "订单20260210123456789012345",
        "同比增长16.3%，由178件增至207件",
        "用电87654321千瓦时，完成电话回访87654321次",
        "电话12345",
        "1380000000",
        "",
    ];
    for text in cases {
        assert_eq!(find(text), [], "{text}");
        assert_eq!(mask(text), text);
    }
}

#[test]
fn an_excerpt_tells_the_place_and_not_the_number() {
    let found = find("请联系13812345678或zhang@example.com");
    assert_eq!(found[0].excerpt, "13*******78");
    assert_eq!(found[1].excerpt, "zha**********.com");
    assert_eq!(mask("请联系13812345678或他"), "请联系***********或他");
    assert_eq!(mask("手机１３８１２３４５６７８。"), "手机***********。");
}

proptest! {
    #[test]
    fn any_text_is_read_and_nothing_is_left_after_masking(text in "[0-9１-３@.a-cXA号室栋单元浙 \\-(（)]{0,60}") {
        let masked = mask(&text);
        prop_assert_eq!(masked.chars().count(), text.chars().count());
        let found = find(&text);
        prop_assert!(found.windows(2).all(|two| two[0].at + two[0].length <= two[1].at));
    }

    #[test]
    fn a_mobile_number_is_found_between_any_words(before in "[一-龥]{0,5}", rest in "[3-9][0-9]{9}", after in "[，。；]?") {
        let text = format!("{before}1{rest}{after}");
        prop_assert!(find(&text).iter().any(|p| p.at <= before.chars().count()), "{}", text);
    }
}
