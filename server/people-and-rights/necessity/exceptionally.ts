import type { exceptionalActs } from '../../../contract/people-and-rights/necessity.ts'
import { profileWords, toolWords } from '../../../contract/words.ts'
import type { Told } from '../../notifications/recipient-rules.ts'
import { tellRoles } from '../../notifications/tell.ts'
import type { Context, Entry } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { settledWhy, type Why } from '../accounts/stand-in-rules.ts'
import type { GrantRow } from '../grants/grants.queries.ts'
import { necessityNotice } from './necessity.mails.ts'
import { type InNeed, writeExceptionalAct } from './necessity.queries.ts'

export interface Exceptional {
  readonly told: Told
  readonly reason: string
  /** Marks the entry of what is done as exceptional. */
  readonly marked: (entry: Entry) => Entry
}
const doneInWords = {
  read: 'ouvert le dossier d’un compte de votre structure',
  suspend: 'suspendu un compte de votre structure',
  resume: 'rétabli un compte de votre structure',
  lift: 'levé la suspension pour inactivité d’un compte de votre structure',
  depart: 'supprimé un compte de votre structure',
  'end-grant': 'mis fin à une habilitation d’un compte de votre structure',
  'reset-second-factors': 'réinitialisé le second facteur d’un compte de votre structure',
  'send-password-link': 'envoyé, pour un compte de votre structure, un lien pour choisir un mot de passe',
  'decide-link': 'répondu à une connexion par ProConnect qui attendait, pour un compte de votre structure',
} as const satisfies Record<(typeof exceptionalActs)[number], string>

/**
 * Writes the reason first: the database lets nothing be done of an account that no act of this transaction names. Those
 * who answer for the structure are told in the same transaction (ACC-10).
 */
export const exceptionally = async (
  { db, viewer, now, newId }: Pick<Context, 'db' | 'viewer' | 'now' | 'newId'>,
  person: Pick<InNeed, 'id' | 'organisationId' | 'status'>,
  act: (typeof exceptionalActs)[number],
  asked: Why,
  grant?: Pick<GrantRow, 'id' | 'tool' | 'profile'>,
): Promise<Exceptional> => {
  if (person.status === 'deleted') throw new Refused('person/gone')
  const why = settledWhy(asked)
  if (typeof why === 'string') throw new Refused(why)
  const id = newId()
  // Another account manager came meanwhile: the lock is taken before the database looks.
  if (!(await writeExceptionalAct(db, id, person.id, act, why, grant?.id))) throw new Refused('necessity/manager-can')
  const what = `${doneInWords[act]}${grant ? ` (${toolWords[grant.tool]}, profil ${profileWords[grant.profile]})` : ''}`
  const told = await tellRoles(
    db,
    { organisationId: person.organisationId, but: [viewer.accountId] },
    necessityNotice(person.id, viewer.organisationId === person.organisationId, what, why),
    { newId, now },
  )
  const { ground, reason, incident } = why
  return {
    told,
    reason,
    marked: entry => ({
      ...entry,
      detail: {
        ...(entry.detail as object),
        exceptional: true,
        exceptionalAct: id,
        ground,
        reason,
        incident: incident ?? null,
        told,
      },
    }),
  }
}
