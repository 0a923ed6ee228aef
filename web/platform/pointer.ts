let pressed = false
addEventListener(
  'pointerdown',
  () => {
    pressed = true
  },
  true,
)
for (const over of ['pointerup', 'pointercancel'])
  addEventListener(
    over,
    () => {
      pressed = false
    },
    true,
  )

/** Runs once no button is held, the click done: what moves the page under a press would lose the click. */
export const whenReleased = (run: () => void): void => {
  if (!pressed) {
    run()
    return
  }
  const released = new AbortController()
  for (const over of ['pointerup', 'pointercancel'])
    addEventListener(
      over,
      () => {
        released.abort()
        setTimeout(run)
      },
      { capture: true, signal: released.signal },
    )
}
