//! What a resolver finds in its request: the caller, and who he is.

use crate::cx::{Caller, Cx};
use crate::error::{AppError, AppResult};
use crate::graphql::error::{GqlError, GqlResult, UserError};
use crate::graphql::loaders::Loaders;
use async_graphql::{Context, ID};
use domain::ids::TypedId;
use domain::refusal::ErrorCode;
use std::sync::OnceLock;

/// The request, and who makes it; none when nobody is signed in.
#[derive(Debug)]
pub struct Session {
    /// The request.
    pub caller: Caller,
    person: Option<(Cx, Loaders)>,
    /// Who the person became by signing in or switching position in this request.
    became: OnceLock<(Cx, Loaders)>,
}

impl Session {
    /// The request of this person, or of nobody.
    pub fn new(caller: Caller, cx: Option<Cx>) -> Self {
        let person = cx.map(|cx| {
            let loaders = Loaders::new(&cx);
            (cx, loaders)
        });
        Self { caller, person, became: OnceLock::new() }
    }

    /// From here on the rest of the request is that of this person: a payload shows him to himself.
    pub fn become_person(&self, cx: Cx) {
        let loaders = Loaders::new(&cx);
        // A request has one root field that signs in, so nobody else was set before.
        let _ = self.became.set((cx, loaders));
    }

    /// The person, if somebody is signed in.
    pub fn person(&self) -> Option<&(Cx, Loaders)> {
        self.became.get().or(self.person.as_ref())
    }
}

/// The request of a resolver.
pub fn session<'a>(ctx: &Context<'a>) -> &'a Session {
    ctx.data_unchecked::<Session>()
}

/// The request without a person.
pub fn caller<'a>(ctx: &Context<'a>) -> &'a Caller {
    &session(ctx).caller
}

/// The signed-in person.
///
/// # Errors
/// `UNAUTHENTICATED` when nobody is signed in.
pub fn cx<'a>(ctx: &Context<'a>) -> GqlResult<&'a Cx> {
    let session = session(ctx);
    session.person().map(|(cx, _)| cx).ok_or_else(|| GqlError::new(ErrorCode::Unauthenticated, session.caller.language))
}

/// The batch loads of the signed-in person.
pub fn loaders<'a>(ctx: &Context<'a>) -> GqlResult<&'a Loaders> {
    let session = session(ctx);
    session
        .person()
        .map(|(_, loaders)| loaders)
        .ok_or_else(|| GqlError::new(ErrorCode::Unauthenticated, session.caller.language))
}

/// Maps an error of the application to a top-level error.
pub fn top<T>(ctx: &Context<'_>, result: AppResult<T>) -> GqlResult<T> {
    let caller = caller(ctx);
    result.map_err(|error| GqlError::from_app(error, caller.language, &caller.request_id))
}

/// Reads an id of a certain type.
///
/// # Errors
/// `BAD_INPUT` with the field for an id of another type and for anything that is no id.
pub fn parse<T: TypedId>(id: &ID, field: &str) -> AppResult<T> {
    id.parse().map_err(|_| AppError::BadInput(field.split('.').map(str::to_owned).collect()))
}

/// Reads ids of a certain type.
pub fn parse_all<T: TypedId>(ids: &[ID], field: &str) -> AppResult<Vec<T>> {
    ids.iter().enumerate().map(|(i, id)| parse(id, &format!("{field}.{i}"))).collect()
}

/// Reads an id that may be left out.
pub fn parse_some<T: TypedId>(id: Option<&ID>, field: &str) -> AppResult<Option<T>> {
    id.map(|id| parse(id, field)).transpose()
}

/// What a mutation did, split into the two lanes: its result, or what the person can mend.
pub fn lanes<T>(ctx: &Context<'_>, result: AppResult<T>) -> GqlResult<Result<T, Vec<UserError>>> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(AppError::Refused(faults)) => {
            let language = caller(ctx).language;
            Ok(Err(faults.iter().map(|fault| UserError::of(fault, language)).collect()))
        }
        Err(other) => top(ctx, Err(other)),
    }
}
