//! The morning list of each person with a daily duty, sent once a day.

use super::{Shift, Worker, permit};
use crate::bus::Change;
use crate::cx::{Caller, Cx};
use crate::error::AppResult;
use crate::repo::{jobs, parties};
use crate::use_cases::morning;
use domain::actor::Actor;
use domain::event::Happening;
use domain::ids::{EventId, NotificationId, SignInId};
use domain::language::Language;
use domain::vocabulary::MorningItem;
use entity::{digest, notification};
use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;
use std::net::{IpAddr, Ipv4Addr};

/// Sends the lists that are not empty; gives how many were sent.
pub async fn send(worker: &Worker, shift: &Shift) -> AppResult<u64> {
    let conn = worker.deps.db.reader();
    let mut count = 0;
    for (number, actor) in parties::actors(conn, shift.region, shift.today).await?.into_iter().enumerate() {
        if MorningItem::of(actor.role).is_empty() {
            continue;
        }
        let sections = morning::list(&reading_as(worker, shift, actor.clone()), 0).await?;
        if !sections.is_empty() {
            count += deliver(worker, shift, &actor, morning::line(&sections)).await?;
        }
        if number % 100 == 99 {
            worker.alive(shift).await?;
        }
    }
    Ok(count)
}

/// A reader without a session: the list is made through his own rights, and nothing is written with it.
fn reading_as(worker: &Worker, shift: &Shift, actor: Actor) -> Cx {
    let caller = Caller {
        deps: worker.deps.clone(),
        now: shift.now,
        language: Language::Zh,
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        request_id: shift.job.clone(),
    };
    Cx { caller, actor, sign_in: SignInId(uuid::Uuid::nil()) }
}

struct Given {
    digest: digest::Model,
    notice: notification::Model,
}

async fn deliver(worker: &Worker, shift: &Shift, actor: &Actor, text: String) -> AppResult<u64> {
    let id: NotificationId = worker.deps.ids.make(shift.now);
    let notice = notification::Model {
        id,
        position_id: actor.position_id,
        submission_id: None,
        consultation_id: None,
        appraisal_id: None,
        // A list stands on no trail: it is its own event.
        event_id: EventId(id.0),
        happening: Happening::MorningList.code().to_owned(),
        detail: Some(text),
        at: shift.now,
        read_at: None,
        dispatched_at: None,
    };
    let digest = digest::Model { position_id: actor.position_id, day: shift.today, notification_id: id };
    let given = Given { digest, notice };
    let body: for<'t> fn(&'t DatabaseTransaction, &'t Given) -> BoxFuture<'t, AppResult<bool>> = |tx, given| {
        Box::pin(async move {
            let permit = permit();
            if !jobs::put_digest(tx, &permit, given.digest.clone()).await? {
                return Ok(false);
            }
            crate::repo::save::insert(tx, &permit, given.notice.clone()).await?;
            Ok(true)
        })
    };
    if !worker.deps.db.run(&given, body).await? {
        return Ok(0);
    }
    worker.deps.bus.tell([Change::Notification(actor.position_id, id)]);
    Ok(1)
}
