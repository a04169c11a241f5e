//! What happens in a run: it follows from the seed. Steps can be left out, and the others stay as they are.

use super::random::Random;
use std::time::Duration;

/// So many processes run at a time, over one store.
pub(super) const SLOTS: usize = 2;
/// So many users sign in.
const USERS: u64 = 2;
/// A store that fails for no longer lets no lease die: a second to the beat before, and one to the next try (L16).
pub(super) const SHORT_FAULT: Duration = Duration::from_millis(2_500);

/// How the world of a run is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Knobs {
    /// A refresh brings a new refresh token, and the old one is dead.
    pub rotates: bool,
    /// A refresh token that comes again ends its grant.
    pub detects_reuse: bool,
    /// A refresh brings the same access token.
    pub keeps_access_token: bool,
    /// A revocation ends one token set only, and the library knows it.
    pub ends_one_token_set: bool,
    pub sends_date: bool,
    /// How long an access token lives.
    pub life: Duration,
}

/// A client of a process: which of the two processes, which of its two objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Client {
    pub slot: usize,
    pub object: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoreFault {
    /// Nothing can be written.
    Full,
    /// The device is locked.
    Locked,
    /// The key is gone. What is stored can be removed.
    KeyLost,
    /// What is read is not what was written.
    Torn,
    /// A write is made, and reported as failed.
    Unsure,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Action {
    /// Asks for an access token that lives so long.
    Token {
        client: Client,
        min_ttl: Duration,
        cancel_after: Option<Duration>,
    },
    /// A GET with the session's token.
    Read {
        client: Client,
        cancel_after: Option<Duration>,
    },
    /// A POST that costs money.
    Pay {
        client: Client,
        cancel_after: Option<Duration>,
    },
    /// The balance, which may be a cached one.
    Balance {
        client: Client,
    },
    /// A user signs in, and takes so long on the provider's page.
    SignIn {
        client: Client,
        user: usize,
        takes: Duration,
        delivered_twice: bool,
    },
    SignOut {
        client: Client,
    },
    CancelSignIn {
        client: Client,
    },
    /// Starts over after the store became unreadable.
    Forget {
        client: Client,
    },
    /// The app comes back to the front.
    Resume {
        client: Client,
    },
    /// The process dies: what it had in memory is gone.
    Kill {
        slot: usize,
    },
    Suspend {
        slot: usize,
    },
    /// What is dead is started, and what is suspended goes on.
    GoOn {
        slot: usize,
    },
    /// The store fails: everybody's, or that of one process.
    FailStore {
        slot: Option<usize>,
        fault: StoreFault,
        during: Duration,
    },
    /// From now on the network is that slow, and fails so many times out of a hundred.
    Network {
        faults: u64,
        latency_ms: u64,
    },
    MoveClock {
        seconds: i64,
    },
    /// The provider ends the grant that works, or only refuses its access tokens.
    Refuse {
        whole_grant: bool,
    },
    Wait(Duration),
}

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub seed: u64,
    pub knobs: Knobs,
    /// Each with the number that it has in the whole plan.
    pub steps: Vec<(usize, Action)>,
}

impl Plan {
    pub fn of(seed: u64) -> Self {
        let mut random = Random::of(seed, u64::MAX);
        let rotates = random.chance(85);
        let knobs = Knobs {
            rotates,
            detects_reuse: random.chance(60),
            keeps_access_token: rotates && random.chance(15),
            ends_one_token_set: random.chance(30),
            sends_date: random.chance(85),
            life: Duration::from_secs(random.one_of(&[120, 900, 3_600])),
        };
        let mut author =
            Author { moves_the_clock: random.chance(30), fails: random.chance(65), random, knobs, steps: Vec::new() };
        let first = author.client();
        author.sign_in(first);
        author.steps.push(Action::Wait(Duration::from_secs(30)));
        for _ in 0..6 + author.random.below(6) {
            author.scene();
        }
        Self { seed, knobs, steps: author.steps.into_iter().enumerate().collect() }
    }

    /// The same with these steps only.
    pub fn keeping(&self, kept: &[usize]) -> Self {
        let steps = self.steps.iter().filter(|(number, _)| kept.contains(number)).copied().collect();
        Self { steps, ..self.clone() }
    }
}

/// Writes a plan, scene by scene.
struct Author {
    random: Random,
    knobs: Knobs,
    moves_the_clock: bool,
    /// Whether the network and the store fail at all.
    fails: bool,
    steps: Vec<Action>,
}

impl Author {
    fn client(&mut self) -> Client {
        Client { slot: self.random.below(SLOTS as u64) as usize, object: self.random.below(2) as usize }
    }

    fn client_of(&mut self, slot: usize) -> Client {
        Client { slot, ..self.client() }
    }

    fn sign_in(&mut self, client: Client) {
        let takes = self.random.one_of(&[0, 2_000, 30_000]);
        let user = self.random.below(USERS) as usize;
        let delivered_twice = self.random.chance(20);
        self.steps.push(Action::SignIn { client, user, takes: Duration::from_millis(takes), delivered_twice });
    }

