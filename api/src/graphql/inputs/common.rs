//! Inputs that several kinds of people use, and those of accounts.

use async_graphql::{ID, InputObject};
use domain::vocabulary::{Channel, Topic};

/// An object at the version seen (对象与版本).
#[derive(Clone, Debug, InputObject)]
pub struct SubmissionRefInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
}

/// A decision with its reason (决定与理由).
#[derive(Clone, Debug, InputObject)]
pub struct ReasonInput {
    /// Which one (标识).
    pub id: ID,
    /// Version seen by the person; a stale one is CONFLICT (版本号).
    pub version: i32,
    /// Why (理由).
    pub reason: String,
}

/// Releases planned assignments of many submissions at once: the legal clock starts (正式交办).
#[derive(Clone, Debug, InputObject)]
pub struct ReleaseAssignmentsInput {
    /// Which submissions, at most 2,000; each succeeds or fails alone (件).
    pub submission_ids: Vec<ID>,
}

/// Ask for a place to upload a file (申请上传附件).
#[derive(Clone, Debug, InputObject)]
pub struct RequestUploadInput {
    /// Which submission (件).
    pub submission_id: ID,
    /// File name; parts of a path are left out (文件名).
    pub file_name: String,
    /// Media type, one of those that may be attached (媒体类型).
    pub media_type: String,
    /// Size in bytes, exactly (字节数).
    pub byte_size: i32,
    /// SHA-256 of the bytes in hexadecimal digits (校验值).
    pub sha256: String,
}

/// Take an attached file away (删除附件).
#[derive(Clone, Debug, InputObject)]
pub struct DeleteAttachmentInput {
    /// Which file (附件).
    pub id: ID,
}

/// Mark notifications as read (标记已读).
#[derive(Clone, Debug, InputObject)]
pub struct MarkReadInput {
    /// Which notifications (通知).
    pub ids: Vec<ID>,
}

/// Turn a topic on or off in a channel (设置通知偏好).
#[derive(Clone, Copy, Debug, InputObject)]
pub struct ChannelPreferenceInput {
    /// The channel (渠道).
    pub channel: Channel,
    /// The topic (主题).
    pub topic: Topic,
    /// Whether it is wanted (是否接收).
    pub enabled: bool,
}

/// Try a delivery again that was given up (重新投递).
#[derive(Clone, Debug, InputObject)]
pub struct RetryDeliveryInput {
    /// Which delivery (标识).
    pub id: ID,
}

/// Sign in with name and password (登录).
#[derive(Clone, Debug, InputObject)]
pub struct SignInInput {
    /// Sign-in name (用户名).
    pub username: String,
    /// Password (密码).
    #[graphql(secret)]
    pub password: String,
    /// Position to act in; the first active one when left out (身份).
    pub position_id: Option<ID>,
}

/// Trade a refresh token for a new pair (刷新令牌).
#[derive(Clone, Debug, InputObject)]
pub struct RefreshTokenInput {
    /// Refresh token, usable once (刷新令牌).
    #[graphql(secret)]
    pub refresh_token: String,
}

/// Switch to another of one's own positions (切换身份).
#[derive(Clone, Debug, InputObject)]
pub struct SwitchPositionInput {
    /// Position to act in; the first active one when left out (身份).
    pub position_id: ID,
}

/// Change one's password (修改密码).
#[derive(Clone, Debug, InputObject)]
pub struct ChangePasswordInput {
    /// Present password (当前密码).
    #[graphql(secret)]
    pub current_password: String,
    /// New password (新密码).
    #[graphql(secret)]
    pub new_password: String,
}
