import { Type } from 'typebox'
import { Day, Id, Instant, Nullable, OrganisationRef, oneOf, PersonRef, Text } from '../common.ts'
import { Told } from '../notices.ts'
import { defineRoute, fileBodyLimit } from '../route.ts'

/** Conditions that a partner's account manager can lack before the tool opens (convention, annex 1, 1.1). */
export const rgcTerms = ['convention', 'deed', 'certificate', 'cgu', 'second-factor', 'block'] as const
export type RgcTerm = (typeof rgcTerms)[number]
export const deedStates = ['a-signer', 'abandonne', 'en-attente', 'refuse', 'en-vigueur'] as const
export const rgcPositions = ['titulaire', 'suppleant'] as const
export const rgcEventKinds = ['depart', 'changement-de-fonction', 'absence'] as const
/** Only the first may be designated (annex 1, 1.1). */
export const staffKinds = ['permanent', 'prestataire', 'interimaire', 'autre-organisme'] as const

const Step = Type.Object({
  term: oneOf(rgcTerms),
  done: Type.Boolean(),
  sentence: Type.String(),
  whoActs: Type.String(),
})
export const DeedMember = Type.Object({
  person: PersonRef,
  position: oneOf(rgcPositions),
  givenName: Type.String(),
  familyName: Type.String(),
  telephone: Type.String(),
  email: Type.String(),
  bornOn: Nullable(Day),
  signedAt: Nullable(Instant),
})
export const Deed = Type.Object({
  id: Id,
  organisation: OrganisationRef,
  organisationName: Type.String(),
  siret: Type.String(),
  address: Type.String(),
  signatory: Type.Object({ person: PersonRef, title: Type.String(), signedAt: Nullable(Instant) }),
  members: Type.Array(DeedMember),
  state: oneOf(deedStates),
  createdAt: Instant,
  sentAt: Nullable(Instant),
  silenceAcceptsAt: Nullable(Instant),
  decision: Nullable(
    Type.Object({ kind: oneOf(['acceptation', 'refus']), reason: Nullable(Type.String()), by: PersonRef, at: Instant }),
  ),
  allowed: Type.Array(oneOf(['sign', 'abandon', 'accept', 'refuse', 'download'])),
})
export const RgcEventLine = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  kind: oneOf(rgcEventKinds),
  lastDay: Nullable(Day),
  absentFrom: Nullable(Day),
  backOn: Nullable(Day),
  knownOn: Day,
  declareBy: Day,
  late: Type.Boolean(),
  rightsEndAt: Instant,
  declaredAt: Instant,
})
/**
 * Known and not declared yet: noted by somebody; without `id`, an absence that two months without an act let appear.
 */
