//! The program as people and scripts run it: what it prints, where, and the status it exits with.

mod call;
mod catalogues;
mod clients;
mod demo;
mod embed;
mod foreign_text;
mod images;
mod keyring;
mod login;
mod paste;
mod photo;
mod result_file;
mod running;
mod sandbox;
mod scan;
mod session;
mod sound;
mod topup;
mod usage;
mod user;
mod video;
mod vision;
