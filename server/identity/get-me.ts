import * as contract from '../../contract/identity.ts'
import { action } from '../platform/action.ts'
import { ownFirstFactors, ownRights } from './identity.queries.ts'
import { ownFactors, unusedRecoveryCodes } from './second-factors.queries.ts'

const instant = (text: string) => new Date(text).toISOString()
const plus = (text: string, minutes: number) => new Date(Date.parse(text) + minutes * 60_000)
const sessionMinutes = 12 * 60
const stepUpMinutes = 10

export const getMe = action(contract.getMe, {
  load: async (_input, { db, today }) => {
    const [rights, factors, codesLeft, first] = await Promise.all([ownRights(db, today), ownFactors(db), unusedRecoveryCodes(db), ownFirstFactors(db)])
    return { rights, factors, codesLeft, first }
  },
  may: () => true,
  run: async ({ rights, factors, codesLeft, first }, _input, { viewer, now }) => {
    const steppedUpUntil = viewer.provenAt ? plus(viewer.provenAt, stepUpMinutes) : null
    const missing = [
      ...(viewer.state === 'second-factor-required' && factors.length === 0 ? [{ code: 'second-factor/enrol', sentence: 'Enregistrez un second facteur : une clé d’accès ou une application de codes.', whoActs: 'Vous, sur cette page.' }] : []),
      ...(viewer.state === 'second-factor-required' && factors.length > 0 ? [{ code: 'second-factor/prove', sentence: 'Confirmez votre identité par votre second facteur.', whoActs: 'Vous, sur cette page.' }] : []),
      ...(viewer.state === 'locked' ? [{ code: 'session/locked', sentence: 'La session est verrouillée après trente minutes sans activité.', whoActs: 'Vous, par votre second facteur.' }] : []),
      ...(viewer.state === 'active' && rights.length === 0 ? [{ code: 'grant/none', sentence: 'Votre compte n’a pas encore d’habilitation.', whoActs: 'Le responsable de gestion de comptes (RGC) de votre structure.' }] : []),
      ...(viewer.state === 'active' && factors.length > 0 && codesLeft === 0 ? [{ code: 'recovery-codes/none', sentence: 'Il ne vous reste aucun code de secours : demandez-en de nouveaux.', whoActs: 'Vous, dans « Mon compte ».' }] : []),
    ]
    return {
      account: { id: viewer.accountId, givenName: viewer.givenName, familyName: viewer.familyName, function: viewer.function },
      organisation: { id: viewer.organisationId, name: viewer.organisationName, kind: viewer.organisationKind },
      session: {
        id: viewer.sessionId, state: viewer.state, signedInAt: instant(viewer.signedInAt), endsAt: plus(viewer.signedInAt, sessionMinutes).toISOString(), lockedAfterMinutes: 30,
        steppedUpUntil: steppedUpUntil && steppedUpUntil > now ? steppedUpUntil.toISOString() : null,
      },
      factors: {
        first: { by: first.find(s => s.id === viewer.sessionId)?.signedInBy ?? 'proconnect', acr: viewer.acr, amr: [...viewer.amr] },
        second: viewer.secondFactor ? { by: viewer.secondFactor, at: instant(viewer.secondFactorAt!) } : null,
        enrolled: factors.map(({ id, kind, label }) => ({ id, kind, label })), recoveryCodesLeft: codesLeft, password: first.some(s => s.hasPassword),
      },
      rights: rights.map(({ tool, profile, reason, startsOn, endsOn, ...territory }) => ({ tool: tool as 'campagnes', profile: profile as 'conseiller', territory: { ...territory, kind: territory.kind as 'epci' }, reason, since: startsOn, until: endsOn })),
      missing,
    }
  },
})
