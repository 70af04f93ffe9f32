mod catalogue;
mod reasons;
mod sentences;
