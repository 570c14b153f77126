//! As much of a mail server as it takes to accept a mail, and to refuse one.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// From the envelope.
    pub from: String,
    /// From the envelope.
    pub to: Vec<String>,
    /// Header and body, line by line.
    pub data: String,
}

impl Arrived {
    /// The header lines with their continuations joined.
    pub fn headers(&self) -> Vec<String> {
        let (head, _) = self.data.split_once("\r\n\r\n").expect("a mail has a header");
        head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect()
    }

    /// The value of a header that stands there once.
    pub fn header(&self, name: &str) -> String {
        let start = format!("{name}: ");
        let found: Vec<String> =
            self.headers().iter().filter_map(|line| line.strip_prefix(&start).map(str::to_owned)).collect();
        assert_eq!(found.len(), 1, "{name} in {:?}", self.headers());
        found[0].clone()
    }

    /// The text of a body that is written in base64 or as it is.
    pub fn text(&self) -> String {
        use base64::Engine;
        let (_, body) = self.data.split_once("\r\n\r\n").expect("a mail has a body");
        if self.header("Content-Transfer-Encoding") != "base64" {
            return body.to_owned();
        }
        let bare: String = body.split_whitespace().collect();
        let bytes = base64::engine::general_purpose::STANDARD.decode(bare).expect("base64");
        String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
    }
}

#[derive(Debug, Default)]
struct Inside {
    arrived: Vec<Arrived>,
    /// Every line that a client sent outside a mail.
    heard: Vec<String>,
    /// What to answer to a recipient, first that of the next.
    answers: Vec<&'static str>,
}

/// The server; ends with the runtime of the test.
#[derive(Clone)]
pub struct MailServer {
    address: SocketAddr,
    inside: Arc<Mutex<Inside>>,
}

impl MailServer {
    /// Listens on a port of its own.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Self { address: listener.local_addr().expect("an address"), inside: Arc::default() };
        let inside = server.inside.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inside = inside.clone();
                tokio::spawn(async move { drop(talk(stream, inside).await) });
            }
        });
        server
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers the next recipients like this, and then takes every other.
    pub fn answer(&self, answers: &[&'static str]) {
        self.inside.lock().unwrap().answers = answers.to_vec();
    }

    /// What arrived so far.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.inside.lock().unwrap().arrived.clone()
    }

    /// Every line that was said so far.
    pub fn heard(&self) -> Vec<String> {
        self.inside.lock().unwrap().heard.clone()
    }
}

async fn talk(stream: TcpStream, inside: Arc<Mutex<Inside>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader);
    writer.write_all(b"220 mail.example.cn ESMTP\r\n").await?;
    let mut mail = Arrived { from: String::new(), to: Vec::new(), data: String::new() };
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let line = line.trim_end().to_owned();
        inside.lock().unwrap().heard.push(line.clone());
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let address = || line.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(a, _)| a.to_owned());
        let answer = match word.as_str() {
            "EHLO" => "250-mail.example.cn\r\n250-8BITMIME\r\n250 SMTPUTF8",
            "MAIL" => {
                mail = Arrived { from: address().unwrap_or_default(), to: Vec::new(), data: String::new() };
                "250 ok"
            }
            "RCPT" => {
                let mut inside = inside.lock().unwrap();
                let answer = if inside.answers.is_empty() { "250 ok" } else { inside.answers.remove(0) };
                mail.to.extend(address());
                answer
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                loop {
                    let mut line = String::new();
                    lines.read_line(&mut line).await?;
                    if line == ".\r\n" {
                        break;
                    }
                    mail.data.push_str(&line);
                }
                inside.lock().unwrap().arrived.push(mail.clone());
                "250 taken"
            }
            "QUIT" => "221 bye",
            "NOOP" | "RSET" => "250 ok",
            _ => "502 what?",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}
