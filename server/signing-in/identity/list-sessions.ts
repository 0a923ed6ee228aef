import * as contract from '../../../contract/signing-in/identity.ts'
import { action } from '../../platform/action.ts'
import { openSessions } from './identity.queries.ts'

const idleMinutes = 30

export const listSessions = action(contract.listSessions, {
  load: (_input, { db }) => openSessions(db),
  may: () => true,
  run: async (sessions, _input, { viewer, now }) => ({
    items: sessions.map(s => ({
      id: s.id,
      current: s.id === viewer.sessionId,
      device: s.device,
      signedInAt: s.createdAt.toISOString(),
      lastSeenAt: s.lastSeenAt.toISOString(),
      endsAt: new Date(s.createdAt.getTime() + 12 * 3600_000).toISOString(),
      state:
        s.secondFactor === null
          ? ('second-factor-required' as const)
          : now.getTime() - s.lastSeenAt.getTime() > idleMinutes * 60_000
            ? ('locked' as const)
            : ('active' as const),
    })),
    next: null,
  }),
})
