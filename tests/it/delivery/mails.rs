//! Mails as they go over the wire.

use super::mail_server::MailServer;
use crate::support::{TestApp, draft_input, wiring};
use api::delivery::Channels;
use chrono::TimeDelta;
use domain::ids::TypedId;
use domain::vocabulary::{Channel, DeliveryStatus};
use entity::{person, submission};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

fn channels(server: &MailServer, tls: &str) -> Channels {
    let url = format!("smtp://127.0.0.1:{}{tls}", server.port());
    wiring::channels(&[("JIANYAN_SMTP_URL", &url), ("JIANYAN_MAIL_FROM", "建言 <jianyan@example.cn>")])
}

async fn told(app: &TestApp, title: &str) -> submission::Model {
    let matter = app.draft_of("rep04", draft_input("SUGGESTION", "关于助餐点的建议")).await;
    let id: domain::ids::SubmissionId = matter.id.parse().unwrap();
    // Behind the back of the API, which takes no such title.
    submission::Entity::update_many()
        .col_expr(submission::Column::Title, Expr::value(title))
        .filter(submission::Column::Id.eq(id))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    matter.submit().await;
    submission::Entity::find_by_id(id).one(app.deps.db.reader()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_mail_arrives_with_the_id_of_its_delivery() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let server = MailServer::start().await;
    assert_eq!(app.deliver_all(&channels(&server, "?tls=none")).await.sent, 1);
    let [mail] = server.arrived().try_into().unwrap();
    assert_eq!(
        (mail.from.as_str(), mail.to.as_slice()),
        ("jianyan@example.cn", &["congress1@example.cn".to_owned()][..])
    );
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!(mail.header("Message-ID"), format!("<{}@example.cn>", row.id.uuid().simple()));
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert_eq!(mail.header("Date"), "Tue, 10 Feb 2026 01:00:00 +0000");
    assert_eq!(mail.header("Content-Type"), "text/plain; charset=utf-8");
    assert!(mail.text().starts_with("提交:《"), "{}", mail.text());
    assert!(mail.text().contains("\nSubmitted: "), "{}", mail.text());
    assert!(mail.data.is_ascii(), "old servers take it too");
}

#[tokio::test]
async fn neither_a_title_nor_a_name_adds_a_header() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    let evil = "题\r\nBcc: all@example.cn\r\n\r\nbody";
    person::Entity::update_many()
        .col_expr(person::Column::Name, Expr::value(evil))
        .filter(person::Column::Username.eq("congress1"))
        .exec(app.deps.db.writer())
        .await
        .unwrap();
    told(&app, evil).await;
    let server = MailServer::start().await;
    assert_eq!(app.deliver_all(&channels(&server, "?tls=none")).await.sent, 1);
    let [mail] = server.arrived().try_into().unwrap();
    assert_eq!(mail.to, ["congress1@example.cn"]);
    let names: Vec<String> =
        mail.headers().iter().map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect();
    let expected = [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    let (mut found, mut wanted) = (names.clone(), expected.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "{}", mail.data);
    assert_eq!(mail.text().lines().count(), 5, "{}", mail.text());
}

#[tokio::test]
async fn an_address_that_adds_a_command_or_header_is_never_sent_to() {
    let evil = [
        "congress1@example.cn\r\nRCPT TO:<all@example.cn>",
        "congress1@example.cn>\r\nDATA",
        "a@example.cn, b@example.cn",
        "nobody",
    ];
    for address in evil {
        let app = TestApp::new().await;
        app.address("congress1", person::Column::Email, Some(address)).await;
        app.submitted("rep01").await;
        let server = MailServer::start().await;
        assert_eq!(app.deliver_all(&channels(&server, "?tls=none")).await.dead, 1, "{address:?}");
        assert!(server.arrived().is_empty() && !server.heard().iter().any(|line| line.contains("all@")), "{address:?}");
        let [row] = app.deliveries().await.try_into().unwrap();
        assert_eq!(row.last_error.as_deref(), Some("the address is no mail address"));
    }
}

#[tokio::test]
async fn a_busy_server_is_asked_again_and_an_unknown_mailbox_is_not() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let server = MailServer::start().await;
    let channels = channels(&server, "?tls=none");
    server.answer(&["451 4.7.1 <congress1@example.cn> greylisted"]);
    assert_eq!(app.deliver_all(&channels).await.postponed, 1);
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!(row.last_error.as_deref(), Some("SMTP 451"), "no address is kept");
    app.later(TimeDelta::minutes(1));
    assert_eq!(app.deliver_all(&channels).await.sent, 1);
    assert_eq!(server.arrived()[0].header("Message-ID"), format!("<{}@example.cn>", row.id.uuid().simple()));

    app.submitted("rep02").await;
    server.answer(&["550 5.1.1 no such user congress1@example.cn"]);
    assert_eq!(app.deliver_all(&channels).await.dead, 1);
    assert_eq!(app.states(Channel::Email).await, [DeliveryStatus::Sent, DeliveryStatus::Dead]);
    assert_eq!(app.deliveries().await[1].last_error.as_deref(), Some("SMTP 550"));
}

#[tokio::test]
async fn without_tls_nothing_is_said_unless_the_operator_wants_it() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let server = MailServer::start().await;
    // The server offers no STARTTLS, or somebody in between took the offer away.
    assert_eq!(app.deliver_all(&channels(&server, "")).await.postponed, 1);
    assert!(server.arrived().is_empty());
    let heard = server.heard();
    assert!(!heard.iter().any(|line| line.starts_with("MAIL") || line.starts_with("AUTH")), "{heard:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_asked_again() {
    let app = TestApp::new().await;
    app.mailboxes(&["congress1"]).await;
    app.submitted("rep01").await;
    let port = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let url = format!("smtp://127.0.0.1:{port}?tls=none");
    let nobody = wiring::channels(&[("JIANYAN_SMTP_URL", &url), ("JIANYAN_MAIL_FROM", "jianyan@example.cn")]);
    assert_eq!(app.deliver_all(&nobody).await.postponed, 1);
    let [row] = app.deliveries().await.try_into().unwrap();
    assert_eq!(row.last_error.as_deref(), Some("the mail server cannot be reached"));
}
