import { Type } from 'typebox'
import { Day, Id, Instant, Line, Nullable, OrganisationRef, oneOf, PersonRef, Siret, Text } from '../../common.ts'
import { defineRoute } from '../../route.ts'
import { type ServiceKind, serviceKinds } from '../../territory-and-register/sought.ts'

const tag = 'Services de l’opérateur'
export const serviceKindLabels: Record<ServiceKind, string> = {
  conseil: 'Conseil en recrutement',
  'redaction-offre': 'Rédaction d’offre',
  preselection: 'Présélection',
  'promotion-profil': 'Promotion de profil',
  mrs: 'Recrutement par simulation (MRS)',
  pmsmp: 'Immersion (PMSMP)',
  adaptation: 'Adaptation au poste',
  poei: 'Formation avant embauche (POEI)',
  'contrat-aide': 'Contrat aidé',
  evenement: 'Événement de recrutement',
  afpr: 'Formation avant embauche (AFPR, jusqu’en juin 2024)',
}
export const serviceResults = ['en-cours', 'abouti', 'sans-suite', 'annule', 'non-connu'] as const
export type ServiceResult = (typeof serviceResults)[number]
export const serviceResultLabels: Record<ServiceResult, string> = {
  'en-cours': 'En cours',
  abouti: 'Abouti',
  'sans-suite': 'Sans suite',
  annule: 'Annulé',
  'non-connu': 'Résultat non connu',
}
/** What happened at each version. */
export const serviceChanges = ['imported', 'entered', 'corrected', 'withdrawn'] as const
/**
 * By the network's definitions, over the last twelve months and the twelve before: used in both, in the last alone, in
 * those before alone, in neither.
 */
export const serviceUses = ['faithful', 'new', 'lost', 'none'] as const
export type ServiceUse = (typeof serviceUses)[number]

const Said = {
  organisation: Type.Union([OrganisationRef, Type.Null()], { description: 'Absente d’un import' }),
  author: Nullable(PersonRef),
}
const Told = {
  kind: oneOf(serviceKinds),
  usedOn: Day,
  endedOn: Nullable(Day),
  result: oneOf(serviceResults),
  words: Nullable(Type.String()),
}
const Facts = {
  id: Id,
  siret: Siret,
  establishmentName: Nullable(Type.String()),
  ...Told,
  source: Type.Enum(['import', 'entered'], { type: 'string', description: 'Fichier de l’opérateur, ou saisie' }),
  ...Said,
  recordedAt: Instant,
  withdrawnAt: Type.Union([Instant, Type.Null()], {
    description: 'Retiré, car noté par erreur : il reste lisible, barré',
  }),
  version: Type.Integer(),
}
/** As the history of an employer tells it. */
export const ServiceLine = Type.Object(Facts)
const Service = Type.Object({
  ...Facts,
  history: Type.Array(
    Type.Object({
      version: Type.Integer(),
      siret: Siret,
      change: oneOf(serviceChanges),
      ...Told,
      reason: Nullable(Type.String()),
      ...Said,
      at: Instant,
    }),
    { description: 'Chaque version, la dernière d’abord, avec l’établissement qu’elle disait' },
  ),
  allowed: Type.Array(oneOf(['correct', 'withdraw'])),
})
const Services = Type.Object({
  items: Type.Array(Service, { description: 'Les plus récents d’abord, 200 au plus' }),
  total: Type.Integer({
    description: 'Combien il y en a ; au-delà de 200, l’historique de l’employeur les donne tous',
  }),
  use: oneOf(serviceUses),
  mayEnter: Type.Boolean({ description: 'Je peux en saisir ici' }),
})

const ofEstablishment = { tag, params: Type.Object({ siret: Siret }) } as const
export const listServices = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  path: '/establishments/:siret/services',
  summary: 'Les services de l’opérateur qu’un établissement a utilisés : lesquels, quand, avec quel résultat',
  needs: 'fiche-etablissement:consultation',
  reply: Services,
  refusals: ['access/outside-perimeter'],
})
export const listRecruitmentServices = defineRoute({
  ...ofEstablishment,
  method: 'GET',
  path: '/establishments/:siret/recruitment/services',
  summary: 'Les services utilisés, dans la fiche de recrutement',
  needs: 'fiche-recrutement:consultation',
  background: true,
  readsEmployer: 'recruitment.read',
  reply: Services,
  refusals: ['access/outside-perimeter'],
})

const Typed = {
  kind: oneOf(serviceKinds),
  usedOn: Day,
  endedOn: Type.Optional(Nullable(Day)),
  result: oneOf(serviceResults),
  words: Type.Optional(Nullable(Line(200))),
}
const ruled = [
  'access/outside-perimeter',
  'operator-service/operator-only',
  'operator-service/already',
  'operator-service/days',
  'operator-service/past-label',
] as const
export const enterService = defineRoute({
  ...ofEstablishment,
  method: 'POST',
  path: '/establishments/:siret/services',
  summary: 'Saisir un service que l’établissement a utilisé',
  needs: 'fiche-etablissement:conseiller',
  body: Type.Object(Typed),
  reply: Service,
  refusals: [...ruled, 'establishment/unknown'],
})
const ofService = {
  method: 'PUT',
  tag,
  needs: 'fiche-etablissement:conseiller',
  params: Type.Object({ serviceId: Id }),
  versioned: true,
  reply: Service,
} as const
export const correctService = defineRoute({
  ...ofService,
  path: '/services/:serviceId',
  summary: 'Corriger un service, pour un motif ; ce qui était noté reste dans l’historique',
  body: Type.Object({ ...Typed, reason: Text(300) }),
  refusals: [...ruled, 'operator-service/withdrawn'],
})
export const withdrawService = defineRoute({
  ...ofService,
  path: '/services/:serviceId/withdrawal',
  summary: 'Retirer un service noté par erreur ; il reste lisible, barré',
  body: Type.Object({ reason: Text(300) }),
  refusals: ['access/outside-perimeter', 'operator-service/operator-only', 'operator-service/withdrawn'],
})
