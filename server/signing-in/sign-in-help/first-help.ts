import type { Told } from '../../notifications/recipient-rules.ts'
import { tellRoles } from '../../notifications/tell.ts'
import type { Context } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import type { Viewer } from '../../platform/viewer.ts'
import { helpsFirst } from './sign-in-help.policy.ts'
import type { PersonToHelp } from './sign-in-help.queries.ts'

/** The reason that the operator owes for a first person; null for anybody else's help, which needs none. */
export const firstReason = (viewer: Viewer, person: PersonToHelp, reason: string | undefined): string | null => {
  if (!helpsFirst(viewer, person)) return null
  const said = reason?.trim()
  if (!said) throw new Refused('recovery/reason-needed')
  return said
}

/** What the trail keeps of it; nothing of anybody else's help. */
interface Kept {
  readonly firstHelp?: { readonly reason: string; readonly first: readonly string[]; readonly told: Told }
}

/** Tells those of the structure whom one can reach, save the person: the operator acted in the place of its managers. */
export const tellFirstHelp = async (
  { db, newId, now, viewer }: Pick<Context, 'db' | 'newId' | 'now' | 'viewer'>,
  person: PersonToHelp,
  what: string,
  reason: string | null,
): Promise<Kept> => {
  if (reason === null) return {}
  const told = await tellRoles(
    db,
    { organisationId: person.organisationId, party: 'partenaire', but: [person.accountId, viewer.accountId] },
    {
      kind: 'account-helped-by-operator',
      subject: 'L’opérateur aide une personne de votre structure à se connecter',
      about: ['account', person.accountId],
      text: `${viewer.givenName} ${viewer.familyName} (${viewer.organisationName}) vient d’agir à la place d’un responsable de gestion de comptes (RGC), que votre structure n’a pas en fonction. Pour ${person.name}, ${person.first.includes('signatory') ? 'signataire de votre structure' : 'que désigne un acte d’engagement'} : ${what}.\n\nMotif : ${reason}\n\nCela vous surprend ? Prévenez sans attendre le correspondant sécurité de l’opérateur (CSSI).`,
    },
    { newId, now },
  )
  return { firstHelp: { reason, first: person.first, told } }
}
