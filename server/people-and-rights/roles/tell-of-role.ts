import type { Told } from '../../notifications/recipient-rules.ts'
import { tellPerson, tellRoles } from '../../notifications/tell.ts'
import type { Db } from '../../platform/database.ts'
import { roleMail, roleNotice, type Said } from './roles.mails.ts'

const french = (day: string) => day.split('-').reverse().join('/')

/**
 * The person; then the other administrators and the security officers, for a role opens doors. `by`: who acts; null: from
 * the command line.
 */
export const tellOfRole = async (
  db: Db,
  by: string | null,
  person: { readonly id: string; readonly organisationId: string },
  change: 'given' | 'ended',
  { startsOn, endsOn, ...said }: Said & { readonly startsOn?: string; readonly endsOn?: string | undefined },
  means: Parameters<typeof tellRoles>[3],
): Promise<Told> => {
  const when = `${startsOn ? `à partir du ${french(startsOn)}` : ''}${endsOn ? `, jusqu’au ${french(endsOn)}` : ''}`
  await tellPerson(db, roleMail(person.id, change, said, when), means)
  const concerned = {
    organisationId: person.organisationId,
    party: 'operateur',
    but: by === null ? [person.id] : [by, person.id],
  } as const
  const told = await tellRoles(
    db,
    concerned,
    roleNotice(person.id, change, said, by === null ? 'command' : 'screen'),
    means,
  )
  return { ...told, mails: told.mails + 1 }
}
