//! The chain of sealed entries of both trails, per region, with signed checkpoints.
//!
//! The database itself notes each new entry as waiting, whoever writes it; the server seals what waits.
//!
//! Frozen once released. Names tables by text, imports neither `entity` nor `domain`.

use crate::append_only::{protect, unprotect};
use crate::columns::{create, index, unique};
use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, Table};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables whose rows are sealed.
const TRAILS: [&str; 2] = ["event", "office_event"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let pending = create("audit_pending", |t| {
            t.key("entry_id");
            t.string("kind", 16);
            t.uuid("region_id").references("region");
            t.instant("at");
        });
        let link = create("audit_link", |t| {
            t.uuid("region_id").references("region");
            t.long("position");
            t.string("kind", 16);
            t.uuid("entry_id");
            t.string("hash", 64);
            t.instant("sealed_to");
            t.primary(&["region_id", "position"]);
        });
        let checkpoint = create("audit_checkpoint", |t| {
            t.uuid("region_id").references("region");
            t.long("position");
            t.string("hash", 64);
            t.instant("at");
            t.string("key", 43);
            t.string("signature", 86);
            t.primary(&["region_id", "position"]);
        });
        for table in [pending, link, checkpoint] {
            manager.create_table(table).await?;
        }
        manager.create_index(index("audit_pending", &["region_id", "at", "entry_id"])).await?;
        manager.create_index(unique("audit_link", &["entry_id"])).await?;
        protect(manager, "audit_link").await?;
        protect(manager, "audit_checkpoint").await?;
        let db = manager.get_connection();
        for trail in TRAILS {
            for statement in note(manager.get_database_backend(), trail) {
                db.execute_unprepared(&statement).await?;
            }
            // What is older waits as well.
            let fill = format!(
                "INSERT INTO audit_pending (entry_id, kind, region_id, at) SELECT id, '{trail}', region_id, at FROM {trail}"
            );
            db.execute_unprepared(&fill).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for trail in TRAILS {
            let statements = match manager.get_database_backend() {
                DbBackend::Sqlite => vec![format!("DROP TRIGGER {trail}_awaits_seal")],
                _ => vec![
                    format!("DROP TRIGGER {trail}_awaits_seal ON {trail}"),
                    format!("DROP FUNCTION {trail}_awaits_seal()"),
                ],
            };
            for statement in statements {
                db.execute_unprepared(&statement).await?;
            }
        }
        unprotect(manager, "audit_checkpoint").await?;
        unprotect(manager, "audit_link").await?;
        for table in ["audit_checkpoint", "audit_link", "audit_pending"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Notes each new row of the table as waiting, in the transaction that writes it.
fn note(backend: DbBackend, trail: &str) -> Vec<String> {
    let insert = format!(
        "INSERT INTO audit_pending (entry_id, kind, region_id, at) VALUES (NEW.id, '{trail}', NEW.region_id, NEW.at)"
    );
    match backend {
        DbBackend::Sqlite => {
            vec![format!("CREATE TRIGGER {trail}_awaits_seal AFTER INSERT ON {trail} BEGIN {insert}; END")]
        }
        _ => vec![
            format!(
                "CREATE FUNCTION {trail}_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {insert}; RETURN NULL; END $$"
            ),
            format!(
                "CREATE TRIGGER {trail}_awaits_seal AFTER INSERT ON {trail} \
                 FOR EACH ROW EXECUTE FUNCTION {trail}_awaits_seal()"
            ),
        ],
    }
}
