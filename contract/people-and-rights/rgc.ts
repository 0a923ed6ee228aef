import { Type } from 'typebox'
import { Day, Id, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute } from '../route.ts'
import { RgcEventLine, ToDeclare, tellingAll, Unseen } from './rgc/events.ts'
import { deedFaults, NamedMember } from './rgc/papers.ts'
import {
  AccessConditions,
  Barred,
  Certificate,
  Deed,
  DeedConvention,
  Digest,
  Revocation,
  SignatoryRef,
  Step,
} from './rgc/shapes.ts'
import { UploadId } from './uploads.ts'

export * from './rgc/events.ts'
export { correctPaper, enterDeed, findStructures } from './rgc/papers.ts'
export * from './rgc/shapes.ts'

const DeedParams = Type.Object({ deedId: Id })
const telling = { told: Told }

export const getRgc = defineRoute({
  method: 'GET',
  path: '/rgc',
  tag: 'Gestion des comptes',
  summary: 'Les RGC de ma structure : acte d’engagement, ce qui manque et qui doit agir, départs et absences',
  needs: 'signed-in',
  reply: Type.Object({
    organisation: OrganisationRef,
    gate: Nullable(Type.Array(Step, { description: 'De la personne qui demande, si un acte la nomme' })),
    inPlace: Type.Array(PersonRef, { description: 'Ceux qu’un acte en vigueur désigne' }),
    signatories: Type.Array(SignatoryRef),
    next: Type.Object(
      { commitments: Type.Array(Type.String()), conditions: Nullable(AccessConditions) },
      { description: 'Ce que dira le prochain acte' },
    ),
    conventions: Type.Array(DeedConvention, {
      description:
        'Celles dont un acte peut être l’annexe : en vigueur d’abord, puis celles qui attendent leur signature',
    }),
    deeds: Type.Array(Deed),
    events: Type.Array(RgcEventLine),
    toDeclare: Type.Array(ToDeclare),
    unseen: Type.Array(Unseen),
    revocations: Type.Array(Revocation),
    allowed: Type.Array(oneOf(['propose', 'declare', 'deposit'])),
  }),
})
export const proposeDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds',
  tag: 'Gestion des comptes',
  summary: 'Proposer un acte d’engagement : il remplace l’acte à signer, et part au CSSI une fois signé par tous',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object({
    conventionId: Type.Optional(Nullable(Id)),
    address: Text(300, 5),
    signatoryId: Id,
    signatoryTitle: Text(120),
    conditionsGiven: Type.Literal(true, { description: 'Les conditions générales d’accès ont été remises à chacun' }),
    members: Type.Array(NamedMember, { minItems: 1, maxItems: 10 }),
  }),
  reply: Type.Object({ ...Deed.properties, ...telling }),
  refusals: ['rgc/partner-only', ...deedFaults, 'rgc/no-conditions'],
})
export const signDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/sign',
  tag: 'Gestion des comptes',
  summary: 'Signer un acte d’engagement où l’on est nommé, par son second facteur',
  needs: 'signed-in',
  stepUp: true,
  params: DeedParams,
  body: Type.Object({ digest: Digest }, { additionalProperties: false, description: 'De l’acte tel qu’il a été lu' }),
  reply: Type.Object({ ...Deed.properties, told: Nullable(Told) }),
  refusals: [
    'rgc/not-named',
    'rgc/already-signed',
    'rgc/deed-closed',
    'rgc/permanent-staff-only',
    'rgc/refused-person',
    'rgc/revoked-person',
    'rgc/signatory-alone',
    'rgc/convention-over',
    'rgc/no-longer-signatory',
    'rgc/signatory-changed',
    'rgc/other-text',
  ],
})
export const abandonDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/abandon',
  tag: 'Gestion des comptes',
  summary: 'Renoncer à un acte d’engagement que tous n’ont pas signé',
  needs: 'signed-in',
  stepUp: true,
  params: DeedParams,
  reply: Deed,
  refusals: ['rgc/partner-only', 'rgc/deed-closed'],
})
export const contestDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/contest',
  tag: 'Gestion des comptes',
  summary:
    'Contester un acte signé à la main que l’opérateur a saisi au nom de la structure : il n’a plus d’effet, et ce qu’il avait changé revient',
  needs: 'signed-in',
  stepUp: true,
  params: DeedParams,
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ ...Deed.properties, ...tellingAll }),
  refusals: ['rgc/signatory-only', 'rgc/not-contestable'],
})
export const makeRevocation = defineRoute({
  method: 'POST',
  path: '/rgc/revocations/:revocationId/make',
  tag: 'Gestion des comptes',
  summary: 'Révoquer le RGC dont l’opérateur demande la révocation',
  needs: 'signed-in',
  stepUp: true,
  params: Type.Object({ revocationId: Id }),
  reply: Type.Object({ ...Revocation.properties, ...tellingAll }),
  refusals: ['rgc/partner-only', 'rgc/never-oneself', 'rgc/revocation-made', 'rgc/revocation-withdrawn'],
})

