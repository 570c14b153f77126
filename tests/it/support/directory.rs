//! Ids of the people and bodies of the sample directory, looked up by their stable names.

use super::database::TestDatabase;
use entity::{category, organization, person, position, region};
use sea_orm::EntityTrait;
use std::collections::HashMap;

/// The directory, with ids in their text form.
pub struct Directory {
    users: HashMap<String, String>,
    organizations: HashMap<String, String>,
    categories: HashMap<String, String>,
    positions: HashMap<(String, String), String>,
    regions: HashMap<String, String>,
}

impl Directory {
    /// Reads it, past the application.
    pub async fn read(database: &TestDatabase) -> Self {
        let db = database.connect().await;
        let people = person::Entity::find().all(&db).await.expect("the people can be read");
        let positions = position::Entity::find().all(&db).await.expect("the positions can be read");
        let organizations = organization::Entity::find().all(&db).await.expect("the bodies can be read");
        let categories = category::Entity::find().all(&db).await.expect("the categories can be read");
        let regions = region::Entity::find().all(&db).await.expect("the regions can be read");
        db.close().await.expect("the connection closes");
        let names: HashMap<_, _> = people.iter().map(|person| (person.id, person.username.clone())).collect();
        Self {
            users: people.into_iter().map(|person| (person.username, person.id.to_string())).collect(),
            organizations: organizations.into_iter().map(|body| (body.key, body.id.to_string())).collect(),
            categories: categories.into_iter().map(|category| (category.name, category.id.to_string())).collect(),
            positions: positions
                .into_iter()
                .map(|position| {
                    let role = serde_json::to_value(position.role).expect("a role has a name");
                    let role = role.as_str().expect("a text").to_owned();
                    ((names[&position.person_id].clone(), role), position.id.to_string())
                })
                .collect(),
            regions: regions.into_iter().map(|region| (region.code, region.id.to_string())).collect(),
        }
    }

    /// A region by its code, e.g. `990101`.
    pub fn region(&self, code: &str) -> String {
        found(&self.regions, code)
    }

    /// A person by his name at sign-in.
    pub fn user(&self, username: &str) -> String {
        found(&self.users, username)
    }

    /// A body by its key, e.g. `qh-mzj`.
    pub fn organization(&self, key: &str) -> String {
        found(&self.organizations, key)
    }

    /// A category by its name.
    pub fn category(&self, name: &str) -> String {
        found(&self.categories, name)
    }

    /// The position of a person with this role.
    pub fn position(&self, username: &str, role: &str) -> String {
        let key = (username.to_owned(), role.to_owned());
        self.positions.get(&key).cloned().unwrap_or_else(|| panic!("{username} has no position as {role}"))
    }
}

fn found(list: &HashMap<String, String>, name: &str) -> String {
    list.get(name).cloned().unwrap_or_else(|| panic!("{name} is not in the sample directory"))
}
