//! Printed documents (文书): what a person may read, on paper.
//!
//! A document is made when its link is used, with the rights that its holder has then; asking for it makes it once as
//! far as its facts, so that whoever may not read it gets no link. What a field of the API would not show, no paper
//! shows.

mod analysis;
mod bulletin;
mod facts;
mod hot;
mod ledger;
mod listed;
mod matter_papers;
mod report;
mod schedule;
mod year;
mod yearly;

use crate::cx::Cx;
use crate::error::{AppError, AppResult};
use crate::files::{Contents, Object, Payload, SignedLink, Verb};
use crate::repo::submissions::SubmissionFilter;
use crate::use_cases::statistics::StatisticsScope;
use domain::vocabulary::{DocumentFormat, DocumentKind};
use papers::{Format, Paper};
use serde::{Deserialize, Serialize};
use sheets::{Sheet, write_xlsx};

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What is asked for; as text it is the object of a signed link.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Wanted {
    /// The kind of document.
    pub kind: DocumentKind,
    /// The file format.
    pub format: DocumentFormat,
    /// The global id of what it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Which matters, for a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<SubmissionFilter>,
    /// Which figures, for a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<StatisticsScope>,
}

/// A document as far as its facts.
enum Composed {
    /// To be laid out on pages.
    Paper(Paper),
    /// To be written as a workbook of this name.
    Workbook(String, Vec<Sheet>),
}

/// A link to a document.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The link, and until when it works.
    pub link: SignedLink,
    /// The name under which the file is to be saved.
    pub file_name: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// Makes a link to a document.
///
/// # Errors
/// `BAD_INPUT` when the kind comes in no such format, or without what it is about; `NOT_FOUND` for what the person may
/// not read, `FORBIDDEN` as for figures.
pub async fn order(cx: &Cx, wanted: &Wanted) -> AppResult<Ordered> {
    let composed = compose(cx, wanted).await?;
    let (title, extension, media_type) = match composed {
        Composed::Workbook(name, _) => (name, "xlsx", XLSX),
        Composed::Paper(paper) => {
            let format = if wanted.format == DocumentFormat::Docx { Format::Docx } else { Format::Pdf };
            let title = cx.deps().printing.printer()?.title(&paper);
            let title = title.map_err(|error| AppError::Internal(error.to_string()))?;
            (title, format.file_extension(), format.media_type())
        }
    };
    let text = serde_json::to_string(wanted).map_err(|error| AppError::Internal(error.to_string()))?;
    let link = cx.link(Verb::Download, Object::Document(text));
    Ok(Ordered { link, file_name: file_name(&title, extension), media_type })
}

/// Makes the document that a link describes.
///
/// # Errors
/// [`AppError::NotFound`] for what its holder may not read any more; [`AppError::Internal`] when a template fails.
pub async fn make(cx: &Cx, text: &str) -> AppResult<Contents> {
    let wanted: Wanted = serde_json::from_str(text).map_err(|_| AppError::NotFound)?;
    let composed = compose(cx, &wanted).await?;
    let printer = cx.deps().printing.printer()?;
    let format = if wanted.format == DocumentFormat::Docx { Format::Docx } else { Format::Pdf };
    // Laying out keeps a core busy for some milliseconds a page.
    let made = tokio::task::spawn_blocking(move || match composed {
        Composed::Workbook(name, sheets) => {
            let bytes = write_xlsx(&sheets).map_err(|error| error.to_string())?;
            Ok((bytes, XLSX, file_name(&name, "xlsx")))
        }
        Composed::Paper(paper) => {
            let done = printer.render(&paper, format).map_err(|error| error.to_string())?;
            if !done.missing_glyphs.is_empty() {
                tracing::warn!(characters = ?done.missing_glyphs, "a document has characters that no font can draw");
            }
            Ok((done.bytes, done.media_type, file_name(&done.title, done.file_extension)))
        }
    });
    let made: Result<_, String> = made.await.map_err(|error| AppError::Internal(error.to_string()))?;
    let (bytes, media_type, file_name) = made.map_err(AppError::Internal)?;
    Ok(Contents { media_type: media_type.to_owned(), file_name, payload: Payload::Memory(bytes.into()) })
}

