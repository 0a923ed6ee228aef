import type { MissingTerm } from '../../../contract/route.ts'
import * as contract from '../../../contract/signing-in/identity.ts'
import { conditionsDue } from '../../agreement/texts/documents.queries.ts'
import { countUnread } from '../../notifications/notifications.queries.ts'
import { action } from '../../platform/action.ts'
import { holdsRole, stepUpMinutes, type Viewer } from '../../platform/viewer.ts'
import { firstIsOpen } from './enrolment.policy.ts'
import { ownFirstFactors, ownRights, structureIsManaged } from './identity.queries.ts'
import { firstEnrolment, ownFactors, unusedRecoveryCodes } from './second-factors.queries.ts'

const instant = (text: string) => new Date(text).toISOString()
const plus = (text: string, minutes: number) => new Date(Date.parse(text) + minutes * 60_000)
const sessionMinutes = 12 * 60

const rgc = 'Le responsable de gestion de comptes (RGC) de votre structure.'
const noManager = 'Votre structure n’a pas encore de responsable de gestion de comptes (RGC)'
const here = 'Vous, dans ce service.'
const administrators = 'Les administrateurs de l’opérateur, qui publient les textes et l’annexe 4.'
/** Reasons why a grant opens nothing, and who can help (ACC-7). */
const termsInWords = {
  account: { sentence: 'Votre compte n’est pas actif.', whoActs: rgc },
  block: {
    sentence: 'Votre accès est bloqué le temps d’une vérification.',
    whoActs: 'Le correspondant sécurité de l’opérateur (CSSI), après vérification.',
  },
  convention: {
    sentence: 'Votre structure n’a pas de convention en vigueur.',
    whoActs: 'Le signataire de votre structure et la direction régionale de l’opérateur.',
  },
  contract: { sentence: 'Le contrat au titre duquel vous intervenez est terminé.', whoActs: rgc },
  inactivity: { sentence: 'Vos habilitations sont suspendues après deux mois sans activité.', whoActs: rgc },
  cgu: { sentence: 'Les conditions générales d’utilisation sont à accepter.', whoActs: here },
  confidentialite: { sentence: 'Les règles de confidentialité sont à accepter.', whoActs: here },
  securite: { sentence: 'Les règles de sécurité sont à lire.', whoActs: here },
  'cgu-unpublished': {
    sentence: 'L’opérateur n’a pas encore publié les conditions générales d’utilisation.',
    whoActs: administrators,
  },
  'confidentialite-unpublished': {
    sentence: 'L’opérateur n’a pas encore publié les règles de confidentialité.',
    whoActs: administrators,
  },
  'securite-unpublished': {
    sentence: 'L’opérateur n’a pas encore publié les règles de sécurité.',
    whoActs: administrators,
  },
  'cpu-unpublished': {
    sentence: 'L’opérateur n’a pas encore publié les conditions particulières d’un outil.',
    whoActs: administrators,
  },
  'annex-4-unpublished': {
    sentence: 'L’opérateur n’a pas encore publié la liste des outils communs (annexe 4).',
    whoActs: administrators,
  },
  awareness: {
    sentence: 'Votre sensibilisation à la sécurité date de plus d’un an.',
    whoActs:
      'Le responsable de la formation ou le RGC de votre structure, ou le correspondant sécurité de l’opérateur (CSSI).',
  },
  'annex-4': {
    sentence: 'Un outil que votre habilitation ouvre ne fait pas partie des outils communs.',
    whoActs: 'L’opérateur, qui tient la liste des outils (annexe 4).',
  },
  'sign-in': {
    sentence:
      'Les directives de l’opérateur n’acceptent pas, pour ce profil, le moyen par lequel vous vous êtes connecté.',
    whoActs: 'Vous, en vous reconnectant avec ProConnect et un second facteur.',
  },
  cpu: { sentence: 'Les conditions particulières d’un outil sont à accepter.', whoActs: here },
  perimeter: { sentence: 'Le périmètre d’une habilitation sort des territoires de votre structure.', whoActs: rgc },
  confirmation: {
    sentence: 'Votre compte, ou une habilitation, attend qu’une seconde personne le confirme.',
    whoActs: 'Un autre RGC de votre structure, ou son signataire.',
  },
} satisfies Record<MissingTerm, { sentence: string; whoActs: string }>

