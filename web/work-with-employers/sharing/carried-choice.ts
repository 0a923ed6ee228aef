import type { Ticking } from './ticking.tsx'

/** Targets ticked in a list, on their way to what is done with them. */
export interface Choice {
  readonly ticking: Ticking
  readonly picked: ReadonlySet<string>
}
const none: ReadonlySet<string> = new Set()
let carried: (Choice & { readonly campaignId: string }) | undefined

/** SIRETs by the thousand fit no address: it says only that they were chosen, `choix` (see choiceIn). */
export const carryChoice = (campaignId: string, choice: Choice): void => {
  carried = { ...choice, campaignId }
}
/**
 * What the address says was chosen. Once the page is read again nothing of it is left: those kept alone are then none,
 * never all.
 */
export const choiceIn = (campaignId: string, choix: string | undefined): Choice => {
  const ticking = choix === 'seules' ? 'only' : 'except'
  const kept = choix && carried?.campaignId === campaignId && carried.ticking === ticking
  return { ticking, picked: kept ? carried!.picked : none }
}
export const choiceWord: Record<Ticking, string> = { only: 'seules', except: 'sauf' }
