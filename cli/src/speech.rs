//! `aipass speech`: a text as a recording.

use crate::args::SpeechArgs;
use crate::failure::Failure;
use crate::result_file::{Destination, to_standard_output};
use crate::{input, profile, progress};
use aipass::{AiPass, Error, SpeechRequest};

const WAITING: &str = "waiting for the voice";

pub async fn run(args: &SpeechArgs) -> Result<(), Failure> {
    let destination = Destination::of(&args.output, args.session.json)?;
    let text = if args.text == "-" { input::standard_input().await? } else { args.text.clone() };
    let mut request = SpeechRequest::new(text);
    request.voice = args.voice.clone();
    request.response_format = args.format();
    request.speed = args.speed;
    request.instructions = args.instructions.clone();
    request.model = args.model.clone();
    let ai = profile::session(&args.session.connection).await?;
    let file = match destination {
        Destination::StandardOutput => return stream(&ai, request).await,
        Destination::File(file) => file,
    };
    let draft = file.draft();
    progress::transferring(WAITING, &ai, |ai| async move { ai.speak_to_file(request, draft).await }).await?;
    file.keep()?.print(args.session.json)
}

/// Hands the recording on as it comes.
async fn stream(ai: &AiPass, request: SpeechRequest) -> Result<(), Failure> {
    let stream = progress::during(WAITING, ai.speak_streamed(request)).await?;
    let mut is_empty = true;
    while let Some(piece) = stream.next().await? {
        is_empty &= piece.is_empty();
        to_standard_output(&piece).await?;
    }
    if is_empty {
        let detail = "the answer is empty".to_owned();
        return Err(Error::Truncated { text: String::new(), request_id: None, detail }.into());
    }
    Ok(())
}
