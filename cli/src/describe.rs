//! `aipass describe`: a question about photos.

use crate::args::DescribeArgs;
use crate::failure::Failure;
use crate::{answer, input, profile, progress};
use aipass::ImageQuestion;

pub async fn run(args: &DescribeArgs) -> Result<(), Failure> {
    let mut question = ImageQuestion::about(input::photos(&args.photos).await?, &args.prompt);
    question.model = args.model.clone();
    question.max_tokens = args.max_tokens;
    let ai = profile::session(&args.session.connection).await?;
    let looking = progress::transferring("looking", &ai, |ai| async move { ai.describe_image(question).await });
    answer::print(looking.await?, args.session.json)
}
