/** Waits until it holds, asked again every 20 ms; says what never came after a minute: machines are slow at times. */
export const until = async (what: string, holds: () => unknown): Promise<void> => {
  const end = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not after a minute`)
    await new Promise(next => setTimeout(next, 20))
  }
}
