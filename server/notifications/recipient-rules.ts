import type { Static } from 'typebox'
import type { conventionParties, noticeRoles, Told as ToldSchema } from '../../contract/notices.ts'

export type Party = (typeof conventionParties)[number]
export type NoticeRole = (typeof noticeRoles)[number]
export type PartyRole = `${Party}:${NoticeRole}`
export type Told = Static<typeof ToldSchema>

const parties = [
  'partenaire:gouvernance',
  'partenaire:signataire',
  'partenaire:responsable-operationnel',
  'operateur:gouvernance',
  'operateur:direction-regionale',
] as const satisfies readonly PartyRole[]
const managers = ['partenaire:rgc'] as const satisfies readonly PartyRole[]
const officers = ['operateur:cssi'] as const satisfies readonly PartyRole[]
const declarers = [
  'partenaire:signataire',
  'partenaire:responsable-operationnel',
  ...managers,
] as const satisfies readonly PartyRole[]

/**
 * Every kind of mail, and whom it is for: `person`, the one it is about, or whoever holds these roles on that day
 * (AGR-9). Nothing else chooses a recipient; a mail of no kind listed here does not compile.
 * The partner's side is that of the structure concerned, the operator itself included.
 */
export const mailKinds = {
  'access-request-decided': 'person',
  'account-ended': 'person',
  'account-opened': 'person',
  'account-resumed': 'person',
  'account-suspended': 'person',
  'awareness-due': 'person',
  'awareness-late': 'person',
  'confidentiality-reminder': 'person',
  'confirmation-settled': 'person',
  'grant-changed': 'person',
  'grant-ended': 'person',
  'grant-given': 'person',
  'grant-request-decided': 'person',
  inactivity: 'person',
  'inactivity-lifted': 'person',
  'inactivity-of-role': 'person',
  'second-factor-code': 'person',
  'account-link-decided': 'person',
  'second-factor-codes-replaced': 'person',
  'second-factor-enrolled': 'person',
  'second-factor-guessed': 'person',
  'second-factor-removed': 'person',
  'password-changed': 'person',
  'password-chosen': 'person',
  'password-link': 'person',
  'rgc-certificate': 'person',
  'rgc-deed-answered': 'person',
  'rgc-deed-designated': 'person',
  'signatory-named': 'person',
  'targets-taken-over': 'person',
  'second-factor-reset': 'person',
  // Between the parties of a convention: told to one of them.
  'contact-changed': parties,
  'convention-amended': parties,
  'convention-amendment': parties,
  'convention-amendment-signed': parties,
  'convention-breach': parties,
  'convention-in-force': parties,
  'convention-notice': parties,
  'convention-recalled': parties,
  'convention-receipt': parties,
  'convention-sent': parties,
  'convention-signed': parties,
  'convention-withdrawn': parties,
  // Accounts and rights.
  'access-requested': ['operateur:administrateur'],
  'account-ended-for-breach': [...managers, ...officers],
  'agency-widened': [...officers, 'partenaire:signataire'],
  'structure-territories': [...managers, 'partenaire:signataire'],
  'confirmation-waiting': [...managers, 'partenaire:signataire'],
  'grant-asked': managers,
  'grant-asked-of-signatory': ['partenaire:signataire'],
  'grant-beyond-function': [...managers, ...officers],
  'inactivity-suspended': managers,
  'anomaly-supplied': managers,
  'review-thirty-days': managers,
  'review-seven-days': managers,
  'review-today': managers,
  'review-late': [...managers, ...officers],
  'account-link-waiting': managers,
  'account-link-waiting-of-manager': officers,
  // Account managers.
  'rgc-deed-decided': ['partenaire:signataire', ...managers],
  'rgc-deed-sent': officers,
  'rgc-deed-to-sign': ['partenaire:signataire'],
  'rgc-event': officers,
  'rgc-event-known': declarers,
  'rgc-event-three-days': declarers,
  'rgc-event-last-day': declarers,
  'rgc-event-late': [...declarers, ...officers],
  'rgc-nobody-left': [
    'operateur:cssi',
    'operateur:gouvernance',
    'partenaire:signataire',
    'partenaire:gouvernance',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'rgc-revocation-required': ['partenaire:signataire', 'partenaire:responsable-operationnel', ...managers],
  'rgc-revoked': officers,
  // Security.
  'block-lifted': [...managers, 'partenaire:signataire'],
  'security-assessment': ['partenaire:rssi', ...managers],
  'exceptional-act': [...managers, 'partenaire:signataire'],
  'rgc-cut': [
    ...managers,
    'partenaire:signataire',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'rgc-cut-lifted': [
    ...managers,
    'partenaire:signataire',
    'partenaire:responsable-operationnel',
    'partenaire:correspondant-si',
  ],
  'suspect-use': [...officers, ...managers, 'partenaire:rssi'],
  'suspect-use-told': [...officers, 'operateur:administrateur', 'operateur:rssi', 'operateur:dpd', 'operateur:support'],
  'structure-suspect-use': officers,
} as const satisfies Readonly<Record<string, 'person' | readonly PartyRole[]>>
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
