/** Runs a moment after the last call; `now` runs at once what still waits. */
export function later(act: () => void, milliseconds: number): { (): void; now(): void } {
  let timer = 0;
  const run = (): void => {
    timer = 0;
    act();
  };
  const call = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(run, milliseconds);
  };
  call.now = (): void => {
    if (timer === 0) return;
    clearTimeout(timer);
    run();
  };
  return call;
}

/** Lets the page breathe: input and painting go first. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
