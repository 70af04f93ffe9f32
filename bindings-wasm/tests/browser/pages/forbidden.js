// Fails if the inline script of the page has run.

globalThis.outcome = [{ name: "forbidden", failure: globalThis.outcome ?? null }];
