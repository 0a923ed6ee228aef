import { accountEmailPattern } from '../../../contract/common.ts'
import type { importErrors } from '../../../contract/people-and-rights/people.ts'
import { dayWritten } from '../../platform/csv-reading.ts'
import { isSharedMailbox } from '../../platform/nominative-rules.ts'
import { plain } from '../../platform/plain-words.ts'
import { mailboxOf } from '../accounts/mailbox-rules.ts'
import { attach, type ThirdPartyFacts } from '../accounts/person-rules.ts'

export type ImportError = (typeof importErrors)[number]
/** The columns a file must have, by their first words; the others may be left out. */
export const neededColumns = ['prenom', 'nom', 'courriel', 'fonction'] as const
export const mostLines = 5000

export interface ImportedPerson {
  readonly line: number
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly function: string
  readonly attachment: 'agent' | 'delegate' | 'contractor'
  readonly thirdPartyId: string | null
  readonly contractEndsOn: string | null
  readonly outcome: 'new' | 'known' | 'error'
  readonly errors: readonly ImportError[]
}
interface Known {
  readonly taken: readonly { email: string; accountId: string | null }[]
  /** Addresses that reach the mailbox of someone who has an account here under another one. */
  readonly mailboxes: ReadonlySet<string>
  readonly thirdParties: readonly (ThirdPartyFacts & { readonly name: string })[]
  readonly today: string
}

const attachmentWords: Record<string, ImportedPerson['attachment']> = {
  '': 'agent',
  agent: 'agent',
  delegataire: 'delegate',
  delegue: 'delegate',
  prestataire: 'contractor',
}
const addressShape = new RegExp(accountEmailPattern)
export const addressesIn = (records: readonly Record<string, string>[]): string[] =>
  records.map(r => (r.courriel ?? '').toLowerCase()).filter(e => e !== '')

const errorsOf: Partial<Record<string, ImportError>> = {
  'person/third-party-needed': 'third-party-unknown',
  'person/third-party-over': 'third-party-over',
  'person/third-party-to-come': 'third-party-to-come',
  'person/contract-end-needed': 'contract-end-missing',
  'person/contract-end-passed': 'contract-end-passed',
}

/**
 * Reads a file of people, each line with all its faults. A known address of the structure is left as it is.
 * So a file sent twice creates nobody twice.
 */
export const readPeople = (
  records: readonly Record<string, string>[],
  { taken, mailboxes, thirdParties, today }: Known,
): ImportedPerson[] => {
  const times = new Map<string, number>()
  for (const mailbox of addressesIn(records).map(mailboxOf)) times.set(mailbox, (times.get(mailbox) ?? 0) + 1)
  const holders = new Map(taken.map(t => [t.email, t.accountId]))
  return records.map((record, at) => {
    const {
      prenom: givenName = '',
      nom: familyName = '',
      courriel = '',
      fonction = '',
      qualite = '',
      tiers = '',
      fincontrat = '',
    } = record
    const email = courriel.toLowerCase()
    const attachment = attachmentWords[plain(qualite)]
    const contractEndsOn = dayWritten(fincontrat)
    const third = thirdParties.find(t => plain(t.name) === plain(tiers))
    const attached =
      attachment && contractEndsOn !== undefined ? attach({ attachment, contractEndsOn }, third, today) : undefined
    const found: (ImportError | false | undefined)[] = [
      (givenName === '' || familyName === '') && 'name-missing',
      fonction === '' && 'function-missing',
      (givenName.length > 100 || familyName.length > 100 || fonction.length > 120 || email.length > 254) && 'too-long',
      !addressShape.test(email)
        ? 'address-malformed'
        : isSharedMailbox(email, { givenName, familyName }) && 'address-shared',
      (times.get(mailboxOf(email)) ?? 0) > 1 && 'address-twice',
      holders.get(email) === null && 'address-taken',
      mailboxes.has(email) && 'mailbox-taken',
      !attachment && 'attachment-unknown',
      contractEndsOn === undefined && 'contract-end-malformed',
      typeof attached === 'string' && errorsOf[attached],
    ]
    const errors = found.filter(e => e !== false && e !== undefined)
    const known = Boolean(holders.get(email))
    return {
      line: at + 2,
      givenName,
      familyName,
      email,
      function: fonction,
      attachment: attachment ?? 'agent',
      thirdPartyId: attachment && attachment !== 'agent' ? (third?.id ?? null) : null,
      contractEndsOn: typeof attached === 'object' ? attached.contractEndsOn : null,
      outcome: known && !errors.some(e => e === 'address-twice') ? 'known' : errors.length ? 'error' : 'new',
      errors: known && !errors.some(e => e === 'address-twice') ? [] : errors,
    }
  })
}
