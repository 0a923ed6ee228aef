import type { conventionParties, noticeRoles } from './notices.ts'

export type Party = (typeof conventionParties)[number]
export type NoticeRole = (typeof noticeRoles)[number]
export type PartyRole = `${Party}:${NoticeRole}`
/** `person`: the one that the mail is about; else whoever holds these roles on that day. */
export type MailKinds = Readonly<Record<string, 'person' | readonly PartyRole[]>>

export const parties = [
  'partenaire:gouvernance',
  'partenaire:signataire',
  'partenaire:responsable-operationnel',
  'operateur:gouvernance',
  'operateur:direction-regionale',
] as const satisfies readonly PartyRole[]
/** Who signs for the operator: of every region, or of the one concerned (AGR-16). */
export const operatorSigners = ['operateur:signataire'] as const satisfies readonly PartyRole[]
export const managers = ['partenaire:rgc'] as const satisfies readonly PartyRole[]
export const officers = ['operateur:cssi'] as const satisfies readonly PartyRole[]
export const declarers = [
  'partenaire:signataire',
  'partenaire:responsable-operationnel',
  ...managers,
] as const satisfies readonly PartyRole[]
