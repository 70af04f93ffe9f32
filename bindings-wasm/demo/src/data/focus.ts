// Moving the focus to what an action showed.

/** Focuses an element after the view is rendered. */
export function focusLater(id: string): void {
  requestAnimationFrame(() => setTimeout(() => document.getElementById(id)?.focus(), 0));
}
