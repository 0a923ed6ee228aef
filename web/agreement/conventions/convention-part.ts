import type { Convention, LetterKind, Party, Role } from './words.ts'

/** The act whose dialog is open. */
export type Asked =
  | { act: 'sign'; amendmentId?: string }
  | { act: 'give-notice' | 'notify-breach'; received?: true }
  | { act: 'amend' | 'send' | 'recall' | 'name-signatory' }
  | { act: 'enter-signatures' | 'name-signer'; amendmentId?: string }
  | { act: 'close-amendment'; amendmentId: string }
  | { act: 'correct' | 'contest' | 'confirm'; kind: LetterKind; id: string }
  | { act: 'receipt' | 'keep-receipt' | 'withdraw'; kind: 'notice' | 'breach'; id: string }
  | { act: 'authority' | 'signer-authority'; party: Party; amendmentId?: string }
  | { act: 'deputy'; deputyId?: string; ends: boolean }
  | { act: 'contact'; role: Role; party: Party }
/** What each section of the page is given. */
export type Part = { convention: Convention; onAsk: (asked: Asked) => void }
