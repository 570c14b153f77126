//! Tokens that are taken, and everything that is refused.

use serde_json::{Value, json};

use super::*;

const SECRET: &[u8] = b"a secret of forty bytes for these tests!";

fn keys() -> TokenKeys {
    keys_from(SECRET)
}

fn keys_from(secret: &[u8]) -> TokenKeys {
    TokenKeys::new(&SecretBox::from(secret.to_vec())).unwrap()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn later(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

fn claims() -> Claims {
    let id = |n| Uuid::from_u128(n);
    Claims::new(id(1), id(2), id(3), id(4), now())
}

fn header() -> Value {
    json!({ "alg": "HS256", "typ": TOKEN_TYPE, "kid": keys().kid })
}

fn payload() -> Value {
    let at = now().timestamp();
    json!({
        "iss": ISSUER, "aud": AUDIENCE,
        "sub": Uuid::from_u128(1), "sid": Uuid::from_u128(2),
        "pos": Uuid::from_u128(3), "jti": Uuid::from_u128(4),
        "iat": at, "nbf": at, "exp": at + LIFETIME_SECONDS,
    })
}

/// The value with some fields replaced; `null` takes a field away.
fn with(mut value: Value, change: Value) -> Value {
    for (name, new) in change.as_object().unwrap() {
        if new.is_null() {
            value.as_object_mut().unwrap().remove(name);
        } else {
            value[name] = new.clone();
        }
    }
    value
}

/// Signs any text with the true secret, as somebody who holds it would.
fn signed_text(header: &str, payload: &str, algorithm: Algorithm) -> String {
    let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let key = EncodingKey::from_secret(SECRET);
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &key, algorithm).unwrap();
    format!("{message}.{signature}")
}

fn signed(header: Value, payload: Value) -> String {
    signed_text(&header.to_string(), &payload.to_string(), Algorithm::HS256)
}

#[test]
fn an_issued_token_is_read_back() {
    let claims = claims();
    let token = keys().issue(&claims).unwrap();
    assert!(token.len() < 1_024);
    assert_eq!(keys().verify(&token, now()), Ok(claims));
    // And the hand-made ones below are refused for their change alone.
    assert_eq!(keys().verify(&signed(header(), payload()), now()), Ok(claims));
}

#[test]
fn an_issued_token_says_what_the_contract_says() {
    let token = keys().issue(&claims()).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let read = |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };
    assert_eq!(read(parts[0]), header());
    assert_eq!(read(parts[1]), payload());
}

#[test]
fn parts_of_a_second_are_cut_off() {
    let claims = Claims::new(Uuid::nil(), Uuid::nil(), Uuid::nil(), Uuid::nil(), now() + TimeDelta::milliseconds(999));
    assert_eq!(claims.issued_at, now());
    let token = keys().issue(&claims).unwrap();
    assert_eq!(keys().verify(&token, now()), Ok(claims));
}

#[test]
fn the_time_is_the_one_handed_in() {
    let token = keys().issue(&claims()).unwrap();
    let keys = keys();
    let end = LIFETIME_SECONDS;
    for (at, expected) in [
        (-6, Err(TokenFault::NotYetValid)),
        (-5, Ok(())),
        (0, Ok(())),
        (end - 1, Ok(())),
        (end + 4, Ok(())),
        (end + 5, Err(TokenFault::Expired)),
        (end + 6, Err(TokenFault::Expired)),
        (end + 59, Err(TokenFault::Expired)),
        (end + 400_000_000, Err(TokenFault::Expired)),
        (-1_700_000_000, Err(TokenFault::NotYetValid)),
    ] {
        assert_eq!(keys.verify(&token, later(at)).map(|_| ()), expected, "at {at} s");
    }
    assert_eq!(keys.verify(&token, DateTime::<Utc>::MAX_UTC), Err(TokenFault::Expired));
    assert_eq!(keys.verify(&token, DateTime::<Utc>::MIN_UTC), Err(TokenFault::NotYetValid));
}

