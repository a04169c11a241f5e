//! The user and their browser, scripted: opens the provider's own pages, fills in their forms, keeps their cookies.

use aipass_sandbox::user_agent::{HtmlForm, browser};
use reqwest::{Client, RequestBuilder, Response, header};
use url::Url;

/// The user of every provider.
pub const USER: &str = "robin";
/// What the user writes into every form: the page's server reads the fields that it knows.
const FILLED: [(&str, &str); 6] = [
    ("login", USER),
    ("username", USER),
    ("sub", USER),
    ("password", "a password"),
    ("accept", "Yes"),
    ("logout", "yes"),
];
/// Login, consent and the redirects between them are fewer. More are a loop.
const MAX_STEPS: usize = 16;

/// What the browser shows in the end.
#[derive(Debug)]
pub enum Shown {
    /// A page of the provider.
    Page(Page),
    /// The provider sent the browser to the app.
    Callback(Url),
}

/// A page of the provider.
#[derive(Debug)]
pub struct Page {
    pub url: Url,
    pub html: String,
}

impl Shown {
    /// The callback, which there must be.
    pub fn callback(self) -> String {
        match self {
            Self::Callback(url) => url.into(),
            Self::Page(page) => panic!("the user is left with the page at {}: {}", page.url, page.html),
        }
    }

    /// The page, which there must be.
    pub fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Callback(url) => panic!("the browser was sent to {url}"),
        }
    }
}

/// A browser with its cookies. A new one knows no login.
pub struct UserAgent {
    http: Client,
    cookies: Vec<Cookie>,
}

struct Cookie {
    name: String,
    value: String,
    path: String,
}

impl UserAgent {
    pub fn new() -> Self {
        Self { http: browser().unwrap(), cookies: Vec::new() }
    }

    /// The user logs in and agrees to everything, until the browser is sent to the app or there is no form left.
    pub async fn agree(&mut self, url: &Url) -> Shown {
        let shown = self.open(url).await;
        self.answer(shown).await
    }

    /// The same from this page on.
    pub async fn go_on(&mut self, page: Page) -> Shown {
        self.answer(Shown::Page(page)).await
    }

    async fn answer(&mut self, mut shown: Shown) -> Shown {
        for _ in 0..MAX_STEPS {
            match shown {
                Shown::Page(page) if HtmlForm::find(&page.html).is_some() => shown = self.submit(&page, &FILLED).await,
                shown => return shown,
            }
        }
        panic!("the pages lead in a circle: {shown:?}");
    }

    /// Opens a page, and follows the provider's redirects.
    pub async fn open(&mut self, url: &Url) -> Shown {
        self.load(self.http.get(url.clone()), url.clone()).await
    }

    /// Posts the page's form.
    pub async fn submit(&mut self, page: &Page, filled: &[(&str, &str)]) -> Shown {
        let form = HtmlForm::find(&page.html).expect("the page has a form");
        let url = page.url.join(&form.action).unwrap();
        let post = self.http.post(url.clone()).body(form.encode(filled));
        self.load(post.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), url).await
    }

    async fn load(&mut self, request: RequestBuilder, mut url: Url) -> Shown {
        let mut response = self.send(request, &url).await;
        for _ in 0..MAX_STEPS {
            if !response.status().is_redirection() {
                return Shown::Page(Page { url, html: response.text().await.unwrap() });
            }
            let next = url.join(response.headers()[header::LOCATION].to_str().unwrap()).unwrap();
            if next.origin() != url.origin() {
                return Shown::Callback(next);
            }
            url = next;
            response = self.send(self.http.get(url.clone()), &url).await;
        }
        panic!("{url} redirects in a circle");
    }

    async fn send(&mut self, request: RequestBuilder, url: &Url) -> Response {
        let sent = self.cookies.iter().filter(|cookie| url.path().starts_with(&cookie.path));
        let sent: Vec<_> = sent.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        let response = request.header(header::COOKIE, sent.join("; ")).send().await.unwrap();
        for line in response.headers().get_all(header::SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        response
    }

    /// Keeps a cookie. An empty value takes the place of one that is deleted: a server cannot tell the two apart.
    fn keep(&mut self, line: &str) {
        let mut parts = line.split(';').map(str::trim);
        let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).unwrap();
        let path =
            parts.find_map(|part| Some(part.split_once('=')?).filter(|(name, _)| name.eq_ignore_ascii_case("path")));
        let path = path.map_or("/", |(_, path)| path);
        self.cookies.retain(|cookie| cookie.name != name || cookie.path != path);
        self.cookies.push(Cookie { name: name.to_owned(), value: value.to_owned(), path: path.to_owned() });
    }
}
