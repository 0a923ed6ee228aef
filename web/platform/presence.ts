/**
 * What a person does to a page, by any device; assistive tools make the same events. Scripts scroll and move the
 * focus too: neither tells.
 */
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove', 'input', 'click'] as const
const shortMs = 30_000

/** Whether someone did anything in the last half minute; opening the page counts. */
export const watchPresence = (
  page: Pick<EventTarget, 'addEventListener'>,
  now: () => number = () => performance.now(),
): (() => boolean) => {
  let lastAt = now()
  const seen = (event: Event) => {
    if (event.isTrusted) lastAt = now()
  }
  for (const sign of signs) page.addEventListener(sign, seen, { capture: true, passive: true })
  return () => now() - lastAt < shortMs
}

let ofThisPage: (() => boolean) | undefined
export const someoneIsThere = (): boolean => {
  ofThisPage ??= watchPresence(window)
  return ofThisPage()
}