interface Situation {
  readonly held: readonly { readonly missing: readonly MissingTerm[] }[]
  readonly factors: readonly unknown[]
  readonly codesLeft: number
  readonly toAccept: boolean
  readonly enrolmentOpen: boolean
  /** Somebody manages the accounts of the structure. */
  readonly managed: boolean
}
/** All that keeps a person from working, in the order to settle it, each with who can act. */
const missingOf = ({ held, factors, codesLeft, toAccept, enrolmentOpen, managed }: Situation, viewer: Viewer) => {
  const terms = [...new Set(held.flatMap(h => h.missing))]
  const conditions = [
    {
      when: viewer.state === 'second-factor-required' && factors.length === 0 && !enrolmentOpen,
      code: 'second-factor/code',
      sentence: 'Saisissez le code qui vous est remis de vive voix, puis enregistrez un second facteur.',
      whoActs: managed
        ? 'Le responsable de gestion de comptes (RGC) de votre structure, qui vous remet ce code de vive voix.'
        : `${noManager} : adressez-vous à la direction régionale de l’opérateur si vous en êtes le signataire, à son correspondant sécurité (CSSI) si un acte d’engagement vous désigne.`,
    },
    {
      when: viewer.state === 'second-factor-required' && factors.length === 0 && enrolmentOpen,
      code: 'second-factor/enrol',
      sentence: 'Enregistrez un second facteur : une clé d’accès ou une application de codes.',
      whoActs: 'Vous, sur cette page.',
    },
    {
      when: viewer.state === 'second-factor-required' && factors.length > 0,
      code: 'second-factor/prove',
      sentence: 'Confirmez votre identité par votre second facteur.',
      whoActs: 'Vous, sur cette page.',
    },
    {
      when: viewer.state === 'locked',
      code: 'session/locked',
      sentence: 'La session est verrouillée après trente minutes sans activité.',
      whoActs: 'Vous, par votre second facteur.',
    },
    {
      when: toAccept,
      code: 'conditions/to-accept',
      sentence: 'Des conditions d’utilisation sont à lire et à accepter avant d’aller plus loin.',
      whoActs: here,
    },
    {
      when:
        viewer.state === 'active' &&
        held.length === 0 &&
        viewer.roles.length === 0 &&
        !viewer.refusedAudiences.includes('fonction'),
      code: 'grant/none',
      sentence: 'Votre compte n’a pas d’habilitation.',
      whoActs: rgc,
    },
    ...terms.map(term => ({ when: true, code: `grant/${term}`, ...termsInWords[term] })),
    {
      when: viewer.state === 'active' && viewer.refusedAudiences.includes('fonction'),
      code: 'role/sign-in',
      sentence:
        'Les directives de l’opérateur n’acceptent pas, pour votre fonction, le moyen par lequel vous vous êtes connecté.',
      whoActs: termsInWords['sign-in'].whoActs,
    },
    {
      when: viewer.state === 'active' && factors.length > 0 && codesLeft === 0,
      code: 'recovery-codes/none',
      sentence: 'Il ne vous reste aucun code de secours : demandez-en de nouveaux.',
      whoActs: 'Vous, dans « Mon compte ».',
    },
  ]
  return conditions
    .filter(c => c.when)
    .map(({ when: _, whoActs, ...condition }) => ({
      ...condition,
      whoActs:
        whoActs === rgc && !managed
          ? `${noManager} : son signataire en désigne un, par un acte d’engagement.`
          : whoActs,
    }))
}

export const getMe = action(contract.getMe, {
  load: async (_input, { db }) => {
    const [held, factors, codesLeft, first, toAccept, enrolment, unread, managed] = await Promise.all([
      ownRights(db),
      ownFactors(db),
      unusedRecoveryCodes(db),
      ownFirstFactors(db),
      conditionsDue(db),
      firstEnrolment(db),
      countUnread(db),
      structureIsManaged(db),
    ])
    return { held, factors, codesLeft, first, toAccept, enrolment, unread, managed }
  },
  may: () => true,
  run: async ({ held, factors, codesLeft, first, toAccept, enrolment, unread, managed }, _input, { viewer, now }) => {
    const steppedUpUntil = viewer.provenAt ? plus(viewer.provenAt, stepUpMinutes) : null
    const rights = held.filter(h => h.missing.length === 0)
    const enrolmentOpen = firstIsOpen(viewer, enrolment, now)
    const missing = missingOf({ held, factors, codesLeft, toAccept, enrolmentOpen, managed }, viewer)
    return {
      account: {
        id: viewer.accountId,
        givenName: viewer.givenName,
        familyName: viewer.familyName,
        function: viewer.function,
      },
      organisation: { id: viewer.organisationId, name: viewer.organisationName, kind: viewer.organisationKind },
      session: {
        id: viewer.sessionId,
        state: viewer.state,
        signedInAt: instant(viewer.signedInAt),
        endsAt: plus(viewer.signedInAt, sessionMinutes).toISOString(),
        lockedAfterMinutes: 30,
        steppedUpUntil: steppedUpUntil && steppedUpUntil > now ? steppedUpUntil.toISOString() : null,
      },
      factors: {
        first: {
          by: first.find(s => s.id === viewer.sessionId)?.signedInBy ?? 'proconnect',
          acr: viewer.acr,
          amr: [...viewer.amr],
        },
        second: viewer.secondFactor ? { by: viewer.secondFactor, at: instant(viewer.secondFactorAt!) } : null,
        enrolled: factors.map(({ id, kind, label }) => ({ id, kind, label })),
        enrolmentOpen,
        recoveryCodesLeft: codesLeft,
        password: first.some(s => s.hasPassword),
      },
      rights: rights.map(({ tool, profile, reason, startsOn, endsOn, ...territory }) => ({
        tool: tool as 'campagnes',
        profile: profile as 'conseiller',
        territory: { ...territory, kind: territory.kind as 'epci' },
        reason,
        since: startsOn,
        until: endsOn,
      })),
      roles: [...new Set(viewer.roles.map(r => r.role))].filter(role => holdsRole(viewer, role)),
      rolesOfRegions: viewer.roles.flatMap(({ role, regionId }) =>
        regionId === null || role === 'direction-regionale' ? [] : [{ role, regionId }],
      ),
      categories: [...viewer.categories],
      missing,
      unread,
    }
  },
})
