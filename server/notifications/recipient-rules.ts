import type { Static } from 'typebox'
import type { NoticeRole, Party, PartyRole } from '../../contract/mail-roles.ts'
import type { mailKinds } from '../../contract/mails.ts'
import type { Told as ToldSchema } from '../../contract/notices.ts'

export type Told = Static<typeof ToldSchema>

type Kinds = typeof mailKinds
export type PersonKind = { [K in keyof Kinds]: Kinds[K] extends 'person' ? K : never }[keyof Kinds]
export type RoleKind = Exclude<keyof Kinds, PersonKind>

/** Ends « Vous recevez ce message parce que … » */
const own: Readonly<Record<NoticeRole, string>> = {
  gouvernance: 'vous êtes l’interlocuteur de votre structure pour la gouvernance de la convention',
  'responsable-operationnel': 'vous êtes le responsable opérationnel de votre structure',
  'correspondant-si': 'vous êtes le correspondant SI de votre structure',
  dpd: 'vous êtes délégué à la protection des données',
  rssi: 'vous êtes responsable de la sécurité (RSSI)',
  'responsable-formation': 'vous êtes responsable de la formation de votre structure',
  cssi: 'vous êtes correspondant sécurité de l’opérateur (CSSI)',
  support: 'vous tenez l’assistance de l’opérateur',
  rgc: 'vous gérez les comptes de votre structure (RGC)',
  signataire: 'vous signez pour votre structure',
  'direction-regionale': 'vous suivez les conventions de votre région',
  administrateur: 'vous administrez le service',
}
export const whyOf = (role: PartyRole): string => own[role.slice(role.indexOf(':') + 1) as NoticeRole]

/** Who holds a role: by an account, or as the address that annex 2 gives. */
export interface Holder {
  readonly party: Party
  readonly role: NoticeRole
  readonly accountId: string | null
  readonly address: string | null
}
export interface Recipient {
  readonly to: { readonly accountId: string } | { readonly address: string }
  readonly role: PartyRole
}
/** Each told once, under the first role that they hold. A role is empty when nobody holds it, whoever that is. */
export const recipientsOf = (
  holders: readonly Holder[],
  roles: readonly PartyRole[],
  but: readonly string[] = [],
): { recipients: Recipient[]; emptyRoles: Told['emptyRoles'] } => {
  const recipients = new Map<string, Recipient>()
  const emptyRoles: Told['emptyRoles'] = []
  for (const key of roles) {
    const [party, role] = key.split(':') as [Party, NoticeRole]
    const held = holders.filter(h => h.party === party && h.role === role)
    if (held.length === 0) emptyRoles.push({ party, role })
    for (const { accountId, address } of held) {
      const id = accountId ?? address!
      if (!but.includes(id) && !recipients.has(id))
        recipients.set(id, { to: accountId ? { accountId } : { address: address! }, role: key })
    }
  }
  return { recipients: [...recipients.values()], emptyRoles }
}
