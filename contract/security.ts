import { Type } from 'typebox'
import { Id, Instant, Nullable, oneOf, OrganisationRef, PersonRef, Text } from './common.ts'
import { Told } from './notices.ts'
import { defineRoute } from './route.ts'

export const blockCauses = ['suspect-use', 'exceptional'] as const
export const Block = Type.Object({
  id: Id, person: PersonRef, organisation: OrganisationRef, cause: oneOf(blockCauses), reason: Type.String(), incident: Nullable(Type.String()), blockedAt: Instant,
  by: Nullable(PersonRef), liftedAt: Nullable(Instant), liftedBy: Nullable(PersonRef), verdict: Nullable(Type.String()), allowed: Type.Array(Type.Literal('lift')),
})

export const listBlocks = defineRoute({
  method: 'GET', path: '/security/blocks', tag: 'Sécurité', summary: 'Pour le CSSI : les accès bloqués, et ceux qui l’ont été', needs: 'role:cssi',
  reply: Type.Object({ items: Type.Array(Block, { description: 'En cours d’abord, puis le plus récent ; 200 au plus' }) }),
})
export const findPeople = defineRoute({
  method: 'GET', path: '/security/people', tag: 'Sécurité', summary: 'Trouver un compte par le nom de la personne', needs: 'role:cssi',
  query: Type.Object({ q: Type.String({ minLength: 2, maxLength: 100 }) }),
  reply: Type.Object({ items: Type.Array(Type.Object({ person: PersonRef, organisation: OrganisationRef }), { description: '20 au plus' }) }),
})
export const blockAccount = defineRoute({
  method: 'POST', path: '/security/blocks', tag: 'Sécurité', summary: 'Bloquer un compte, acte exceptionnel : incident de sécurité ou nécessité, avec son motif', needs: 'role:cssi', stepUp: true,
  body: Type.Object({ accountId: Id, reason: Text(500, 10), incident: Text(100) }),
  reply: Type.Object({ ...Block.properties, told: Told }), refusals: ['security/never-oneself', 'security/already-blocked'],
})
export const liftBlock = defineRoute({
  method: 'POST', path: '/security/blocks/:blockId/lift', tag: 'Sécurité', summary: 'Lever un blocage, sur un constat écrit', needs: 'role:cssi', stepUp: true, params: Type.Object({ blockId: Id }),
  body: Type.Object({ verdict: Text(500, 10) }),
  reply: Type.Object({ ...Block.properties, told: Told }), refusals: ['security/never-oneself', 'security/already-lifted'],
})
