//! The program as people and scripts run it: what it prints, where, and the status it exits with.

mod demo;
mod keyring;
mod login;
mod paste;
mod photo;
mod running;
mod sandbox;
mod scan;
mod session;
mod usage;
