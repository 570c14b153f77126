//! Right and wrong settings of the channels, and that no secret is ever shown.

use super::super::{Settings, SettingsFault, unknown_variables};
use super::*;
use std::path::Path;

const SECRET: &str = "a-webhook-secret-of-more-than-32-bytes";

fn load(variables: &[(&str, &str)]) -> Result<Settings, SettingsFault> {
    let env =
        |name: &str| variables.iter().find(|(variable, _)| *variable == name).map(|(_, value)| (*value).to_owned());
    // Nothing is read from or made in a directory that does not exist.
    Settings::load(env, Path::new("/nowhere"))
}

fn mail(url: &str) -> Result<MailSettings, SettingsFault> {
    let settings = load(&[("JIANYAN_SMTP_URL", url), ("JIANYAN_MAIL_FROM", "建言 <jianyan@example.cn>")])?;
    Ok(settings.channels.mail.unwrap())
}

#[test]
fn without_settings_there_is_no_channel() {
    let settings = load(&[]).unwrap();
    assert!(settings.channels.mail.is_none() && settings.channels.webhook.is_none());
    assert!(settings.describe().contains("JIANYAN_SMTP_URL = (none)  [default]"), "{}", settings.describe());
}

#[test]
fn a_mail_server_is_spoken_to_under_tls_unless_the_operator_says_none() {
    for (url, protection, port) in [
        ("smtps://mail.example.cn", Protection::Tls, 465),
        ("smtp://mail.example.cn", Protection::StartTls, 587),
        ("smtp://mail.example.cn:25?tls=required", Protection::StartTls, 25),
        ("smtp://127.0.0.1:2525?tls=none", Protection::None, 2525),
        ("smtp://[::1]?tls=none", Protection::None, 25),
    ] {
        let found = mail(url).unwrap();
        assert_eq!((found.protection, found.port), (protection, port), "{url}");
        assert!(found.login.is_none() && !found.host.contains('['), "{}", found.host);
    }
    let (user, password) = mail("smtps://bot%40example.cn:p%40ss%2F1@mail.example.cn").unwrap().login.unwrap();
    assert_eq!((user.as_str(), password.expose_secret()), ("bot@example.cn", "p@ss/1"));
}

#[test]
fn wrong_settings_stop_the_start_without_showing_a_secret() {
    let from = ("JIANYAN_MAIL_FROM", "jianyan@example.cn");
    for url in [
        "mail.example.cn",
        "http://user:hunter2@mail.example.cn",
        "smtp://user:hunter2@mail.example.cn?tls=none",
        "smtp://user:hunter2@mail.example.cn?tls=maybe",
        "smtps://user:hunter2@mail.example.cn?tls=none",
        "smtps://:hunter2@mail.example.cn",
        "smtps://user@mail.example.cn",
        "smtps://user:hunter2@",
        "smtps://user:hunter2@mail.example.cn/path",
        "smtp://",
    ] {
        let fault = load(&[("JIANYAN_SMTP_URL", url), from]).err().unwrap_or_else(|| panic!("{url} was taken"));
        assert_eq!(fault.setting, "JIANYAN_SMTP_URL", "{url}");
        assert!(fault.english.contains("; ") && !format!("{fault:?}").contains("hunter2"), "{fault:?}");
    }
    let smtp = ("JIANYAN_SMTP_URL", "smtps://mail.example.cn");
    for wrong in ["nobody", "a@b@c", "x <a@b.cn>, y <c@d.cn>", "建言@例子.中国", "a@b.cn\nBcc: c@d.cn"] {
        let fault = load(&[smtp, ("JIANYAN_MAIL_FROM", wrong)]).err().unwrap_or_else(|| panic!("{wrong} was taken"));
        assert_eq!(fault.setting, "JIANYAN_MAIL_FROM");
    }
    let secret = ("JIANYAN_WEBHOOK_SECRET", SECRET);
    for url in ["gateway", "ftp://gateway/x", "https://user:hunter2@gateway/x", "https://gateway/x#y", "https://"] {
        let fault = load(&[("JIANYAN_WEBHOOK_URL", url), secret]).err().unwrap_or_else(|| panic!("{url} was taken"));
        assert!(fault.setting == "JIANYAN_WEBHOOK_URL" && !format!("{fault:?}").contains("hunter2"), "{fault:?}");
    }
    let hook = ("JIANYAN_WEBHOOK_URL", "https://gateway.example.cn/notify");
    let fault = load(&[hook, ("JIANYAN_WEBHOOK_SECRET", "hunter2")]).err().unwrap();
    assert!(fault.english.contains("at least 32") && !format!("{fault:?}").contains("hunter2"), "{fault:?}");
    for url in ["jianyan", "https://a.cn/?x=1", "javascript:alert(1)"] {
        assert_eq!(load(&[("JIANYAN_PUBLIC_URL", url)]).err().unwrap().setting, "JIANYAN_PUBLIC_URL", "{url}");
    }
}

#[test]
fn half_a_channel_is_refused_and_the_other_half_named() {
    for (given, missing) in [
        (("JIANYAN_SMTP_URL", "smtps://mail.example.cn"), "JIANYAN_MAIL_FROM"),
        (("JIANYAN_MAIL_FROM", "a@example.cn"), "JIANYAN_SMTP_URL"),
        (("JIANYAN_WEBHOOK_URL", "https://gateway.example.cn/"), "JIANYAN_WEBHOOK_SECRET"),
        (("JIANYAN_WEBHOOK_SECRET", SECRET), "JIANYAN_WEBHOOK_URL"),
    ] {
        assert_eq!(load(&[given]).err().unwrap().setting, missing);
    }
}

#[test]
fn what_is_shown_holds_no_secret() {
    let settings = load(&[
        ("JIANYAN_SMTP_URL", "smtp://bot:hunter2@mail.example.cn?tls=required"),
        ("JIANYAN_MAIL_FROM", "建言 <jianyan@example.cn>"),
        ("JIANYAN_WEBHOOK_URL", "https://gateway.example.cn/notify?token=hunter2"),
        ("JIANYAN_WEBHOOK_SECRET", SECRET),
        ("JIANYAN_PUBLIC_URL", "https://jianyan.example.cn/"),
    ])
    .unwrap();
    let shown = format!("{}{settings:?}", settings.describe());
    assert!(!shown.contains("hunter2") && !shown.contains(SECRET), "{shown}");
    for line in [
        "JIANYAN_SMTP_URL = smtp://bot:***@mail.example.cn?tls=required  [environment]",
        "JIANYAN_WEBHOOK_URL = https://gateway.example.cn/notify?token=***  [environment]",
        "JIANYAN_WEBHOOK_SECRET = (hidden)  [environment]",
        "JIANYAN_PUBLIC_URL = https://jianyan.example.cn  [environment]",
    ] {
        assert!(shown.contains(line), "{line} in\n{shown}");
    }
    let known = ["JIANYAN_SMTP_URL", "JIANYAN_WEBHOOK_SECRET", "JIANYAN_PUBLIC_URL"];
    assert!(unknown_variables(known, &[]).is_empty());
}