#[test]
fn foreign_headers_are_refused() {
    let own_jwk = json!({
        "kty": "oct", "alg": "HS256", "k": URL_SAFE_NO_PAD.encode(SECRET),
    });
    let changes = [
        json!({ "alg": "none" }),
        json!({ "alg": "None" }),
        json!({ "alg": "NONE" }),
        json!({ "alg": "" }),
        json!({ "alg": null }),
        json!({ "alg": "hs256" }),
        json!({ "alg": "HS256 " }),
        json!({ "alg": ["HS256"] }),
        json!({ "alg": 256 }),
        json!({ "alg": "HS384" }),
        json!({ "alg": "HS512" }),
        json!({ "alg": "RS256" }),
        json!({ "alg": "PS256" }),
        json!({ "alg": "ES256" }),
        json!({ "alg": "EdDSA" }),
        json!({ "typ": null }),
        json!({ "typ": "JWT" }),
        json!({ "typ": "rt+jwt" }),
        json!({ "typ": "AT+JWT" }),
        json!({ "typ": "application/at+jwt" }),
        json!({ "kid": null }),
        json!({ "kid": "" }),
        json!({ "kid": "../../../../dev/null" }),
        json!({ "kid": "/proc/sys/kernel/randomize_va_space" }),
        json!({ "kid": "' UNION SELECT 'secret' --" }),
        json!({ "kid": "key\u{0}" }),
        json!({ "kid": "k".repeat(2_000) }),
        json!({ "kid": { "$ne": "" } }),
        json!({ "kid": keys_from(b"another secret of more than 32 bytes").kid }),
        json!({ "jku": "https://attacker.example/keys.json" }),
        json!({ "jwk": own_jwk }),
        json!({ "x5u": "https://attacker.example/cert.pem" }),
        json!({ "x5c": ["MIIB"] }),
        json!({ "crit": ["exp"] }),
        json!({ "b64": false, "crit": ["b64"] }),
        json!({ "zip": "DEF" }),
        json!({ "enc": "A128GCM" }),
        json!({ "cty": "JWT" }),
        json!({ "nonce": "1" }),
    ];
    for change in changes {
        let token = signed(with(header(), change.clone()), payload());
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Header), "{change}");
    }
}

#[test]
fn other_algorithms_with_the_true_secret_are_refused() {
    for (name, algorithm) in [("HS384", Algorithm::HS384), ("HS512", Algorithm::HS512)] {
        let other = with(header(), json!({ "alg": name })).to_string();
        let token = signed_text(&other, &payload().to_string(), algorithm);
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Header), "{name}");
        // The header tells the truth about us, but the signature is longer.
        let token = signed_text(&header().to_string(), &payload().to_string(), algorithm);
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Signature), "{name}");
    }
}

#[test]
fn headers_that_say_a_thing_twice_are_refused() {
    let kid = keys().kid;
    for text in [
        format!(r#"{{"alg":"none","alg":"HS256","typ":"at+jwt","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"HS256","alg":"none","typ":"at+jwt","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"x","kid":"{kid}"}}"#),
        format!(r#"[{{"alg":"HS256","typ":"at+jwt","kid":"{kid}"}}]"#),
        format!(r#"{{"alg":"HS256","typ":"at+jwt","kid":"{kid}"}} {{}}"#),
        "null".to_owned(),
        String::new(),
    ] {
        let token = signed_text(&text, &payload().to_string(), Algorithm::HS256);
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Header), "{text}");
    }
}

#[test]
fn foreign_and_missing_claims_are_refused() {
    let at = now().timestamp();
    let changes = [
        json!({ "iss": null }),
        json!({ "iss": "" }),
        json!({ "iss": "jianyan2" }),
        json!({ "iss": "Jianyan" }),
        json!({ "iss": ["jianyan", "attacker"] }),
        json!({ "aud": null }),
        json!({ "aud": "jianyan" }),
        json!({ "aud": "jianyan-api2" }),
        json!({ "aud": [] }),
        json!({ "aud": ["jianyan-api"] }),
        json!({ "aud": ["other", "jianyan-api"] }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": "admin" }),
        json!({ "sub": 1 }),
        json!({ "sid": null }),
        json!({ "sid": "x" }),
        json!({ "pos": null }),
        json!({ "pos": [] }),
        json!({ "jti": null }),
        json!({ "iat": null }),
        json!({ "iat": at.to_string() }),
        json!({ "nbf": null }),
        json!({ "nbf": "now" }),
        json!({ "exp": null }),
        json!({ "exp": (at + 900).to_string() }),
        json!({ "exp": -1 }),
        json!({ "exp": 1.8e9 }),
        json!({ "exp": u64::MAX }),
        json!({ "exp": i64::MAX }),
        json!({ "exp": true }),
        // Longer than a token of ours lives, and no life at all.
        json!({ "exp": at + 901 }),
        json!({ "exp": at + 86_400 * 365 }),
        json!({ "exp": at }),
        json!({ "exp": at - 10 }),
        json!({ "iat": at - 86_400 }),
    ];
    for change in changes {
        let token = signed(header(), with(payload(), change.clone()));
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Claims), "{change}");
    }
    for text in ["", "{}", "null", "[]", "\"x\"", "{", "{\"exp\":1}", "\u{fffd}"] {
        let token = signed_text(&header().to_string(), text, Algorithm::HS256);
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::Claims), "{text}");
    }
    let twice = payload().to_string().replacen('{', "{\"sub\":\"x\",", 1);
    let token = signed_text(&header().to_string(), &twice, Algorithm::HS256);
    assert_eq!(keys().verify(&token, now()), Err(TokenFault::Claims));
}

