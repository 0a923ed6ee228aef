import type { Convention, Party, Role } from './words.ts'

/** The act whose dialog is open. */
export type Asked =
  | { act: 'sign'; amendmentId?: string }
  | { act: 'give-notice' | 'notify-breach' | 'amend' | 'recall' | 'name-signatory' }
  | { act: 'receipt' | 'withdraw'; kind: 'notice' | 'breach'; id: string }
  | { act: 'authority'; party: Party }
  | { act: 'contact'; role: Role }
/** What each section of the page is given. */
export type Part = { convention: Convention; onAsk: (asked: Asked) => void }
