import { targetOutcomes } from '../../../contract/work-with-employers/campaigns.ts'
import { parseSiret } from '../../platform/siret.ts'

export type TargetOutcome = (typeof targetOutcomes)[number]
export interface Outcomes {
  readonly counts: Record<TargetOutcome, number>
  /** Those not added. */
  readonly lines: { line: number; text: string; outcome: TargetOutcome }[]
}

const shownLines = 1000
const none = Object.fromEntries(targetOutcomes.map(outcome => [outcome, 0])) as Record<TargetOutcome, number>

export interface PastedLine {
  /** From 1, as pasted: blank lines count but are passed over. */
  readonly line: number
  readonly text: string
  /** Undefined when it is not a SIRET. */
  readonly siret: number | undefined
}
export const readPasted = (lines: readonly string[]): PastedLine[] =>
  lines.map((text, i) => ({ line: i + 1, text, siret: parseSiret(text) })).filter(({ text }) => text.trim() !== '')

/** The distinct SIRETs, in order: so that they are written in order. */
export const siretsOf = (pasted: readonly PastedLine[]): number[] =>
  [...new Set(pasted.flatMap(({ siret }) => siret ?? []))].sort((a, b) => a - b)

/**
 * What became of each line. `refused` says why a SIRET was not added; a repeat of one that was added is already there.
 */
export const outcomesOf = (pasted: readonly PastedLine[], refused: ReadonlyMap<number, TargetOutcome>): Outcomes => {
  const counts = { ...none }
  const lines: Outcomes['lines'] = []
  const added = new Set<number>()
  for (const { line, text, siret } of pasted) {
    const outcome =
      siret === undefined ? 'not-a-siret' : (refused.get(siret) ?? (added.has(siret) ? 'already-there' : 'added'))
    counts[outcome] += 1
    if (outcome === 'added') added.add(siret!)
    else if (lines.length < shownLines) lines.push({ line, text, outcome })
  }
  return { counts, lines }
}
/** Criteria only find what can be added, is there, or is not to be contacted. */
export const outcomesOfCriteria = (added: number, alreadyThere: number, notToContact: number): Outcomes => ({
  counts: { ...none, added, 'already-there': alreadyThere, 'do-not-contact': notToContact },
  lines: [],
})
