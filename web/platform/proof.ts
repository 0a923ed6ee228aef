import { signal } from './signal.ts'

/**
 * `locked`: idle too long. `step-up`: a sensitive act. `expired`: the session is over, but a page with work on it is
 * still open.
 */
export type ProofReason = 'locked' | 'step-up' | 'expired'
interface Asked {
  readonly reason: ProofReason
  readonly answer: (proven: boolean) => void
}

export const proofAsked = signal<Asked | null>(null)

let pending: Promise<boolean> | undefined

/**
 * Opens the dialog over the page, which keeps its content. Answers whether the person proved who they are.
 * Ten calls refused together ask once.
 */
export const askProof = (reason: ProofReason): Promise<boolean> => {
  pending ??= new Promise<boolean>(resolve => {
    proofAsked.set({ reason, answer: resolve })
  }).finally(() => {
    pending = undefined
    proofAsked.set(null)
  })
  return pending
}
