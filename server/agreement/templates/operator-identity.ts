import type { Static } from 'typebox'
import * as contract from '../../../contract/agreement/conventions.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { announce } from '../../notifications/announce.ts'
import { action } from '../../platform/action.ts'
import { found, Refused } from '../../platform/errors.ts'
import { parseSiret, siretText } from '../../platform/siret.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { mayChangeOperator } from './operator-identity.policy.ts'
import { changeOperator, type OperatorRow, operatorIdentities } from './operator-identity.queries.ts'

const reply = (viewer: Viewer, rows: readonly OperatorRow[]): Static<typeof contract.getOperatorIdentity.reply> => ({
  version: rows[0]?.version ?? 0,
  history: rows.map(row => ({ ...row, siret: siretText(row.siret), recordedAt: row.recordedAt.toISOString() })),
  allowed: mayChangeOperator(viewer) === true ? ['change'] : [],
})

export const getOperatorIdentity = action(contract.getOperatorIdentity, {
  load: (_input, { db }) => operatorIdentities(db),
  may: () => true, // the database answers whoever reads the model
  run: async (rows, _input, { viewer }) => reply(viewer, rows),
})

const changedNotice = ({ cause, name, siret, address, reason }: OperatorRow) =>
  ({
    kind: 'operator-identity',
    subject: 'L’identité de l’opérateur change dans les conventions',
    text: `L’opérateur a ${
      cause === 'correction' ? 'corrigé' : 'mis à jour'
    } son identité dans les conventions : ${name}, SIRET ${siretText(siret)}, ${address}.\n\nMotif : ${reason}\n\nCe qui est signé ne change pas. Les documents composés désormais disent cette identité.`,
  }) as const

/**
 * AGR-15, AGR-1: who the operator is follows a correction, a change of name, of SIRET or of address, with its day.
 * Drafts are composed again; what was sent or signed keeps what it said.
 */
export const changeOperatorIdentity = action(contract.changeOperatorIdentity, {
  load: (_input, { db }) => operatorIdentities(db),
  may: viewer => mayChangeOperator(viewer),
  run: async (rows, { body, ifMatch }, context) => {
    const { db, viewer } = context
    const seen = rows[0]?.version ?? 0
    if (ifMatch !== seen) throw new Refused('request/changed-meanwhile', { current: reply(viewer, rows) })
    const siret = parseSiret(body.siret)
    if (siret === undefined) throw new Refused('partner/siret-wrong')
    const { cause, since } = body
    const asked = { cause, since, siret, name: body.name.trim(), address: body.address.trim() }
    const outcome = await changeOperator(db, seen, { ...asked, reason: body.reason.trim() })
    if (outcome) throw new Refused(refusedFor(outcome))
    const now = await operatorIdentities(db)
    const after = found(now[0])
    const partners = await announce(0, changedNotice(after), context)
    return {
      reply: { ...reply(viewer, now), partners },
      audit: [
        {
          action: 'operator.identity-changed',
          subject: ['organisation', viewer.organisationId],
          detail: {
            cause: after.cause,
            before: rows[0] ? said(rows[0]) : null,
            after: said(after),
            reason: after.reason,
            partners,
          },
        },
      ],
    }
  },
})
const said = ({ version, since, siret, name, address }: OperatorRow) => ({
  version,
  since,
  siret: siretText(siret),
  name,
  address,
})
/** What change_operator_identity answers. */
const outcomes = [
  'partner/siret-taken',
  'structure/identity-unchanged',
  'structure/identity-before-last',
  'convention/day-in-future',
  'request/changed-meanwhile',
] as const satisfies readonly RefusalCode[]
const refusedFor = (outcome: string): RefusalCode => outcomes.find(code => code === outcome) ?? 'access/role-required'
