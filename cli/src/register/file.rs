//! The file of a registration, which has its secrets: for its owner alone, and written whole or not at all.

use crate::failure::{Failure, Status};
use crate::input;
use aipass::{ClientMetadata, RegisteredClient, Secret};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::NamedTempFile;
use url::Url;
use zeroize::Zeroizing;

/// A registration, and where it was made.
pub struct Kept {
    pub registration_endpoint: Option<Url>,
    pub client: RegisteredClient,
}

/// As it stands in the file. The names are the standard's.
#[derive(Serialize, Deserialize)]
struct Written {
    registration_endpoint: Option<String>,
    client_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    /// Seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    client_secret_expires_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_access_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration_client_uri: Option<String>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_name: Option<String>,
}

/// A file in the making, in the folder where it will be. Dropped, it leaves nothing behind.
pub struct Reserved {
    new: NamedTempFile,
    path: PathBuf,
    replace: bool,
}

impl Reserved {
    pub fn new(path: &Path, replace: bool) -> Result<Self, Failure> {
        if !replace && path.symlink_metadata().is_ok() {
            let failure = Failure::new(Status::Usage, "file_exists", "It is there already: say --force to replace it.");
            return Err(failure.about(path));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // For its owner alone: that is how it is made.
        let new = NamedTempFile::new_in(folder).map_err(|error| unwritable(path, &error))?;
        Ok(Self { new, path: path.to_owned(), replace })
    }

    /// Writes the registration; the file's name.
    pub fn keep(mut self, kept: &Kept) -> Result<String, Failure> {
        let failed = |error: &std::io::Error| unwritable(&self.path, error);
        let text = kept.to_json()?;
        self.new.write_all(&text).and_then(|()| self.new.as_file().sync_all()).map_err(|error| failed(&error))?;
        let persisted = match self.replace {
            true => self.new.persist(&self.path),
            false => self.new.persist_noclobber(&self.path),
        };
        persisted.map_err(|error| unwritable(&self.path, &error.error))?;
        Ok(self.path.display().to_string())
    }
}

impl Kept {
    pub async fn read(path: &Path) -> Result<Self, Failure> {
        let text = Zeroizing::new(input::text_of(path).await?);
        let unreadable = || {
            let sentence = "It is no registration: name a file that `aipass register -o` made.";
            Failure::other("file", sentence).about(path)
        };
        let written: Written = serde_json::from_str(&text).map_err(|_| unreadable())?;
        let url = |text: Option<String>| text.map(|text| Url::parse(&text)).transpose().map_err(|_| unreadable());
        let registration_endpoint = url(written.registration_endpoint)?;
        let uri = url(written.registration_client_uri)?;
        let (Some(token), Some(uri)) = (written.registration_access_token, uri) else {
            let sentence = "It has no registration_access_token and registration_client_uri: this server lets no client \
                            manage its registration.";
            return Err(Failure::other("unsupported", sentence).about(path));
        };
        let mut client = RegisteredClient::stored(written.client_id, Secret::new(token), uri);
        client.client_secret = written.client_secret.map(Secret::new);
        client.client_secret_expires_at =
            written.client_secret_expires_at.and_then(|at| UNIX_EPOCH.checked_add(std::time::Duration::from_secs(at)));
        let (redirect_uris, client_name) = (written.redirect_uris, written.client_name);
        client.metadata = ClientMetadata { redirect_uris, client_name, ..ClientMetadata::default() };
        Ok(Self { registration_endpoint, client })
    }

    /// Writes it in the place of the file that it was read from.
    pub fn replace(&self, path: &Path) -> Result<(), Failure> {
        Reserved::new(path, true)?.keep(self).map(drop)
    }

    fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let client = &self.client;
        let exposed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
        let written = Written {
            registration_endpoint: self.registration_endpoint.as_ref().map(Url::to_string),
            client_id: client.client_id.clone(),
            client_secret: exposed(&client.client_secret),
            client_secret_expires_at: client.client_secret_expires_at.and_then(seconds),
            registration_access_token: exposed(&client.registration_access_token),
            registration_client_uri: client.registration_client_uri.as_ref().map(Url::to_string),
            redirect_uris: client.metadata.redirect_uris.clone(),
            client_name: client.metadata.client_name.clone(),
        };
        let text = serde_json::to_vec_pretty(&written).map(Zeroizing::new);
        text.map_err(|error| Failure::other("output", format!("The registration could not be written: {error}.")))
    }
}

/// A moment as seconds since 1970.
pub fn seconds(at: SystemTime) -> Option<u64> {
    at.duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::other("file_not_written", format!("It cannot be written: {error}.")).about(path)
}
