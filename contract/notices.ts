import { Type } from 'typebox'
import { oneOf } from './common.ts'

/** The partner, and the operator's regional direction. */
export const conventionParties = ['partenaire', 'operateur'] as const
/**
 * Annex 2 and 2 bis. The last two are the operator's, the operational ones the partner's; governance, DPD and RSSI are
 * of both.
 */
export const contactRoles = [
  'gouvernance',
  'responsable-operationnel',
  'correspondant-si',
  'dpd',
  'rssi',
  'responsable-formation',
  'cssi',
  'support',
] as const
/** Roles that a notice is for: those of the annexes, and those that only an account holds. */
export const noticeRoles = [...contactRoles, 'rgc', 'signataire', 'direction-regionale', 'administrateur'] as const

/** Which of them annex 2 (partner) and annex 2 bis (operator) name, in their order. */
export const annexRoles: Readonly<
  Record<(typeof conventionParties)[number], readonly (typeof contactRoles)[number][]>
> = {
  partenaire: ['gouvernance', 'responsable-operationnel', 'correspondant-si', 'dpd', 'rssi', 'responsable-formation'],
  operateur: ['gouvernance', 'cssi', 'rssi', 'support', 'dpd'],
}

export const RoleOfParty = Type.Object({ party: oneOf(conventionParties), role: oneOf(noticeRoles) })
/** What became of a notice: how many were written to, and the roles that nobody holds on that day. */
export const Told = Type.Object({ mails: Type.Integer(), emptyRoles: Type.Array(RoleOfParty) })
