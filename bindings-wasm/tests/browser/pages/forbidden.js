// The script beside this one stands in the page itself, and must not have run.

globalThis.outcome = [{ name: "forbidden", failure: globalThis.outcome ?? null }];
