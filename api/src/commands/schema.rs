//! `jianyan schema`: the GraphQL schema, for `schema.graphql` and for clients.

use super::CommandFault;
use std::io::Write;

/// Prints the schema. Needs neither settings nor a database.
///
/// # Errors
/// [`CommandFault::Output`].
pub fn run(out: &mut dyn Write) -> Result<(), CommandFault> {
    Ok(out.write_all(crate::graphql::schema::sdl().as_bytes())?)
}
