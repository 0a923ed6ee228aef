import { Type } from 'typebox'
import { Day, Id, Instant, Line, Nullable, OrganisationRef, oneOf, PersonRef, Siret, Text } from '../common.ts'
import { defineRoute } from '../route.ts'

const tag = 'Engagements'
export const commitmentFamilies = ['charte', 'label', 'clause', 'promesse'] as const
export type CommitmentFamily = (typeof commitmentFamilies)[number]
export const commitmentFamilyLabels: Record<CommitmentFamily, string> = {
  charte: 'Charte',
  label: 'Label',
  clause: 'Clause',
  promesse: 'Promesse d’inclusion',
}
/** What happened at each version. */
export const commitmentChanges = ['noted', 'corrected', 'ended', 'withdrawn'] as const

const KindRef = {
  id: Id,
  family: oneOf(commitmentFamilies),
  label: Type.String(),
  retired: Type.Boolean({ description: 'Ne se note plus ; ce qui est noté reste lisible' }),
}
const Kind = Type.Object(KindRef)
export const CommitmentKind = Type.Object({ ...KindRef, retiredAt: Nullable(Instant), version: Type.Integer() })
const Kinds = Type.Object({
  items: Type.Array(CommitmentKind),
  mayKeep: Type.Boolean({ description: 'Je tiens cette liste' }),
})

const Dates = { since: Day, until: Nullable(Day) }
const Said = { organisation: OrganisationRef, author: Nullable(PersonRef) }
export const CommitmentVersion = Type.Object({
  version: Type.Integer(),
  change: oneOf(commitmentChanges),
  kindLabel: Type.String(),
  ...Dates,
  evidence: Type.String(),
  reason: Nullable(Type.String()),
  ...Said,
  at: Instant,
})
export const Commitment = Type.Object({
  id: Id,
  siret: Siret,
  kind: Kind,
  ...Dates,
  evidence: Type.String({ description: 'Ce qui l’atteste : un texte ou un lien' }),
  state: oneOf(['current', 'over', 'withdrawn']),
  ...Said,
  notedAt: Instant,
  version: Type.Integer(),
  history: Type.Array(CommitmentVersion, { description: 'Chaque version, la dernière d’abord' }),
  allowed: Type.Array(oneOf(['correct', 'end', 'withdraw'])),
})
const Commitments = Type.Object({
  items: Type.Array(Commitment, { description: 'En cours, puis terminés, puis retirés : 200 au plus' }),
  mayNote: Type.Boolean({ description: 'Je peux en noter ici' }),
})

const ofEstablishment = {
  path: '/establishments/:siret/commitments',
  tag,
  params: Type.Object({ siret: Siret }),
} as const
export const listCommitments = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  summary: 'Les engagements d’un établissement : chartes, labels, clauses, promesses d’inclusion',
  needs: 'fiche-etablissement:consultation',
  reply: Commitments,
  refusals: ['access/outside-perimeter'],
})

const Typed = {
  kindId: Id,
  since: Day,
  until: Type.Optional(Nullable(Day)),
  evidence: Text(500),
}
const days = ['commitment/since-in-future', 'commitment/until-before-since'] as const
const kinds = ['commitment/kind-unknown', 'commitment/kind-retired'] as const
export const noteCommitment = defineRoute({
  ...ofEstablishment,
  method: 'POST',
  writesIn: 'engagements',
  summary: 'Noter un engagement, avec ses dates et ce qui l’atteste',
  needs: 'campagnes:conseiller',
  body: Type.Object(Typed),
  reply: Commitment,
  refusals: ['access/outside-perimeter', 'establishment/unknown', 'commitment/already', ...kinds, ...days],
})

const ofCommitment = {
  method: 'PUT',
  writesIn: 'engagements',
  tag,
  needs: 'campagnes:conseiller',
  params: Type.Object({ commitmentId: Id }),
  versioned: true,
  reply: Commitment,
} as const
export const correctCommitment = defineRoute({
  ...ofCommitment,
  path: '/commitments/:commitmentId',
  summary: 'Corriger un engagement ; la version d’avant reste dans l’historique',
  body: Type.Object(Typed),
  refusals: ['access/outside-perimeter', 'commitment/already', 'commitment/withdrawn', ...kinds, ...days],
})
export const endCommitment = defineRoute({
  ...ofCommitment,
  path: '/commitments/:commitmentId/ending',
  summary: 'Terminer un engagement, à une date et pour un motif',
  body: Type.Object({ until: Day, reason: Text(300) }),
  refusals: ['access/outside-perimeter', 'commitment/withdrawn', 'commitment/over', 'commitment/end-outside'],
})
export const withdrawCommitment = defineRoute({
  ...ofCommitment,
  path: '/commitments/:commitmentId/withdrawal',
  summary: 'Retirer un engagement noté par erreur ; il reste dans l’historique',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['access/outside-perimeter', 'commitment/withdrawn'],
})

const Named = Type.Object({ family: oneOf(commitmentFamilies), label: Line(80) })
export const listCommitmentKinds = defineRoute({
  method: 'GET',
  path: '/commitment-kinds',
  tag,
  summary: 'Les types d’engagement, retirés compris',
  needs: 'signed-in',
  reply: Kinds,
})
const keeping = { tag, needs: 'role:administrateur', reply: CommitmentKind } as const
export const addCommitmentKind = defineRoute({
  ...keeping,
  method: 'POST',
  path: '/commitment-kinds',
  summary: 'Ajouter un type d’engagement',
  body: Named,
  refusals: ['access/role-required', 'commitment/kind-already'],
})
const ofKind = { ...keeping, method: 'PUT', params: Type.Object({ kindId: Id }), versioned: true } as const
export const changeCommitmentKind = defineRoute({
  ...ofKind,
  path: '/commitment-kinds/:kindId',
  summary: 'Renommer un type d’engagement ou changer sa famille, partout où il est noté',
  body: Named,
  refusals: ['access/role-required', 'commitment/kind-already', 'commitment/kind-retired'],
})
export const retireCommitmentKind = defineRoute({
  ...ofKind,
  path: '/commitment-kinds/:kindId/retirement',
  summary: 'Retirer un type d’engagement : il ne se note plus, ce qui est noté reste lisible',
  refusals: ['access/role-required', 'commitment/kind-retired'],
})
export const returnCommitmentKind = defineRoute({
  ...ofKind,
  path: '/commitment-kinds/:kindId/return',
  summary: 'Remettre en usage un type d’engagement retiré',
  refusals: ['access/role-required', 'commitment/kind-already', 'commitment/kind-in-use'],
})
