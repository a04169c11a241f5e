//! The sandbox, held to the wire. Each test cites the line that it checks.

mod access;
mod app;
mod audio;
mod authorize;
mod balance;
mod chat;
mod chat_choices;
mod chat_tools;
mod clients;
mod consent_form;
mod control;
mod discovery;
mod embeddings;
mod faults;
mod images;
mod models;
mod paid_calls;
mod photos;
mod refresh;
mod revoke;
mod running;
mod state_file;
mod token;
mod upstream;
mod videos;
