//! `aipass video`: asked for, waited for, fetched.

mod job;

use crate::args::{VideoAction, VideoCreateArgs, VideoDownloadArgs, WaitArgs};
use crate::failure::Failure;
use crate::result_file::{Destination, Saved, file_to_standard_output};
use crate::{input, output, profile, progress};
use aipass::{AiPass, VideoJob, VideoRequest};
use std::path::PathBuf;

const ASKING: &str = "asking for the video";

pub async fn run(action: &VideoAction) -> Result<(), Failure> {
    let session = &action.session().connection;
    let json = action.session().json;
    match action {
        VideoAction::Create(args) => {
            let destination = destination(&args.then, json)?;
            let request = request(args).await?;
            let ai = profile::session(session).await?;
            let asking = progress::transferring(ASKING, &ai, |ai| async move { ai.create_video(request).await });
            follow(&ai, asking.await?, args.then.wait, destination, json).await
        }
        VideoAction::Remix(args) => {
            let destination = destination(&args.then, json)?;
            let ai = profile::session(session).await?;
            let job = progress::during(ASKING, ai.remix_video(args.id.clone(), args.prompt.clone())).await?;
            follow(&ai, job, args.then.wait, destination, json).await
        }
        VideoAction::Status(args) => {
            let ai = profile::session(session).await?;
            let job = progress::during("asking for the status", ai.video(args.id.clone())).await?;
            job::print(&job, None, json)
        }
        VideoAction::Wait(args) => {
            let ai = profile::session(session).await?;
            job::print(&job::wait(&ai, &args.id).await?, None, json)
        }
        VideoAction::Download(args) => download(args).await,
    }
}

async fn request(args: &VideoCreateArgs) -> Result<VideoRequest, Failure> {
    let mut request = VideoRequest::new(&args.prompt);
    if let Some(photo) = &args.photo {
        request.input_reference = Some(input::photo(photo).await?);
    }
    request.seconds = args.seconds;
    request.size = args.size.clone();
    request.model = args.model.clone();
    Ok(request)
}

fn destination(then: &WaitArgs, json: bool) -> Result<Option<Destination>, Failure> {
    then.out.as_deref().map(|out| Destination::choose(out, then.force, json)).transpose()
}

/// What is to happen with a video that was asked for.
async fn follow(
    ai: &AiPass,
    job: VideoJob,
    wait: bool,
    destination: Option<Destination>,
    json: bool,
) -> Result<(), Failure> {
    if !wait && destination.is_none() {
        return job::print(&job, None, json);
    }
    // It is paid for, and goes on whatever happens here.
    output::note(format_args!("The video's id is {}.", output::printable(&job.id)));
    let job = job::wait(ai, &job.id).await?;
    let Some(destination) = destination else { return job::print(&job, None, json) };
    match fetch(ai, &job.id, destination).await? {
        Some(saved) if json => job::print(&job, Some(saved), json),
        Some(saved) => saved.print(json),
        None => Ok(()),
    }
}

async fn download(args: &VideoDownloadArgs) -> Result<(), Failure> {
    let destination = Destination::of(&args.output, args.session.json)?;
    let ai = profile::session(&args.session.connection).await?;
    match fetch(&ai, &args.id, destination).await? {
        Some(saved) => saved.print(args.session.json),
        None => Ok(()),
    }
}

/// Fetches a video; the file, if it became one.
async fn fetch(ai: &AiPass, id: &str, destination: Destination) -> Result<Option<Saved>, Failure> {
    match destination {
        Destination::File(file) => {
            fetch_into(ai, id, file.draft()).await?;
            file.keep().map(Some)
        }
        Destination::StandardOutput => {
            // The library hands no half video on: only a whole one comes out.
            let folder = tempfile::tempdir().map_err(|error| Failure::from_output(&error))?;
            let draft = folder.path().join("video");
            fetch_into(ai, id, draft.clone()).await?;
            file_to_standard_output(&draft).await?;
            Ok(None)
        }
    }
}

async fn fetch_into(ai: &AiPass, id: &str, draft: PathBuf) -> Result<(), Failure> {
    let id = id.to_owned();
    let fetching =
        progress::transferring("fetching the video", ai, |ai| async move { ai.download_video(id, draft).await });
    fetching.await?;
    Ok(())
}