/// A name without what paths and systems mean something by; at most 80 characters and the ending.
fn file_name(title: &str, extension: &str) -> String {
    let means_something = |c: char| {
        c.is_control()
            || "\\/:*?\"<>|\u{200b}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}"
                .contains(c)
    };
    let clean: String = title.chars().filter(|c| !means_something(*c)).take(80).collect();
    let clean = clean.trim().trim_matches('.');
    format!("{}.{extension}", if clean.is_empty() { "文书" } else { clean })
}

async fn compose(cx: &Cx, wanted: &Wanted) -> AppResult<Composed> {
    use DocumentKind as K;
    let bad = |field: &str| AppError::BadInput(vec![field.to_owned()]);
    let workbook = wanted.format == DocumentFormat::Xlsx;
    let comes_so = match wanted.kind {
        K::Ledger => workbook,
        K::AssignmentSchedule | K::StatisticsReport => true,
        _ => !workbook,
    };
    if !comes_so {
        return Err(bad("format"));
    }
    let subject = || wanted.subject.as_deref().ok_or_else(|| bad("subjectId"));
    let scope = || wanted.scope.clone().ok_or_else(|| bad("scope"));
    macro_rules! id {
        () => {
            subject()?.parse().map_err(|_| bad("subjectId"))?
        };
    }
    Ok(match wanted.kind {
        K::SubmissionForm => Composed::Paper(matter_papers::submission_form(cx, id!()).await?),
        K::AssignmentNotice => Composed::Paper(matter_papers::assignment_notice(cx, id!()).await?),
        K::ReplyLetter => Composed::Paper(matter_papers::reply_letter(cx, id!()).await?),
        K::FeedbackForm => Composed::Paper(matter_papers::feedback_form(cx, id!()).await?),
        K::ContactRecord => Composed::Paper(matter_papers::contact_record(cx, id!()).await?),
        K::Bulletin => Composed::Paper(bulletin::make(cx, scope()?).await?.into()),
        K::PreHandlingAnalysis => Composed::Paper(analysis::make(cx, scope()?).await?.into()),
        K::YearlyReport => Composed::Paper(yearly::make(cx, scope()?).await?.into()),
        K::AssignmentSchedule => {
            let only = match &wanted.subject {
                Some(_) => Some(id!()),
                None => None,
            };
            let schedule = schedule::make(cx, only, wanted.filter.clone().unwrap_or_default()).await?;
            if workbook {
                let (name, sheet) = schedule::sheet(&schedule);
                Composed::Workbook(name, vec![sheet])
            } else {
                Composed::Paper(schedule.into())
            }
        }
        K::Ledger => {
            let (name, sheet) = ledger::make(cx, wanted.filter.clone().unwrap_or_default()).await?;
            Composed::Workbook(name, vec![sheet])
        }
        K::StatisticsReport => {
            let report = report::make(cx, scope()?).await?;
            if workbook {
                let name = report.title.clone();
                Composed::Workbook(name, report::sheets(&report))
            } else {
                Composed::Paper(report.into())
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_title_becomes_a_name_that_no_system_reads_anything_into() {
        assert_eq!(
            file_name("关于区十七届人大五次会议第1号建议的答复", "pdf"),
            "关于区十七届人大五次会议第1号建议的答复.pdf"
        );
        assert_eq!(file_name("../../etc/passwd\u{202e}\0", "pdf"), "etcpasswd.pdf");
        assert_eq!(file_name(" … ", "xlsx"), "….xlsx");
        assert_eq!(file_name("///", "docx"), "文书.docx");
        assert_eq!(file_name(&"长".repeat(500), "docx").chars().count(), 85);
    }
}
