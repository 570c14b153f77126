//! Makes the engine report errors as the GraphQL specification says, and tells the edge whether
//! execution began.
//!
//! By itself the engine nulls the *parent* of a nullable field whose resolver fails, and cuts error
//! paths inside lists. This extension keeps each error where it arose and nulls only the field.

use async_graphql::{
    PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult, Value,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo},
};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// Marks an error that is already recorded and only travels up to the nearest nullable field.
const SEEN: &str = "\0seen";

/// A flag in the request's data that is raised once execution begins. An answer without it is a
/// request error, which has no `data`.
#[derive(Clone, Debug, Default)]
pub struct Executed(Arc<AtomicBool>);

impl Executed {
    /// Whether execution began.
    #[must_use]
    pub fn get(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn raise(&self) {
        self.0.store(true, Ordering::Release);
    }
}

/// The schema extension; register it with `.extension(SpecErrors)`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SpecErrors;

impl ExtensionFactory for SpecErrors {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Recorder::default())
    }
}

#[derive(Default)]
struct Recorder(Mutex<Vec<ServerError>>);

impl Recorder {
    fn push(&self, error: ServerError) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(error);
    }

    fn take(&self) -> Vec<ServerError> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait::async_trait]
impl Extension for Recorder {
    async fn execute(&self, ctx: &ExtensionContext<'_>, operation: Option<&str>, next: NextExecute<'_>) -> Response {
        if let Some(executed) = ctx.data_opt::<Executed>() {
            executed.raise();
        }
        let mut response = next.run(ctx, operation).await;
        response.errors.retain(|error| error.message != SEEN);
        response.errors.append(&mut self.take());
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let non_null = info.return_type.ends_with('!');
        let path_node = *info.path_node;
        match next.run(ctx, info).await {
            Ok(value) => Ok(value),
            Err(mut error) => {
                if error.message != SEEN {
                    // This is the innermost field or list item around the failure: its path is whole.
                    error.path = path(&path_node);
                    self.push(error);
                }
                if non_null { Err(ServerError::new(SEEN, None)) } else { Ok(Some(Value::Null)) }
            }
        }
    }
}

fn path(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut segments: Vec<PathSegment> = std::iter::successors(Some(node), |node| node.parent)
        .map(|node| match node.segment {
            QueryPathSegment::Index(index) => PathSegment::Index(index),
            QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
        })
        .collect();
    segments.reverse();
    segments
}