export const ToDeclare = Type.Object({
  id: Nullable(Id),
  person: PersonRef,
  organisation: OrganisationRef,
  kind: oneOf(rgcEventKinds),
  knownOn: Day,
  declareBy: Day,
  late: Type.Boolean(),
  allowed: Type.Array(Type.Literal('withdraw')),
})
export const Revocation = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  reason: Type.String(),
  requiredAt: Instant,
  madeAt: Nullable(Instant),
  allowed: Type.Array(Type.Literal('make')),
})
export const Certificate = Type.Object({
  id: Id,
  person: PersonRef,
  organisation: OrganisationRef,
  issuedOn: Day,
  fileName: Type.String(),
  recordedAt: Instant,
})
const DeedParams = Type.Object({ deedId: Id })
/** Who was told of it; and, when nobody is left to manage the accounts, who was told of that. */
const telling = { told: Told }
const tellingAll = { told: Told, nobodyLeft: Nullable(Told) }
const refusedDeed = ['rgc/partner-only', 'rgc/signatory-unknown'] as const

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
    signatories: Type.Array(PersonRef),
    deeds: Type.Array(Deed),
    events: Type.Array(RgcEventLine),
    toDeclare: Type.Array(ToDeclare),
    revocations: Type.Array(Revocation),
    allowed: Type.Array(oneOf(['propose', 'declare'])),
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
    address: Text(300, 5),
    signatoryId: Id,
    signatoryTitle: Text(120),
    conditionsGiven: Type.Literal(true, { description: 'Les conditions générales d’accès ont été remises à chacun' }),
    members: Type.Array(
      Type.Object(
        {
          position: oneOf(rgcPositions),
          givenName: Text(100),
          familyName: Text(100),
          bornOn: Day,
          telephone: Type.String({ maxLength: 20, pattern: '^\\+?[0-9][0-9 .]{7,18}$' }),
          email: Type.String({ format: 'email', maxLength: 254 }),
          staff: oneOf(staffKinds),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 10 },
    ),
  }),
  reply: Type.Object({ ...Deed.properties, ...telling }),
  refusals: [
    ...refusedDeed,
    'rgc/shared-mailbox',
    'rgc/permanent-staff-only',
    'rgc/not-of-the-structure',
    'rgc/titular-required',
    'rgc/named-twice',
    'rgc/birth-date-unlikely',
    'rgc/changed-meanwhile',
  ],
})
export const signDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/sign',
  tag: 'Gestion des comptes',
  summary: 'Signer un acte d’engagement où l’on est nommé, par son second facteur',
  needs: 'signed-in',
  stepUp: true,
  params: DeedParams,
  reply: Type.Object({ ...Deed.properties, told: Nullable(Told) }),
  refusals: ['rgc/not-named', 'rgc/already-signed', 'rgc/deed-closed'],
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
  refusals: [...refusedDeed, 'rgc/deed-closed'],
})
export const declareRgcEvent = defineRoute({
  method: 'POST',
  path: '/rgc/events',
  tag: 'Gestion des comptes',
  summary: 'Déclarer au CSSI le départ, le changement de fonction ou l’absence de plus de deux mois d’un RGC',
  needs: 'signed-in',
  stepUp: true,
  body: Type.Object(
    {
      accountId: Id,
      kind: oneOf(rgcEventKinds),
      lastDay: Type.Optional(Nullable(Day)),
      knownOn: Type.Optional(Nullable(Day)),
      absentFrom: Type.Optional(Nullable(Day)),
      backOn: Type.Optional(Nullable(Day)),
      foreseenOn: Type.Optional(Nullable(Day)),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ ...RgcEventLine.properties, ...tellingAll }),
  refusals: ['rgc/partner-only', 'rgc/not-in-place', 'rgc/event-dates', 'rgc/absence-short'],
})
export const noteRgcEvent = defineRoute({
  method: 'POST',
  path: '/rgc/known-events',
  tag: 'Gestion des comptes',
  summary:
    'Noter qu’un départ, un changement de fonction ou une longue absence est connu, avant sa déclaration : les huit jours sont rappelés',
  needs: 'signed-in',
  body: Type.Object({ accountId: Id, kind: oneOf(rgcEventKinds), knownOn: Day }, { additionalProperties: false }),
  reply: ToDeclare,
  refusals: ['rgc/not-yours-to-note', 'rgc/not-in-place', 'rgc/event-dates', 'rgc/already-noted'],
})
export const withdrawKnownEvent = defineRoute({
  method: 'POST',
  path: '/rgc/known-events/:eventId/withdraw',
  tag: 'Gestion des comptes',
  summary: 'Retirer ce qui a été noté à tort : ce n’est plus à déclarer',
  needs: 'signed-in',
  params: Type.Object({ eventId: Id }),
  body: Type.Object({ reason: Text(500) }, { additionalProperties: false }),
  reply: Type.Object({ withdrawn: Type.Literal(true) }),
  refusals: ['rgc/not-yours-to-note', 'rgc/already-withdrawn'],
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
  refusals: ['rgc/partner-only', 'rgc/never-oneself', 'rgc/revocation-made'],
})

export const listDeeds = defineRoute({
  method: 'GET',
  path: '/rgc/oversight',
  tag: 'Sécurité',
  summary:
    'Pour le CSSI : les actes d’engagement, les attestations, les départs et les révocations de toutes les structures',
  needs: 'role:cssi',
  reply: Type.Object({
    deeds: Type.Array(Deed, { description: 'Le dernier envoyé d’abord, 200 au plus' }),
    certificates: Type.Array(Certificate),
    events: Type.Array(RgcEventLine),
    toDeclare: Type.Array(ToDeclare),
    revocations: Type.Array(Revocation),
    withoutRgc: Type.Array(OrganisationRef, { description: 'Sous convention en vigueur et sans RGC' }),
  }),
})
export const decideDeed = defineRoute({
  method: 'POST',
  path: '/rgc/deeds/:deedId/decision',
  tag: 'Sécurité',
  summary: 'Accepter un acte d’engagement, ou le refuser par écrit avec un motif',
  needs: 'role:cssi',
  stepUp: true,
  params: DeedParams,
  body: Type.Object({ kind: oneOf(['acceptation', 'refus']), reason: Type.Optional(Nullable(Text(1000))) }),
  reply: Type.Object({ ...Deed.properties, ...tellingAll }),
  refusals: ['rgc/reason-required', 'rgc/already-decided'],
})
export const recordCertificate = defineRoute({
  method: 'POST',
  path: '/rgc/certificates',
  bodyLimit: fileBodyLimit,
  tag: 'Sécurité',
  summary: 'Enregistrer l’attestation du module RGC reçue d’un RGC',
  needs: 'role:cssi',
  stepUp: true,
  body: Type.Object({
    accountId: Id,
    issuedOn: Day,
    fileName: Text(200),
    content: Type.String({
      minLength: 8,
      maxLength: 1900000,
      pattern: '^[A-Za-z0-9+/]+={0,2}$',
      description: 'PDF, en base 64, 1,4 Mo au plus',
    }),
  }),
  reply: Certificate,
  refusals: ['rgc/not-named', 'rgc/certificate-not-pdf', 'rgc/certificate-in-future'],
})
export const requireRevocation = defineRoute({
  method: 'POST',
  path: '/rgc/revocations',
  tag: 'Sécurité',
  summary: 'Demander à une structure, par courriel motivé, la révocation d’un RGC',
  needs: 'role:cssi',
  stepUp: true,
  body: Type.Object({ accountId: Id, reason: Text(1000, 10) }),
  reply: Type.Object({ ...Revocation.properties, ...telling }),
  refusals: ['rgc/not-in-place', 'rgc/revocation-waiting'],
})
