import type { Static } from 'typebox'
import type { proposeDeed } from '../../../contract/people-and-rights/rgc.ts'
import type { RefusalCode } from '../../../contract/refusals.ts'
import { addMonths } from '../../platform/time.ts'

type Proposal = Static<typeof proposeDeed.body>
type Named = Proposal['members'][number]

const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
const functions = new Set([
  'contact',
  'contacts',
  'accueil',
  'rh',
  'drh',
  'info',
  'infos',
  'information',
  'informations',
  'direction',
  'dg',
  'dgs',
  'secretariat',
  'mairie',
  'administration',
  'admin',
  'bonjour',
  'hello',
  'courrier',
  'mail',
  'emploi',
  'economie',
  'developpement',
  'recrutement',
  'service',
  'services',
  'support',
  'informatique',
  'si',
  'dsi',
  'compta',
  'comptabilite',
  'communication',
  'agence',
  'antenne',
  'equipe',
  'team',
  'noreply',
  'webmaster',
  'partenariat',
  'partenariats',
  'insertion',
  'standard',
  'entreprises',
  'entreprise',
  'rgc',
  'gestion',
  'comptes',
  'president',
  'presidence',
  'maire',
])
/**
 * A mailbox of a service rather than of a person: named by what it is for, and by nothing of the person's name (RGC-1).
 */
export const isSharedMailbox = ({
  email,
  givenName,
  familyName,
}: Pick<Named, 'email' | 'givenName' | 'familyName'>): boolean => {
  const local = plain(email.split('@')[0]!)
  const words = local.split(/[^a-z]+/).filter(Boolean)
  const names = [givenName, familyName].flatMap(name => plain(name).split(/[^a-z]+/)).filter(name => name.length > 2)
  return (
    words.length === 0 ||
    (words.some(word => functions.has(word)) &&
      !names.some(name => words.includes(name) || local.replaceAll(/[^a-z]/g, '').includes(name)))
  )
}

/** The fault of a deed, or null (RGC-1, RGC-2). */
export const faultOf = ({ members }: Pick<Proposal, 'members'>, today: string): RefusalCode | null => {
  const emails = members.map(m => m.email.trim().toLowerCase())
  if (members.some(m => m.staff !== 'permanent')) return 'rgc/permanent-staff-only'
  if (members.some(isSharedMailbox)) return 'rgc/shared-mailbox'
  if (!members.some(m => m.position === 'titulaire')) return 'rgc/titular-required'
  if (new Set(emails).size < emails.length) return 'rgc/named-twice'
  return members.some(m => m.bornOn > addMonths(today, -12 * 16) || m.bornOn < addMonths(today, -12 * 90))
    ? 'rgc/birth-date-unlikely'
    : null
}

export interface DeedText {
  readonly organisation: { readonly name: string; readonly siret: string; readonly address: string }
  readonly signatory: { readonly id: string; readonly name: string; readonly title: string }
  readonly members: readonly {
    readonly accountId: string
    readonly position: string
    readonly givenName: string
    readonly familyName: string
    readonly bornOn: string
    readonly phone: string
    readonly email: string
  }[]
}
/** All that a deed says, always in the same order: its digest is what each one signs. */
export const deedText = ({ organisation, signatory, members }: DeedText): string =>
  JSON.stringify([
    'acte-d-engagement/1',
    organisation.name,
    organisation.siret,
    organisation.address,
    signatory.id,
    signatory.name,
    signatory.title,
    members.map(m => [m.accountId, m.position, m.givenName, m.familyName, m.bornOn, m.phone, m.email]),
  ])
