//! Which number of the figures is meant, and what kind of thing it counts.
//!
//! Each number has a list behind it. The list tells more than the number: which matter was handed back, whose form was
//! answered how. So a number is of a [`Behind`], and the table of permissions says who reads which.

use super::rests_on_ratings;
use crate::vocabulary::{
    AssignmentRole, CollectiveKind, FigureDimension, MetricName, Outcome, Rating, RegionLevel, SubmissionKind,
    SubmissionStatus,
};

/// What a list behind a number tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Behind {
    /// Matters by what everybody sees of them.
    Matters,
    /// From whom they come, which some readers of the matters may not know.
    Proposers,
    /// How agencies handle them.
    Handling,
    /// What was handed back.
    Internal,
    /// Who rated how.
    Ratings,
}

/// One number of the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Accepted matters.
    Total,
    /// Accepted matters of this kind.
    Kind(SubmissionKind),
    /// Accepted matters of this level of origin; none: of those without.
    OriginLevel(Option<RegionLevel>),
    /// Accepted matters of the category with this id; none: of those without.
    Category(Option<String>),
    /// Accepted matters in this state.
    Status(SubmissionStatus),
    /// Accepted matters from the delegation or sector with this id.
    Delegation(String),
    /// Accepted matters in the name of bodies of this kind; none: of persons.
    Proposer(Option<CollectiveKind>),
    /// Latest issued replies with this outcome.
    Outcome(Outcome),
    /// Assignments in this part.
    Role(AssignmentRole),
    /// Assignments handed back.
    Returned,
    /// Answering assignments replied to.
    Replied,
    /// Assignments owed after the due day.
    Overdue,
    /// Settled forms with this rating.
    Rating(Rating),
    /// The same of the first round.
    FirstRating(Rating),
    /// The same on latest replies.
    FinalRating(Rating),
    /// Above the line of a figure.
    Numerator(MetricName),
    /// Below the line of a figure.
    Denominator(MetricName),
}

/// The key of matters without a category or level.
pub const NONE: &str = "NONE";
/// The key of matters that persons proposed, not a body.
pub const PERSONS: &str = "INDIVIDUAL";

impl Number {
    /// The number that dimension and key name; none when the key does not fit.
    pub fn read(dimension: FigureDimension, key: Option<&str>) -> Option<Self> {
        use FigureDimension as D;
        let or_none = |key: &str| (key != NONE).then(|| key.to_owned());
        match (dimension, key) {
            (D::Total, None) => Some(Self::Total),
            (D::Returned, None) => Some(Self::Returned),
            (D::Replied, None) => Some(Self::Replied),
            (D::Overdue, None) => Some(Self::Overdue),
            (D::Kind, Some(key)) => SubmissionKind::from_code(key).map(Self::Kind),
            (D::OriginLevel, Some(NONE)) => Some(Self::OriginLevel(None)),
            (D::OriginLevel, Some(key)) => RegionLevel::from_code(key).map(|level| Self::OriginLevel(Some(level))),
            (D::Category, Some(key)) => Some(Self::Category(or_none(key))),
            (D::Status, Some(key)) => SubmissionStatus::from_code(key).map(Self::Status),
            (D::Delegation, Some(key)) => Some(Self::Delegation(key.to_owned())),
            (D::Proposer, Some(PERSONS)) => Some(Self::Proposer(None)),
            (D::Proposer, Some(key)) => CollectiveKind::from_code(key).map(|kind| Self::Proposer(Some(kind))),
            (D::Outcome, Some(key)) => Outcome::from_code(key).map(Self::Outcome),
            (D::Role, Some(key)) => AssignmentRole::from_code(key).map(Self::Role),
            (D::Rating, Some(key)) => Rating::from_code(key).map(Self::Rating),
            (D::FirstRating, Some(key)) => Rating::from_code(key).map(Self::FirstRating),
            (D::FinalRating, Some(key)) => Rating::from_code(key).map(Self::FinalRating),
            (D::Numerator, Some(key)) => MetricName::from_code(key).map(Self::Numerator),
            (D::Denominator, Some(key)) => MetricName::from_code(key).map(Self::Denominator),
            _ => None,
        }
    }

    /// What the list behind it tells.
    pub fn behind(&self) -> Behind {
        match self {
            Self::Total | Self::Kind(_) | Self::OriginLevel(_) | Self::Category(_) | Self::Status(_) => Behind::Matters,
            Self::Delegation(_) | Self::Proposer(_) => Behind::Proposers,
            Self::Outcome(_) | Self::Role(_) | Self::Replied | Self::Overdue => Behind::Handling,
            Self::Returned => Behind::Internal,
            Self::Rating(_) | Self::FirstRating(_) | Self::FinalRating(_) => Behind::Ratings,
            Self::Numerator(name) | Self::Denominator(name) => match name {
                MetricName::FilingRate => Behind::Matters,
                // Below the line, too, stand those that were handed back.
                MetricName::ReturnRate | MetricName::AssignmentAccuracy => Behind::Internal,
                name if rests_on_ratings(*name) => Behind::Ratings,
                _ => Behind::Handling,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_named_by_its_dimension_and_key() {
        use FigureDimension as D;
        for (dimension, key, expected) in [
            (D::Total, None, Some(Number::Total)),
            (D::Total, Some("SUGGESTION"), None),
            (D::Kind, Some("SUGGESTION"), Some(Number::Kind(SubmissionKind::Suggestion))),
            (D::Kind, Some("SOLVED"), None),
            (D::Kind, None, None),
            (D::OriginLevel, Some("NONE"), Some(Number::OriginLevel(None))),
            (D::Numerator, Some("REPLY_RATE"), Some(Number::Numerator(MetricName::ReplyRate))),
            (D::Denominator, Some("reply_rate"), None),
        ] {
            assert_eq!(Number::read(dimension, key), expected, "{dimension} {key:?}");
        }
    }

    #[test]
    fn whatever_tells_of_ratings_or_returns_is_marked_so() {
        for name in MetricName::ALL {
            let [above, below] = [Number::Numerator(*name), Number::Denominator(*name)].map(|number| number.behind());
            assert_eq!(above, below, "{name}");
            assert_eq!(above == Behind::Ratings, rests_on_ratings(*name), "{name}");
        }
        assert_eq!(Number::Numerator(MetricName::ReturnRate).behind(), Behind::Internal);
        assert_eq!(Number::Returned.behind(), Behind::Internal);
        assert_eq!(Number::FinalRating(Rating::Dissatisfied).behind(), Behind::Ratings);
        assert_eq!(Number::Total.behind(), Behind::Matters);
        assert_eq!(Number::Delegation("x".into()).behind(), Behind::Proposers);
        assert_eq!(Number::Proposer(None).behind(), Behind::Proposers);
    }
}
