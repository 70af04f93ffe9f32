/** Runs `act` once, `milliseconds` after the last call; `flush` runs a pending call at once. */
export function debounce(act: () => void, milliseconds: number): { (): void; flush(): void } {
  let timer = 0;
  const run = (): void => {
    timer = 0;
    act();
  };
  const call = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(run, milliseconds);
  };
  call.flush = (): void => {
    if (timer === 0) return;
    clearTimeout(timer);
    run();
  };
  return call;
}

/** Resolves in a later task, so that input and rendering are processed first. */
export function yieldToMain(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
