//! `aipass image`, `image-edit` and `image-variation`.

mod saving;

use crate::args::{ImageArgs, ImageEditArgs, ImageVariationArgs};
use crate::failure::Failure;
use crate::{input, profile, progress};
use aipass::{ImageEdit, ImageRequest, ImageVariation};
use saving::Destinations;

const WAITING: &str = "waiting for the image";

pub async fn generate(args: &ImageArgs) -> Result<(), Failure> {
    let destinations = Destinations::of(&args.output, args.options.count, args.session.json)?;
    let mut request = ImageRequest::new(&args.prompt);
    request.model = args.options.model.clone();
    request.n = args.options.count();
    request.size = args.options.size.clone();
    request.quality = args.quality.clone();
    request.response_format = args.options.form();
    let ai = profile::session(&args.session.connection).await?;
    let made = progress::transferring(WAITING, &ai, |ai| async move { ai.generate_image(request).await }).await?;
    destinations.fill(&ai, made).await
}

pub async fn edit(args: &ImageEditArgs) -> Result<(), Failure> {
    let destinations = Destinations::of(&args.output, args.options.count, args.session.json)?;
    let mut request = ImageEdit::new(input::photos(&args.photos).await?, &args.prompt);
    if let Some(mask) = &args.mask {
        request.mask = Some(input::photo(mask).await?);
    }
    request.model = args.options.model.clone();
    request.n = args.options.count();
    request.size = args.options.size.clone();
    request.response_format = args.options.form();
    let ai = profile::session(&args.session.connection).await?;
    let made = progress::transferring(WAITING, &ai, |ai| async move { ai.edit_image(request).await }).await?;
    destinations.fill(&ai, made).await
}

pub async fn vary(args: &ImageVariationArgs) -> Result<(), Failure> {
    let destinations = Destinations::of(&args.output, args.options.count, args.session.json)?;
    let mut request = ImageVariation::new(input::photo(&args.photo).await?);
    request.model = args.options.model.clone();
    request.n = args.options.count();
    request.size = args.options.size.clone();
    request.response_format = args.options.form();
    let ai = profile::session(&args.session.connection).await?;
    let made = progress::transferring(WAITING, &ai, |ai| async move { ai.vary_image(request).await }).await?;
    destinations.fill(&ai, made).await
}