#[test]
fn stale_and_early_tokens_are_refused() {
    let at = now().timestamp();
    for (shift, expected) in [
        (-906, TokenFault::Expired),
        (-905, TokenFault::Expired),
        (-959, TokenFault::Expired),
        (-86_400, TokenFault::Expired),
        (6, TokenFault::NotYetValid),
        (3_600, TokenFault::NotYetValid),
    ] {
        let at = at + shift;
        let moved = json!({ "iat": at, "nbf": at, "exp": at + 900 });
        let token = signed(header(), with(payload(), moved));
        assert_eq!(keys().verify(&token, now()), Err(expected), "{shift}");
    }
    for early in [json!({ "nbf": at + 6 }), json!({ "iat": at + 6 })] {
        let token = signed(header(), with(payload(), early.clone()));
        assert_eq!(keys().verify(&token, now()), Err(TokenFault::NotYetValid), "{early}");
    }
}

#[test]
fn malformed_texts_are_refused() {
    let good = keys().issue(&claims()).unwrap();
    let parts: Vec<&str> = good.split('.').collect();
    let [head, body, sign] = [parts[0], parts[1], parts[2]];
    let refresh = "A".repeat(43);
    let texts = [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "garbage".to_owned(),
        "not.a.token".to_owned(),
        "%%%.%%%.%%%".to_owned(),
        // An opaque refresh token used as an access token.
        refresh,
        head.to_owned(),
        format!("{head}."),
        format!("{head}.{body}"),
        format!("{head}.{body}."),
        format!("{head}..{sign}"),
        format!(".{body}.{sign}"),
        format!("{body}.{head}.{sign}"),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{sign}"),
        format!("{head}..{body}.{sign}"),
        format!("{head}.{body}.{sign}.{sign}.{sign}"),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}\n"),
        format!("{good}\0"),
        format!("{good}="),
        format!("{head}=.{body}.{sign}"),
        format!("{head}.{body}=.{sign}"),
        format!("{head} .{body}.{sign}"),
        format!("{head}.\t{body}.{sign}"),
        format!("Bearer {good}"),
        format!("{good},{good}"),
        format!("{head}.{body}.{}", &sign[..sign.len() - 1]),
        format!("{head}.{}.{sign}", &body[..body.len() - 2]),
        good[..good.len() / 2].to_owned(),
        good.to_uppercase(),
        good.replace('.', "%2E"),
        good.replace('.', "．"),
        good.chars().rev().collect(),
        "é.é.é".to_owned(),
        format!("{head}.{body}.{}", "A".repeat(43)),
    ];
    assert!(texts.len() >= 40);
    for text in texts {
        assert!(keys().verify(&text, now()).is_err(), "{text}");
    }
    let long = format!("{good}{}", "A".repeat(MAX_TOKEN_BYTES));
    assert_eq!(keys().verify(&long, now()), Err(TokenFault::TooLong));
    // Signed by us, but longer than ours ever are.
    let padded = with(payload(), json!({ "padding": "x".repeat(4_000) }));
    let long = signed(header(), padded);
    assert_eq!(keys().verify(&long, now()), Err(TokenFault::TooLong));
}

#[test]
fn no_single_character_can_be_changed() {
    let keys = keys();
    let good = keys.issue(&claims()).unwrap();
    for place in 0..good.len() {
        for sign in ["A", "B", "_", "-", ".", "+", " "] {
            let mut text = good.clone();
            text.replace_range(place..=place, sign);
            if text != good {
                assert!(keys.verify(&text, now()).is_err(), "{place} {sign}");
            }
        }
    }
}

#[test]
fn another_secret_is_another_key() {
    let other = keys_from(b"another secret of more than 32 bytes");
    let token = other.issue(&claims()).unwrap();
    assert_eq!(keys().verify(&token, now()), Err(TokenFault::Header));
    // Even under our name.
    let renamed = TokenKeys { kid: keys().kid, ..other };
    let token = renamed.issue(&claims()).unwrap();
    assert_eq!(keys().verify(&token, now()), Err(TokenFault::Signature));
}

#[test]
fn short_secrets_are_refused_and_secrets_are_not_shown() {
    let short = SecretBox::from(vec![7_u8; 31]);
    assert_eq!(TokenKeys::new(&short).unwrap_err(), SecretTooShort { found: 31 });
    assert!(TokenKeys::new(&SecretBox::from(vec![7_u8; 32])).is_ok());
    let shown = format!("{:?}", keys());
    assert!(!shown.contains("secret of forty") && shown.contains(&keys().kid), "{shown}");
}
