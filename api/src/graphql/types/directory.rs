//! People and bodies.

use crate::error::AppError;
use crate::graphql::connection::connection;
use crate::graphql::context::{cx, loaders, top};
use crate::graphql::error::GqlResult;
use crate::graphql::scalars::Date;
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use domain::vocabulary::{CollectiveKind, Institution, OrganizationKind, RegionLevel, Role};
use entity::{category, organization, person, position, region, session};

/// A region with its own congress, agencies and rules (行政区).
#[derive(Clone, Debug)]
pub struct Region(pub region::Model);

/// A region with its own congress, agencies and rules (行政区).
#[Object]
impl Region {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Administrative division code (行政区划代码).
    async fn code(&self) -> &str {
        &self.0.code
    }
    /// Name (名称).
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Level (层级).
    async fn level(&self) -> RegionLevel {
        self.0.level
    }
    /// The region above (上级行政区).
    async fn parent(&self, ctx: &Context<'_>) -> GqlResult<Option<Region>> {
        match self.0.parent_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.region(id).await)?.map(Region)),
            None => Ok(None),
        }
    }
}

/// An office, agency, section, delegation or sector (机构).
#[derive(Clone, Debug)]
pub struct Organization(pub organization::Model);

/// An office, agency, section, delegation or sector (机构).
#[Object]
impl Organization {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Name (名称).
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Kind (机构类别).
    async fn kind(&self) -> OrganizationKind {
        self.0.kind
    }
    /// The institution to which it belongs, if any (所属机构系统:人大或政协).
    async fn institution(&self) -> Option<Institution> {
        self.0.institution
    }
    /// Its region (所在行政区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Region> {
        let found = top(ctx, loaders(ctx)?.region(self.0.region_id).await)?;
        top(ctx, found.map(Region).ok_or_else(|| AppError::Internal("a region is missing".into())))
    }
    /// The organisation above, e.g. the agency of a section (上级机构).
    async fn parent(&self, ctx: &Context<'_>) -> GqlResult<Option<Organization>> {
        match self.0.parent_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.organization(id).await)?.map(Organization)),
            None => Ok(None),
        }
    }
    /// The duty catalogue: what this agency answers for today, in the words in force (职责清单).
    async fn duties(&self, ctx: &Context<'_>) -> GqlResult<Vec<String>> {
        top(ctx, loaders(ctx)?.duties(self.0.id).await)
    }
}

/// A person with an account (用户).
#[derive(Clone, Debug)]
pub struct User(pub person::Model);

/// A person with an account (用户).
#[Object]
impl User {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Name (姓名).
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// One's own positions, or another person's active ones in one's region (身份).
    async fn positions(&self, ctx: &Context<'_>) -> GqlResult<Vec<Position>> {
        let cx = cx(ctx)?;
        let own = cx.actor.user_id == self.0.id;
        let all = top(ctx, loaders(ctx)?.positions_of(self.0.id).await)?.unwrap_or_default();
        let today = cx.today();
        Ok(all
            .into_iter()
            .filter(|(row, region)| own || (*region == cx.actor.region_id && holds(row, today)))
            .map(|(row, _)| Position(row))
            .collect())
    }
}

connection!(
    /// A page of people (用户分页).
    UserConnection, UserEdge, User
);

/// One hat of a person: a role in an organisation for a time; a token acts in exactly one (身份).
#[derive(Clone, Debug)]
pub struct Position(pub position::Model);

fn holds(row: &position::Model, today: chrono::NaiveDate) -> bool {
    row.revoked_at.is_none()
        && row.starts_on.is_none_or(|day| day <= today)
        && row.ends_on.is_none_or(|day| day >= today)
}

/// One hat of a person: a role in an organisation for a time; a token acts in exactly one (身份).
#[Object]
impl Position {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// The person (用户).
    async fn user(&self, ctx: &Context<'_>) -> GqlResult<User> {
        super::person(ctx, self.0.person_id).await
    }
    /// The role (角色).
    async fn role(&self) -> Role {
        self.0.role
    }
    /// The organisation (机构).
    async fn organization(&self, ctx: &Context<'_>) -> GqlResult<Organization> {
        super::organization(ctx, self.0.organization_id).await
    }
    /// First day; null when it always was (任职起始日).
    async fn starts_on(&self) -> Option<Date> {
        self.0.starts_on.map(Date)
    }
    /// Last day; null when it is open (任职截止日).
    async fn ends_on(&self) -> Option<Date> {
        self.0.ends_on.map(Date)
    }
    /// Whether it holds today (是否有效).
    async fn active(&self, ctx: &Context<'_>) -> GqlResult<bool> {
        Ok(holds(&self.0, cx(ctx)?.today()))
    }
}

/// A plenary session of a congress or CPPCC committee (会议、届次).
#[derive(Clone, Debug)]
pub struct Session(pub session::Model);

/// A plenary session of a congress or CPPCC committee (会议、届次).
#[Object]
impl Session {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Whose session it is (人大或政协).
    async fn institution(&self) -> Institution {
        self.0.institution
    }
    /// Its region (行政区).
    async fn region(&self, ctx: &Context<'_>) -> GqlResult<Region> {
        let found = top(ctx, loaders(ctx)?.region(self.0.region_id).await)?;
        top(ctx, found.map(Region).ok_or_else(|| AppError::Internal("a region is missing".into())))
    }
    /// Term (届).
    async fn term_no(&self) -> i32 {
        self.0.term_no
    }
    /// Number in the term (次).
    async fn session_no(&self) -> i32 {
        self.0.session_no
    }
    /// Full title (全称).
    async fn title(&self) -> &str {
        &self.0.title
    }
    /// First day (开幕日).
    async fn opens_on(&self) -> Date {
        Date(self.0.opens_on)
    }
    /// Last day (闭幕日).
    async fn closes_on(&self) -> Date {
        Date(self.0.closes_on)
    }
    /// After this instant submissions are off-session (提交截止时间).
    async fn submission_cutoff(&self) -> DateTime<Utc> {
        self.0.submission_cutoff
    }
    /// Handling year (办理年度).
    async fn handling_year(&self) -> i32 {
        self.0.handling_year
    }
}

/// The body in whose name a proposal is handed in (集体提案的提出组织).
#[derive(Clone, Debug, SimpleObject)]
pub struct Collective {
    /// Its kind (主体类型).
    pub kind: CollectiveKind,
    /// Its name (组织名称).
    pub name: String,
}

/// A category of matters (分类).
#[derive(Clone, Debug)]
pub struct Category(pub category::Model);

/// A category of matters (分类).
#[Object]
impl Category {
    /// Global id (标识).
    pub async fn id(&self) -> ID {
        self.0.id.into_id()
    }
    /// Name (名称).
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// The category above (上级分类).
    async fn parent(&self, ctx: &Context<'_>) -> GqlResult<Option<Category>> {
        match self.0.parent_id {
            Some(id) => Ok(top(ctx, loaders(ctx)?.category(id).await)?.map(Category)),
            None => Ok(None),
        }
    }
}

/// Writes a typed id as a GraphQL id.
pub trait IntoId {
    /// The GraphQL id.
    fn into_id(self) -> ID;
}

impl<T: domain::ids::TypedId> IntoId for T {
    fn into_id(self) -> ID {
        ID(self.to_string())
    }
}
