import { Type } from 'typebox'
import { Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, TerritoryRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, profiles, tools } from '../route.ts'

export const blockCauses = ['suspect-use', 'exceptional'] as const
/** What an act of the operator cuts: the whole account, one grant, or an RGC's management of accounts. */
export const actCuts = ['account', 'grant', 'rgc'] as const
/** A detection cuts nothing of the last CSSI or administrator: it tells. */
export const blockCuts = [...actCuts, 'none'] as const
const CutGrant = Type.Object({
  id: Id,
  tool: oneOf(tools),
  profile: oneOf(profiles),
  territory: Nullable(TerritoryRef),
  agency: Nullable(Type.Object({ id: Id, name: Type.String() })),
})
const Cut = {
  id: Id,
  cause: oneOf(blockCauses),
  cuts: oneOf(blockCuts),
  grant: Nullable(CutGrant),
  reason: Type.String(),
  incident: Nullable(Type.String()),
  blockedAt: Instant,
  by: Nullable(PersonRef),
  liftedAt: Nullable(Instant),
  liftedBy: Nullable(PersonRef),
  verdict: Nullable(Type.String()),
}
/** As the person's page shows it. */
export const BlockOfPerson = Type.Object(Cut)
export const Block = Type.Object({
  ...Cut,
  person: PersonRef,
  organisation: OrganisationRef,
  allowed: Type.Array(Type.Literal('lift')),
})

export const listBlocks = defineRoute({
  method: 'GET',
  path: '/security/blocks',
  tag: 'Sécurité',
  summary: 'Pour le CSSI : les accès bloqués, et ceux qui l’ont été',
  needs: 'role:cssi',
  regional: true,
  reply: Type.Object({
    items: Type.Array(Block, { description: 'En cours d’abord, puis le plus récent ; 200 au plus' }),
    watched: Type.Array(
      Type.Object({
        says: Type.String(),
        threshold: Nullable(
          Type.String({ description: 'Au-delà, le compte est bloqué ; nul : la règle n’est pas surveillée' }),
        ),
      }),
    ),
  }),
})
export const findPeople = defineRoute({
  method: 'GET',
  path: '/security/people',
  tag: 'Sécurité',
  summary: 'Trouver un compte par le nom ou la fonction de la personne, et sa structure',
  needs: 'role:cssi',
  regional: true,
  query: Type.Object({
    q: Type.String({ minLength: 2, maxLength: 100 }),
    organisationId: Type.Optional(Id),
  }),
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        person: PersonRef,
        function: Type.String(),
        email: Nullable(Type.String()),
        status: oneOf(['active', 'suspended', 'blocked', 'deleted']),
        organisation: OrganisationRef,
        grants: Type.Array(CutGrant, { description: 'Une fois le dossier de la personne ouvert (ACC-10)' }),
        manages: Type.Boolean({ description: 'RGC en place' }),
      }),
      { description: '20 au plus' },
    ),
    more: Type.Boolean({ description: 'D’autres comptes portent ce nom : précisez-le, ou choisissez la structure' }),
  }),
})
export const blockAccount = defineRoute({
  method: 'POST',
  path: '/security/blocks',
  tag: 'Sécurité',
  summary:
    'Acte exceptionnel : bloquer un compte, une habilitation ou la gestion des comptes d’un RGC, pour un incident de sécurité ou par nécessité, avec son motif',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    cuts: Type.Optional(oneOf(actCuts)),
    grantId: Type.Optional(Nullable(Id)),
    reason: Text(500, 10),
    incident: Text(100),
  }),
  reply: Type.Object({ ...Block.properties, told: Told, nobodyLeft: Nullable(Told) }),
  refusals: ['security/never-oneself', 'security/already-blocked', 'security/nothing-to-cut', 'security/last-officer'],
})
const lifting = {
  method: 'POST',
  tag: 'Sécurité',
  stepUp: true,
  params: Type.Object({ blockId: Id }),
  body: Type.Object({ verdict: Text(500, 10) }),
  reply: Type.Object({ ...Block.properties, told: Told }),
  refusals: ['security/never-oneself', 'security/already-lifted'],
} as const
export const liftBlock = defineRoute({
  ...lifting,
  path: '/security/blocks/:blockId/lift',
  summary: 'Lever un blocage, sur un constat écrit',
  needs: 'role:cssi',
  regional: true,
})
export const listOfficerBlocks = defineRoute({
  method: 'GET',
  path: '/security/officer-blocks',
  tag: 'Sécurité',
  summary: 'Pour un administrateur : les comptes de CSSI bloqués ou signalés par une règle de détection',
  needs: 'role:administrateur',
  reply: Type.Object({
    items: Type.Array(Block, { description: 'En cours d’abord, puis le plus récent ; 200 au plus' }),
  }),
})
export const liftOfficerBlock = defineRoute({
  ...lifting,
  path: '/security/officer-blocks/:blockId/lift',
  summary:
    'Pour un administrateur : lever, sur un constat écrit, ce qu’une règle de détection a bloqué d’un CSSI ; jamais le sien, ni un acte exceptionnel',
  needs: 'role:administrateur',
})
