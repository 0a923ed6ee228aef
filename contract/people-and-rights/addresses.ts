import { Type } from 'typebox'
import { AccountEmail, Id, Instant, listOf, oneOf, PageQuery, PersonRef } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'
import { Reason } from './accounts.ts'

const tag = 'Habilitations'
/** Days during which a change of address waits for its confirmation. */
export const addressDays = 14
export const AddressChange = Type.Object({
  id: Id,
  person: PersonRef,
  function: Type.String(),
  former: Type.String({ description: 'L’adresse d’aujourd’hui' }),
  email: Type.String({ description: 'L’adresse demandée' }),
  newDomain: Type.Boolean({ description: 'Domaine inconnu de la structure : la personne seule ne suffit pas' }),
  reason: Type.String(),
  askedBy: PersonRef,
  askedAt: Instant,
  until: Instant,
  allowed: Type.Array(oneOf(['confirm', 'refuse'])),
})
export const listAddressChanges = defineRoute({
  method: 'GET',
  path: '/habilitations/address-changes',
  tag,
  summary: 'Les changements d’adresse qui attendent : le sien, et ceux de la structure pour ses RGC et son signataire',
  needs: 'signed-in',
  query: Type.Object(PageQuery),
  reply: listOf(AddressChange),
})
export const askAddressChange = defineRoute({
  method: 'POST',
  path: '/habilitations/people/:accountId/address',
  tag,
  summary: 'Demander une autre adresse pour un compte : la personne, un autre RGC ou le signataire la confirme',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ accountId: Id }),
  body: Type.Object({ email: AccountEmail, reason: Reason }),
  reply: Type.Object({ change: AddressChange, told: Told }),
  refusals: [
    'access/role-required',
    'grant/own',
    'grant/not-yours-to-decide',
    'person/gone',
    'person/shared-mailbox',
    'person/address-taken',
    'person/mailbox-taken',
    'person/own-mailbox',
    'address/same',
    'address/asked',
  ],
})
export const settleAddressChange = defineRoute({
  method: 'POST',
  path: '/habilitations/address-changes/:changeId/decision',
  tag,
  summary: 'Confirmer ou refuser un changement d’adresse : confirmé, les sessions et les liens d’avant prennent fin',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ changeId: Id }),
  body: Type.Object({ outcome: oneOf(['confirmed', 'refused']), reason: Reason }),
  reply: Type.Object({ outcome: oneOf(['confirmed', 'refused']), sessionsEnded: Type.Integer() }),
  refusals: ['address/own', 'address/second-person', 'address/settled', 'person/address-taken', 'person/mailbox-taken'],
})
