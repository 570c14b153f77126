//! What leaves the server: exports that others verify, and what the commands print.

use super::{CODE, links, owner, run, sealed, sql};
use crate::support::TestApp;
use api::audit::START;
use api::commands::audit::{AuditCommand, with};
use api::use_cases::auditing::Asked;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Verifies an export with nothing but the words of docs/audit.md: hashes, places, signed states.
fn verify_outside(lines: &[Value], key: &str) -> Result<i64, i64> {
    let (mut before, mut place) = (START.to_owned(), 0);
    for line in lines {
        match line["type"].as_str().unwrap() {
            "entry" => {
                place += 1;
                let json = serde_json::to_string(&line["texts"]).unwrap();
                let digest = Sha256::digest(format!("{before}\n{json}"));
                before = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                // In the entry itself the place is a text.
                let text = place.to_string();
                if line["position"] != place || line["texts"][2] != text || line["hash"] != before {
                    return Err(place);
                }
            }
            "checkpoint" => {
                let parts = ["region", "position", "hash", "at"].map(|name| line[name].clone());
                let parts = parts.map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned));
                let signed = format!("jianyan-checkpoint/1\n{}\n", parts.join("\n"));
                let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
                let key = VerifyingKey::from_bytes(&bytes(key).try_into().unwrap()).unwrap();
                let signature = Signature::from_slice(&bytes(line["signature"].as_str().unwrap())).unwrap();
                if line["hash"] != before || key.verify_strict(signed.as_bytes(), &signature).is_err() {
                    return Err(place);
                }
            }
            other => panic!("{other}"),
        }
    }
    Ok(place)
}

async fn told(app: &TestApp, command: AuditCommand) -> (String, Result<(), String>) {
    let mut out = Vec::new();
    let done = with(&app.deps, &command, &mut out).await.map_err(|fault| {
        assert_eq!(fault.exit_code(), 1);
        fault.to_string()
    });
    (String::from_utf8(out).unwrap(), done)
}

#[tokio::test]
async fn an_export_can_be_verified_by_somebody_else() {
    let app = sealed().await;
    let (key, _) = told(&app, AuditCommand::Key).await;
    let (text, done) = told(&app, AuditCommand::Export { region: CODE.to_owned() }).await;
    done.unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let links = links(&app).await.len() as i64;
    assert_eq!(verify_outside(&lines, key.trim()), Ok(links));
    assert_eq!(lines.last().unwrap()["type"], "checkpoint");
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| line["type"] == "entry") {
        let mut changed = lines.clone();
        changed[index]["texts"][6] = json!("2020-01-01T00:00:00.000000Z");
        assert_eq!(verify_outside(&changed, key.trim()), Err(line["position"].as_i64().unwrap()));
    }
    let mut forged = lines.clone();
    forged.last_mut().unwrap()["at"] = json!("2026-02-10T01:00:00.000001Z");
    assert_eq!(verify_outside(&forged, key.trim()), Err(links));
}

#[tokio::test]
async fn the_command_tells_it_in_both_languages_and_by_its_exit_code() {
    let app = sealed().await;
    let verify = |asked: Asked| AuditCommand::Verify { region: Some(CODE.to_owned()), asked };
    let (text, done) = told(&app, verify(Asked::default())).await;
    done.unwrap();
    let last = links(&app).await.pop().unwrap();
    assert!(text.contains("完整 / intact") && text.contains(&format!("{}:{}", last.position, last.hash)), "{text}");
    let (all, done) = told(&app, AuditCommand::Verify { region: None, asked: Asked::default() }).await;
    done.unwrap();
    assert!(all.contains(text.trim()), "{all}");
    let db = owner(&app).await;
    run(&db, format!("DELETE FROM {} WHERE id = {}", last.kind, sql(&db, last.entry_id))).await;
    let (text, done) = told(&app, verify(Asked::default())).await;
    assert!(done.unwrap_err().contains("1 of the chains"));
    for part in ["FAULTY", "被删除", "was removed", &last.entry_id.to_string(), &format!("第 {} 环", last.position)]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let unknown = AuditCommand::Verify { region: Some("1".to_owned()), asked: Asked::default() };
    assert!(told(&app, unknown).await.1.unwrap_err().contains("no region 1"));
    let wrong_key = Asked { trusted: vec!["x".to_owned()], ..Asked::default() };
    assert!(told(&app, verify(wrong_key)).await.1.unwrap_err().contains("no public key"));
    let (text, done) = told(&app, AuditCommand::Seal).await;
    done.unwrap();
    assert!(text.contains("sealed 0"), "{text}");
}
