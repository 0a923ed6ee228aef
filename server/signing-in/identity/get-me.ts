import * as contract from '../../../contract/signing-in/identity.ts'
import { conditionsDue } from '../../agreement/texts/documents.queries.ts'
import { action } from '../../platform/action.ts'
import { firstIsOpen } from './enrolment.policy.ts'
import { ownFirstFactors, ownRights } from './identity.queries.ts'
import { missingOf } from './missing-conditions.ts'
import { firstEnrolment, ownFactors, unusedRecoveryCodes } from './second-factors.queries.ts'

const instant = (text: string) => new Date(text).toISOString()
const plus = (text: string, minutes: number) => new Date(Date.parse(text) + minutes * 60_000)
const sessionMinutes = 12 * 60
const stepUpMinutes = 10

export const getMe = action(contract.getMe, {
  load: async (_input, { db }) => {
    const [held, factors, codesLeft, first, toAccept, enrolment] = await Promise.all([
      ownRights(db),
      ownFactors(db),
      unusedRecoveryCodes(db),
      ownFirstFactors(db),
      conditionsDue(db),
      firstEnrolment(db),
    ])
    return { held, factors, codesLeft, first, toAccept, enrolment }
  },
  may: () => true,
  run: async ({ held, factors, codesLeft, first, toAccept, enrolment }, _input, { viewer, now }) => {
    const steppedUpUntil = viewer.provenAt ? plus(viewer.provenAt, stepUpMinutes) : null
    const rights = held.filter(h => h.missing.length === 0)
    const enrolmentOpen = firstIsOpen(viewer, enrolment, now)
    const missing = missingOf({ held, factors, codesLeft, toAccept, enrolmentOpen }, viewer)
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
      roles: [...new Set(viewer.roles.map(r => r.role))],
      missing,
    }
  },
})