export const listDeeds = defineRoute({
  method: 'GET',
  path: '/rgc/oversight',
  tag: 'Sécurité',
  summary:
    'Pour le CSSI : les actes d’engagement, les attestations, les départs et les révocations de toutes les structures',
  needs: 'role:cssi',
  regional: true,
  query: Type.Object({ q: Type.Optional(Text(200)) }),
  reply: Type.Object({
    waiting: Type.Array(Deed, {
      description: 'Tous ceux qui attendent une réponse, le plus proche de son terme d’abord',
    }),
    deeds: Type.Array(Deed, { description: 'Le dernier envoyé d’abord, 200 au plus ; ceux des structures de ce nom' }),
    uncertified: Type.Array(Type.Object({ person: PersonRef, organisation: OrganisationRef }), {
      description: 'Tous ceux qu’un acte en vigueur désigne et dont l’attestation est à enregistrer',
    }),
    events: Type.Array(RgcEventLine),
    toDeclare: Type.Array(ToDeclare),
    unseen: Type.Array(Unseen),
    revocations: Type.Array(Revocation),
    barred: Type.Array(Barred, { description: 'Qui n’est plus désigné tant que le CSSI ne l’a pas levé' }),
    withoutRgc: Type.Array(OrganisationRef, { description: 'Sous convention en vigueur et sans RGC' }),
  }),
})
export const decideDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/decision',
  tag: 'Sécurité',
  summary: 'Accepter un acte d’engagement, ou le refuser par écrit avec un motif',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  params: DeedParams,
  body: Type.Object({
    kind: oneOf(['acceptation', 'refus']),
    reason: Type.Optional(Nullable(Text(1000))),
    refused: Type.Optional(
      Type.Array(Id, {
        minItems: 1,
        maxItems: 10,
        uniqueItems: true,
        description:
          'Qui est refusé, et n’est plus proposé pour cette structure, tant que le CSSI ne l’a pas levé ; tous ceux que l’acte nomme, à défaut',
      }),
    ),
  }),
  reply: Type.Object({ ...Deed.properties, ...tellingAll }),
  refusals: ['rgc/reason-required', 'rgc/already-decided', 'rgc/convention-over', 'rgc/refused-unknown'],
})
export const recordCertificate = defineRoute({
  method: 'POST',
  path: '/rgc/certificates',
  tag: 'Sécurité',
  summary: 'Enregistrer l’attestation du module RGC reçue d’un RGC',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    issuedOn: Day,
    file: UploadId,
  }),
  reply: Certificate,
  refusals: ['rgc/not-named', 'upload/unknown', 'rgc/certificate-in-future'],
})
export const requireRevocation = defineRoute({
  method: 'POST',
  path: '/rgc/revocations',
  tag: 'Sécurité',
  summary: 'Demander à une structure, par courriel motivé, la révocation d’un RGC',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  body: Type.Object({ accountId: Id, reason: Text(1000, 10) }),
  reply: Type.Object({ ...Revocation.properties, ...telling }),
  refusals: ['rgc/not-in-place', 'rgc/revocation-waiting'],
})
export const withdrawRevocation = defineRoute({
  method: 'POST',
  path: '/rgc/revocations/:revocationId/withdraw',
  tag: 'Sécurité',
  summary: 'Retirer une demande de révocation faite par erreur, tant que la structure ne l’a pas exécutée',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  params: Type.Object({ revocationId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ ...Revocation.properties, ...telling }),
  refusals: ['rgc/revocation-made', 'rgc/revocation-withdrawn'],
})
export const liftBar = defineRoute({
  method: 'POST',
  path: '/rgc/barred/:accountId/lift',
  tag: 'Sécurité',
  summary: 'Permettre qu’une personne refusée ou révoquée soit de nouveau désignée : la structure en est prévenue',
  needs: 'role:cssi',
  regional: true,
  stepUp: true,
  params: Type.Object({ accountId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ lifted: Type.Literal(true), ...telling }),
  refusals: ['rgc/nothing-to-lift'],
})