    /// A call of some kind, which may be given up.
    fn call(&mut self, client: Client) {
        let cancel_after = self.random.chance(20).then(|| self.random.millis_below(4_000));
        let min_ttl = Duration::from_secs(self.random.one_of(&[0, 0, 0, 60]));
        self.steps.push(match self.random.below(6) {
            0 | 1 => Action::Token { client, min_ttl, cancel_after },
            2 | 3 => Action::Read { client, cancel_after },
            4 => Action::Pay { client, cancel_after },
            _ => Action::Balance { client },
        });
    }

    fn wait(&mut self) {
        let waits = [0, 0, 10, 300, 1_200, 4_000, 7_000, 60_000];
        let wait = Duration::from_millis(self.random.one_of(&waits));
        self.steps.push(Action::Wait(wait));
    }

    fn store_fault(&mut self) {
        use StoreFault::{Full, KeyLost, Locked, Torn, Unsure};
        let fault = self.random.one_of(&[Full, Full, Full, Locked, Locked, KeyLost, Torn, Unsure]);
        let slot = self.random.one_of(&[None, Some(0), Some(1)]);
        let most = if self.random.chance(75) { SHORT_FAULT.as_millis() as u64 } else { 30_000 };
        let during = self.random.millis_below(most);
        self.steps.push(Action::FailStore { slot, fault, during });
    }

    fn network(&mut self) {
        let faults = self.random.one_of(&[0, 0, 5, 30]);
        let latency_ms = self.random.one_of(&[1, 200, 2_000, 8_000]);
        self.steps.push(Action::Network { faults: if self.fails { faults } else { 0 }, latency_ms });
    }

    /// What happens while a refresh runs: everything else that may.
    fn disturbance(&mut self, slot: usize) {
        let client = self.client();
        match self.random.below(11) {
            0 => self.steps.push(Action::Kill { slot }),
            1 => self.steps.push(Action::Suspend { slot }),
            2 | 3 if self.fails => self.store_fault(),
            4 => self.steps.push(Action::SignOut { client }),
            5 => self.sign_in(client),
            6 => self.steps.push(Action::Refuse { whole_grant: self.random.chance(50) }),
            7 => self.steps.push(Action::Resume { client }),
            8 if self.moves_the_clock => self.move_clock(),
            _ => self.call(client),
        }
    }

    fn move_clock(&mut self) {
        let seconds = self.random.one_of(&[0, 1, -1, 3_600, -3_600, 86_400, -86_400, 400_000_000]);
        self.steps.push(Action::MoveClock { seconds });
    }

    /// A process is suspended while its refresh is on its way, and goes on after the other one took its lease.
    fn suspended_refresh(&mut self, client: Client) {
        self.steps.push(Action::Network { faults: 0, latency_ms: 8_000 });
        self.steps.push(Action::Wait(self.knobs.life));
        self.call(client);
        let wait = self.random.millis_below(4_000);
        self.steps.push(Action::Wait(wait));
        self.steps.push(Action::Suspend { slot: client.slot });
        let other = self.client_of(SLOTS - 1 - client.slot);
        self.call(other);
        self.steps.push(Action::Wait(Duration::from_secs(25)));
        self.steps.push(Action::GoOn { slot: client.slot });
    }

    fn scene(&mut self) {
        let client = self.client();
        let slot = client.slot;
        match self.random.below(17) {
            // The token expires, and both processes want the next one, at some moment of which something else happens.
            0..=5 => {
                let life = self.knobs.life.as_secs();
                let early = self.random.one_of(&[0, 30, life / 6]);
                self.steps.push(Action::Wait(Duration::from_secs(life.saturating_sub(early))));
                self.call(client);
                let moment = self.random.one_of(&[30, 400, 5_000, 16_000]);
                let wait = self.random.millis_below(moment);
                self.steps.push(Action::Wait(wait));
                self.disturbance(slot);
                let other = self.client_of(SLOTS - 1 - slot);
                self.call(other);
                if self.random.chance(40) {
                    self.steps.push(Action::Wait(Duration::from_secs(8))); // a lease dies in 5.5 s
                    self.steps.push(Action::GoOn { slot });
                }
            }
            6 => self.network(),
            7 if self.fails => {
                self.store_fault();
                self.call(client);
                if self.random.chance(10) {
                    self.steps.push(Action::Forget { client });
                }
            }
            8 => self.steps.push(Action::SignOut { client }),
            9 | 10 => {
                self.sign_in(client);
                if self.random.chance(15) {
                    self.wait();
                    self.steps.push(Action::CancelSignIn { client });
                }
            }
            11 => self.steps.push(Action::GoOn { slot }),
            12 if self.moves_the_clock => self.move_clock(),
            13 => {
                self.steps.push(Action::Refuse { whole_grant: self.random.chance(20) });
                self.call(client);
            }
            14 => self.disturbance(slot),
            15 => self.suspended_refresh(client),
            _ => {
                self.call(client);
                let other = self.client();
                self.call(other);
            }
        }
        self.wait();
    }
}
