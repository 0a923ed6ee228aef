/**
 * Wrong passwords slow down their sender, never for good (IDN-6). A stranger draws on three budgets at once.
 * They are the account from that address, the address for any account, and the account from any address.
 * A browser that already came in with that account draws on its own budget alone.
 * So strangers never make the person's own computer wait. A person without it gets a link from their RGC, which makes
 * one.
 */
export type BudgetKind = 'device' | 'pair' | 'address' | 'account'
export interface Budget {
  readonly failures: number
  readonly waitUntil: Date | null
  readonly lastAt: Date | null
}

export const budgetsOf = (knownDevice: boolean): readonly BudgetKind[] =>
  knownDevice ? ['device'] : ['pair', 'address', 'account']

/**
 * Attempts without a delay, the first delay, the longest. A whole town hall may stand behind one address: it waits
 * later, and less.
 */
const allowances: Readonly<
  Record<BudgetKind, { readonly free: number; readonly firstSeconds: number; readonly longestSeconds: number }>
> = {
  device: { free: 5, firstSeconds: 30, longestSeconds: 900 },
  pair: { free: 5, firstSeconds: 30, longestSeconds: 900 },
  address: { free: 50, firstSeconds: 5, longestSeconds: 300 },
  account: { free: 20, firstSeconds: 30, longestSeconds: 900 },
}
const forgottenAfterHours = 24

/** Seconds to wait after so many wrong attempts: twice as long each time, up to the longest. */
export const delayAfter = (kind: BudgetKind, failures: number): number => {
  const { free, firstSeconds, longestSeconds } = allowances[kind]
  return failures < free ? 0 : Math.min(firstSeconds * 2 ** (failures - free), longestSeconds)
}

/** Until when the next attempt is not even looked at; 0: it is. */
export const secondsLeft = ({ waitUntil }: Budget, now: Date): number =>
  waitUntil ? Math.max(0, Math.ceil((waitUntil.getTime() - now.getTime()) / 1000)) : 0

/** Counts each attempt as wrong before computing it: a hundred attempts sent at once are not a hundred guesses. */
export const counted = (kind: BudgetKind, { failures, lastAt }: Budget, now: Date): Budget => {
  const forgotten = lastAt !== null && now.getTime() - lastAt.getTime() > forgottenAfterHours * 3_600_000
  const count = (forgotten ? 0 : failures) + 1
  const delay = delayAfter(kind, count)
  return { failures: count, waitUntil: delay ? new Date(now.getTime() + delay * 1000) : null, lastAt: now }
}

/**
 * The attempt was right, or was never computed. A proof clears the person's own budgets.
 * Shared budgets get back this attempt alone.
 * Otherwise an attacker with an account could wipe out their guesses at other accounts.
 */
export const givenBack = (kind: BudgetKind, budget: Budget, reserved: number, right: boolean): Budget => {
  if (right && (kind === 'device' || kind === 'pair')) return { ...budget, failures: 0, waitUntil: null }
  return {
    ...budget,
    failures: Math.max(0, budget.failures - 1),
    waitUntil: budget.failures === reserved ? null : budget.waitUntil,
  }
}
