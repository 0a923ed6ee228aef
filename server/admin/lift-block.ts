import { parseArgs } from 'node:util'
import { tellRoles } from '../notifications/tell.ts'
import { liftedNotice } from '../oversight/security/block-reply.ts'
import { openBlocksOf, saveLiftedByCommand } from '../oversight/security/security.queries.ts'
import { findAccountByEmail } from '../people-and-rights/accounts/accounts.queries.ts'
import { appendAudit } from '../platform/audit.ts'
import type { Db } from '../platform/database.ts'
import { isUuid, uuidv7 } from '../platform/ids.ts'
import { systemClock } from '../platform/time.ts'
import { type Act, Misuse } from './command.ts'

/**
 * When nobody of the service can: the last CSSI is gone, or cut off. Each block is lifted on the same verdict, its
 * structure told as by a CSSI.
 */
export const liftBlock = async (db: Db, args: string[], act: Act) => {
  const {
    values,
    positionals: [account, ...others],
  } = parseArgs({ args, allowPositionals: true, options: { reason: { type: 'string' } } })
  const verdict = values.reason?.trim() ?? ''
  if (!account || others.length > 0) throw new Misuse('le compte manque : son numéro ou son courriel')
  if (verdict.length < 10 || verdict.length > 500)
    throw new Misuse('--reason manque : le constat, de dix à cinq cents caractères')
  const accountId = isUuid(account) ? account : (await findAccountByEmail(db, account))?.accountId
  const open = accountId ? await openBlocksOf(db, accountId) : []
  if (!accountId || open.length === 0)
    throw new Error('rien n’est coupé de ce compte, ou il n’existe pas : rien n’a été changé')
  const now = systemClock()
  for (const block of open) {
    await saveLiftedByCommand(db, block.id, verdict, now)
    const told = await tellRoles(db, { organisationId: block.organisation.id }, liftedNotice(block, verdict), {
      newId: uuidv7,
      now,
      service: true,
    })
    await appendAudit(
      db,
      { ...act, at: now, organisationId: block.organisation.id },
      [
        {
          action: 'account.unblocked',
          subject: ['account', accountId],
          detail: { exceptional: block.cause === 'exceptional', block: block.id, cuts: block.cuts, verdict, told },
        },
      ],
      uuidv7,
    )
  }
  return `${open.length === 1 ? 'Blocage levé' : `${open.length} blocages levés`} : les droits reviennent à la prochaine demande.`
}
